import { loadKernels, maxLength } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/network";
import { recurrentOf, traceNetwork } from "@latticode/network";
import type {
  Domain,
  Horizon,
  InputGroup,
  Inputs,
  IntegerDistance,
  Relation,
} from "@latticode/verification";
import {
  checkGroups,
  compareBeyond,
  countText,
  countWordsOf,
  distanceToIntegers,
  drawWords,
  horizonText,
  mostDistance,
  productDomain,
  relationText,
  verifyAgreement,
  wordsOf,
} from "@latticode/verification";
import { domainFacts, notCheckedText } from "../report/domain.ts";
import { digestOf } from "./digest.ts";
import type { Interpretation } from "./interpret.ts";
import { interpretNetwork } from "./interpret.ts";
import { longerTraces } from "./longer-traces.ts";
import type { Stage, StageEvent, StageOptions } from "./stages.ts";
import { checkSeed, newStageClock } from "./stages.ts";
import type { Verdict } from "./verdict.ts";

export interface ExtractionOptions extends StageOptions<StageEvent> {
  /**
   * Positions of a sequence, 1 to 4096; that of the domain, else 10 unless given. Best the length
   * that the network was trained on: beyond it most networks drift.
   */
  readonly length?: number | undefined;
}

/**
 * Everything that the stages of an extraction produced: plain data, absent where it did not get.
 */
export interface Extraction extends Interpretation {
  /**
   * "solved": the network computes integers on the domain, within 0.25, and the program equals it
   * there on all words of the length or on 100,000 of them. Whether the network is right nobody can
   * say.
   */
  readonly verdict: Exclude<Verdict, "consistent">;
  /** The verdict is "solved". */
  readonly solved: boolean;
  readonly seed: number;
  /** Positions of a sequence. */
  readonly length: number;
  /** The inputs in question: what is claimed of the program is claimed on words over these. */
  readonly domain: Domain;
  readonly traces: Traces;
  /** How far the network's outputs are from integers on the domain. */
  readonly distance: IntegerDistance;
  /** How program and network relate on words of the domain up to the length. */
  readonly relation?: Relation;
  /** The same on longer words, as far as the network's outputs are near integers. */
  readonly horizon?: Horizon;
  /** Wall-clock seconds of the stages that ran. */
  readonly seconds: Readonly<Partial<Record<Stage, number>>>;
  /** SHA-256 over weights and program, see `digestOf`. */
  readonly digest: string;
}

/** Hidden states are looked at on this many sequences, on fewer where they are long. */
const tracedSequences = 2000;
const tracedPositions = 1 << 17;
/** Readings of longer and longer traces, where a program is wrong on longer words. */
const mostLonger = 3;

/** What came of one reading of the network. */
interface Read {
  readonly traces: Traces;
  readonly interpretation: Interpretation;
  readonly horizon?: Horizon;
}

/**
 * Reads a program out of a network from elsewhere: traces, normalization, reading, code,
 * verification. Its behaviour is what its outputs are after rounding, on words over the inputs. The
 * network judges: there are no labels. It must compute integers on the domain, see
 * `distanceToIntegers`, and the program must equal it there, see `relate`. Longer words are
 * compared as far as the network's outputs are near integers, see `compareBeyond`; where the
 * program is wrong there, the network is read again on longer words. Equal arguments give an equal
 * result on every runtime, `seconds` apart. Not finding a program is no error: the verdict is "not
 * solved" then, and `stopped` says where and why.
 *
 * @param network as `loadNetwork` of @latticode/network reads it. Its weights are normalized first,
 *   so a `Recurrent` is not enough.
 * @param inputs the values of each column of inputs, or groups of columns that go together, of
 *   [inputDim] columns in all: integers of 32 bits; or the domain itself
 * @throws RangeError when inputs, length or seed are not as said, or the network's weights do not
 *   fit its shape; the signal's reason when it is aborted
 * @example
 * const inputs = [{ kind: "onehot", columns: 3 }, { kind: "values", values: [-1, 1] }] as const;
 * const { verdict, program } = await extractProgram(network, inputs, { length: 12 });
 */
