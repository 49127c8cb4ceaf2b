import { loadKernels, maxLength } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/network";
import { evaluateNetwork, recurrentOf, traceNetwork } from "@latticode/network";
import type { Domain, InputColumn, Inputs } from "@latticode/verification";
import {
  countWordsOf,
  drawWords,
  productDomain,
  verifyAgreement,
  wordsOf,
} from "@latticode/verification";
import { domainFacts, notCheckedText } from "../report/domain.ts";
import { digestOf } from "./digest.ts";
import type { Interpretation } from "./interpret.ts";
import { interpretNetwork } from "./interpret.ts";
import type { Stage, StageEvent, StageOptions } from "./stages.ts";
import { checkSeed, newStageClock } from "./stages.ts";

export interface ExtractionOptions extends StageOptions<StageEvent> {
  /**
   * Positions of a sequence, 1 to 4096; 10 unless given. Best the length that the network was
   * trained on: beyond it most networks drift.
   */
  readonly length?: number | undefined;
}

/**
 * Everything that the stages of an extraction produced: plain data, absent where it did not get.
 */
export interface Extraction extends Interpretation {
  /**
   * The program passed its check against the network; whether the network is right nobody can say.
   */
  readonly solved: boolean;
  readonly seed: number;
  /** Positions of a sequence. */
  readonly length: number;
  /** Where inputs were drawn from, one per column. */
  readonly inputs: readonly InputColumn[];
  readonly traces: Traces;
  /**
   * Largest distance of a traced output from an integer, in [0, 0.5]: near 0 where the network
   * computes integers. Above 0.5 where an output is beyond 32 bits, Infinity where it is no number.
   */
  readonly margin: number;
  /** Wall-clock seconds of the stages that ran. */
  readonly seconds: Readonly<Partial<Record<Stage, number>>>;
  /** SHA-256 over weights and program, see `digestOf`. */
  readonly digest: string;
}

/** Hidden states are looked at on this many sequences, on fewer where they are long. */
const tracedSequences = 2000;
const tracedPositions = 1 << 17;

/**
 * Reads a program out of a network from elsewhere: traces, normalization, reading, code,
 * verification. Its behaviour is what its outputs are after rounding, on inputs drawn from
 * `inputs`, or on all input sequences where there are few. The program is checked against the
 * network, see `verifyAgreement`: that shows agreement with the network, as there are no labels.
 * Equal arguments give an equal result on every runtime, `seconds` apart. Not finding a program is
 * no error: `solved` is false then, and `stopped` says where and why.
 *
 * @param network as `loadNetwork` of @latticode/training reads it. Its weights are normalized
 *   first, so a `Recurrent` is not enough.
 * @param inputs one per column of inputs [inputDim]: integers of 32 bits
 * @throws RangeError when inputs, length or seed are not as said, or the network's weights do not
 *   fit its shape; the signal's reason when it is aborted
 */
export async function extractProgram(
  network: Network,
  inputs: readonly InputColumn[],
  options: ExtractionOptions = {},
): Promise<Extraction> {
  const { seed = 0, length = 10, signal, limit } = options;
  checkSeed(seed);
  if (!Number.isInteger(length) || length < 1 || length > maxLength) {
    throw new RangeError(`length is ${length}, must be an integer from 1 to ${maxLength}`);
  }
  checkColumns(inputs, network.shape.inputDim);
  const kernels = options.kernels ?? (await loadKernels());
  const recurrent = recurrentOf(network, { kernels });
  const clock = newStageClock(options);
  const domain = productDomain(
    inputs.map((column) => (column.kind === "values" ? column.values : column)),
    length,
  );

  const most = Math.max(1, Math.min(tracedSequences, Math.floor(tracedPositions / length)));
  const { traces, margin } = await clock.run("traces", () => {
    const traces = traceNetwork(recurrent, inputsOf(domain, { most, seed }));
    const { margin } = evaluateNetwork(recurrent, traces);
    const summary =
      `hidden states of ${traces.count} sequences, outputs within ${margin.toFixed(3)} ` +
      "of integers";
    return { value: { traces, margin }, summary };
  });

  const interpretation = async (): Promise<Interpretation> => {
    const reason = unreadable(traces, margin);
    if (reason) return { stopped: { stage: "traces", reason } };
    return interpretNetwork(network, traces, {
      ...{ kernels, seed, clock, limit, method: options.method },
      docstring:
        `Read from a given network, run on ${traces.count} sequences of length ${length}.\n` +
        notCheckedText(domainFacts(domain)),
      verify: (program, context) => {
        const fresh = { domain, first: most };
        const verifying = { seed, signal, runEmitted: options.runEmitted };
        return verifyAgreement(program, recurrent, fresh, verifying, context);
      },
    });
  };
  const rest = await interpretation();
  return {
    solved: rest.stopped === undefined,
    ...{ seed, length, inputs, traces, margin },
    ...rest,
    seconds: clock.seconds(),
    digest: await digestOf(network, rest.program),
  };
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
function unreadable({ h }: Traces, margin: number): string | undefined {
  if (!h.every(Number.isFinite))
    return "the network diverges: a hidden state is not a finite number";
  if (margin > 0.5) {
    return "an output is beyond 32-bit integers: give smaller inputs or a shorter length";
  }
  return undefined;
}

function checkColumns(inputs: readonly InputColumn[], inputDim: number): void {
  if (inputs.length !== inputDim) {
    throw new RangeError(
      `inputs has ${inputs.length} columns, but the network has ${inputDim}: give one per column`,
    );
  }
  inputs.forEach((column, i) => {
    const values = column.kind === "values" ? column.values : [column.min, column.max];
    const wrong = values.find((value) => !Number.isInteger(value) || value !== (value | 0));
    if (wrong !== undefined) {
      throw new RangeError(`inputs[${i}] has ${wrong}, must be a 32-bit integer`);
    }
    if (column.kind === "values" ? values.length === 0 : values[0] > values[1]) {
      throw new RangeError(`inputs[${i}] is empty`);
    }
  });
}