export async function extractProgram(
  network: Network,
  inputs: readonly InputGroup[] | Domain,
  options: ExtractionOptions = {},
): Promise<Extraction> {
  const { seed = 0, signal, limit } = options;
  checkSeed(seed);
  const domain = domainOf(inputs, network.shape.inputDim, options.length);
  const { length } = domain;
  const kernels = options.kernels ?? (await loadKernels());
  const recurrent = recurrentOf(network, { kernels });
  const clock = newStageClock(options);

  const most = Math.max(1, Math.min(tracedSequences, Math.floor(tracedPositions / length)));
  const { traces, distance } = await clock.run("traces", async () => {
    const traces = traceNetwork(recurrent, inputsOf(domain, { most, seed }));
    const distance = await distanceToIntegers(recurrent, domain, { seed, signal });
    const { largest, words } = distance;
    const summary =
      `hidden states of ${traces.count} sequences, outputs within ${largest.toFixed(3)} ` +
      `of integers on ${countText(words)}`;
    return { value: { traces, distance }, summary };
  });

  const read = async (traces: Traces): Promise<Read> => {
    let horizon: Horizon | undefined;
    const interpretation = await interpretNetwork(network, traces, {
      ...{ kernels, seed, clock, limit, method: options.method },
      docstring:
        `Read from a given network, run on ${traces.count} sequences of length ` +
        `${traces.length}.\n${notCheckedText(domainFacts(domain))}`,
      verify: async (program, context) => {
        const verifying = { seed, signal, runEmitted: options.runEmitted };
        const fresh = { domain, first: most };
        const found = await verifyAgreement(program, recurrent, fresh, verifying, context);
        if (found.relation.kind === "differs") return found;
        horizon = await compareBeyond(program, recurrent, domain, { seed, signal });
        const beyond = `beyond length ${length}: ${horizonText(horizon, domain)}`;
        const statement = `${relationText(found.relation)}; ${beyond}; there were no labels`;
        const { differs } = horizon;
        if (!differs || differs.word.length > length * domain.inputDim) {
          return { ...found, statement };
        }
        // a longer word has shown what random words of the length did not
        const relation = { kind: "differs", ...differs } as const;
        return { ...found, relation, passed: false, statement };
      },
    });
    return { traces, interpretation, ...(horizon && { horizon }) };
  };

  const reason = unreadable(traces, distance, length);
  let best: Read = reason
    ? { traces, interpretation: { stopped: { stage: "traces", reason } } }
    : await read(traces);
  for (let i = 0; i < mostLonger && best.horizon?.differs && !limit?.aborted; i++) {
    const { word } = best.horizon.differs;
    const longer = longerTraces(recurrent, domain, { word, seed, most: tracedPositions });
    const again = longer && (await read(longer));
    if (!again || reachOf(again) <= reachOf(best)) break;
    best = again;
  }
  const { interpretation, horizon } = best;
  const { stopped, program, verification } = interpretation;
  return {
    verdict: stopped ? "not solved" : "solved",
    solved: stopped === undefined,
    ...{ seed, length, domain, traces: best.traces, distance },
    ...(verification && { relation: verification.relation }),
    ...(horizon && { horizon }),
    ...interpretation,
    seconds: clock.seconds(),
    digest: await digestOf(network, program),
  };
}

/** Positions up to which a program goes together with the network, as far as is known. */
function reachOf({ interpretation, horizon }: Read): number {
  if (interpretation.stopped || !horizon) return 0;
  return horizon.differs ? horizon.differs.word.length : Number.POSITIVE_INFINITY;
}

/** The inputs in question, of the length asked for. */
function domainOf(
  inputs: readonly InputGroup[] | Domain,
  inputDim: number,
  asked: number | undefined,
): Domain {
  const known = "inputDim" in inputs;
  const length = asked ?? (known ? inputs.length : 10);
  if (!Number.isInteger(length) || length < 1 || length > maxLength) {
    throw new RangeError(`length is ${length}, must be an integer from 1 to ${maxLength}`);
  }
  if (!known) {
    checkGroups(inputs, inputDim);
    return productDomain(inputs, length);
  }
  if (inputs.inputDim !== inputDim) {
    throw new RangeError(`the domain has ${inputs.inputDim} columns, the network has ${inputDim}`);
  }
  return { ...inputs, length };
}

/** All words of the domain where there are at most `most`, else as many drawn with the seed. */
function inputsOf(
  domain: Domain,
  { most, seed }: { readonly most: number; readonly seed: number },
): Inputs {
  const { length } = domain;
  const words = countWordsOf(domain, length, most);
  if (words === undefined) return drawWords(domain, { count: most, length, seed });
  const [all] = wordsOf(domain, length, words);
  return all;
}

/** Why nothing can be read from what a network did; undefined where it can. */
function unreadable(
  { h }: Traces,
  { largest, integersUpTo, words }: IntegerDistance,
  length: number,
): string | undefined {
  if (!h.every(Number.isFinite))
    return "the network diverges: a hidden state is not a finite number";
  if (largest <= mostDistance) return undefined;
  if (largest > 0.5) {
    return "an output is beyond 32-bit integers: give smaller inputs or a shorter length";
  }
  const shorter =
    integersUpTo > 0 ? `; up to length ${integersUpTo}, no output is further than that` : "";
  return (
    `the network does not compute integers: on ${countText(words)} words of length ${length}, ` +
    `the outputs are up to ${largest.toFixed(2)} from the nearest integer, and ${mostDistance} ` +
    `is allowed${shorter}`
  );
}
