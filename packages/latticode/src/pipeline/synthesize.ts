import type { Kernels } from "@latticode/kernels";
import { loadKernels } from "@latticode/kernels";
import type { Contradictions } from "@latticode/machines";
import type { Traces } from "@latticode/network";
import { recurrentOf, traceNetwork } from "@latticode/network";
import type { Examples, Program } from "@latticode/program";
import { distinctSequences, programCost, selectExamples } from "@latticode/program";
import type { Reading } from "@latticode/regression";
import type {
  Journal,
  Pool,
  Split,
  Strategy,
  TrainingProgress,
  TrainingResult,
} from "@latticode/training";
import { splitExamples, trainNetwork } from "@latticode/training";
import type { Determination, Domain } from "@latticode/verification";
import {
  checkConfirmation,
  determine,
  observeDomain,
  splitLonger,
  verifyProgram,
  wrongSequences,
} from "@latticode/verification";
import { domainFacts, notCheckedText } from "../report/domain.ts";
import { type CleanExamples, setNoiseAside } from "./contradictions.ts";
import { digestOf } from "./digest.ts";
import type { Interpretation } from "./interpret.ts";
import { interpretNetwork } from "./interpret.ts";
import type { Stage, StageEvent, StageOptions } from "./stages.ts";
import { checkSeed, limitedStop, newStageClock, type StageClock } from "./stages.ts";
import { type Noise, type Verdict, verdictOf } from "./verdict.ts";

/** What a synthesis tells while it runs. */
export type SynthesisEvent =
  | StageEvent
  | { readonly type: "training"; readonly progress: TrainingProgress }
  | { readonly type: "trained"; readonly training: TrainingResult };

export interface SynthesisOptions extends StageOptions<SynthesisEvent> {
  /**
   * Labelled sequences of a greater length, where the source can make them: networks are refined on
   * the first four fifths, and programs are checked on the rest.
   */
  readonly longer?: Examples | undefined;
  /**
   * Share of the sequences that may have wrong labels, 0 to below 0.5; 0 unless given. Those that
   * contradict others are left out of training, and a program may be wrong on no more than that
   * share.
   */
  readonly noise?: number | undefined;
  /** Workers that networks are trained on, see `trainNetwork`; one for each core unless given. */
  readonly workers?: number | Pool | undefined;
  /** How network shapes are searched, see `trainNetwork`; "portfolio" unless given. */
  readonly strategy?: Strategy | undefined;
  /** Keeps finished attempts of this synthesis, see `Journal` of @latticode/training. */
  readonly journal?: Journal | undefined;
}

/** Everything that the stages of a synthesis produced: plain data, absent where it did not get. */
export interface Synthesis extends Interpretation {
  readonly verdict: Verdict;
  /** The verdict is "solved": right at every label, and determined by them. */
  readonly solved: boolean;
  readonly seed: number;
  /** The inputs in question: what is claimed of the program is claimed on words over these. */
  readonly domain: Domain;
  /** The labelled sequences that were given. */
  readonly labels: LabelCounts;
  /** Labels that no function of the past can give; none where no noise was allowed. */
  readonly contradictions: Contradictions;
  /** Present where a share of noise was allowed, or a program is wrong at a few sequences only. */
  readonly noise?: Noise;
  readonly split: Split;
  readonly training: TrainingResult;
  /** Networks that were trained and read. */
  readonly networks: number;
  /** Hidden states of the trained network. */
  readonly traces?: Traces;
  /** Whether the labels determine the program, and on what that rests. */
  readonly determination?: Determination;
  /** Wall-clock seconds of the stages that ran. */
  readonly seconds: Readonly<Partial<Record<Stage, number>>>;
  /** SHA-256 over weights and program, see `digestOf`. */
  readonly digest: string;
}

/** Labelled sequences in numbers. */
export interface LabelCounts {
  readonly sequences: number;
  /** Those of them with different inputs. */
  readonly distinct: number;
  /** Positions of a sequence. */
  readonly length: number;
  /** Sequences that were left out of training, as others contradict them. */
  readonly leftOut: number;
}

/** Sequences whose hidden states are looked at; programs read from more are no different. */
const mostTracedSequences = 2000;
/** Networks that are read before it is said that no program fits. */
const mostNetworks = 3;
/** Networks that are read where a program is right at all labels and its network is not. */
const mostForAgreement = 2;
/** A network that is right at this share of the labels is read, though it is not perfect. */
const leastAccuracy = 0.99;
/** A program wrong at no more than this share of sequences is told as one that fits all others. */
const mostTold = 0.01;

/**
 * Trains a network on examples and reads a program out of it: examples, training, traces,
 * normalization, reading, code, verification. The labels judge the program. Where nothing fits, or
 * program and network differ, other networks are trained from other starts and read. Equal examples
 * and seed give an equal result on every runtime, `seconds` apart. Not finding a program is no
 * error: the verdict is "not solved" then, and `stopped` says where and why.
 *
 * @throws ContradictionError where labels contradict each other beyond the noise allowed; Error
 *   when the examples are malformed; RangeError when an option is out of range; the signal's reason
 *   when it is aborted
 */
export async function synthesize(
  examples: Examples,
  options: SynthesisOptions = {},
): Promise<Synthesis> {
  const { seed = 0, noise = 0 } = options;
  checkSeed(seed);
  const clock = newStageClock(options);
  const prepared = await clock.run("examples", () => {
    const clean = setNoiseAside(examples, noise);
    const split = splitExamples(clean.examples, { seed });
    const { first } = distinctSequences(clean.examples);
    const domain = observeDomain(selectExamples(clean.examples, first));
    const { training, stopping, confirmation, verification } = split;
    const summary =
      `${training.count} sequences for training, ${stopping.count} for stopping, ` +
      `${confirmation.count} for confirmation, ${verification.count} for verification`;
    const labels: LabelCounts = {
      sequences: examples.count,
      distinct: distinctSequences(examples).count,
      length: examples.length,
      leftOut: examples.count - clean.examples.count,
    };
    const wrongOf = wrongOfEach(examples);
    const value = { examples, clean, labels, split, domain, noise, wrongOf };
    return { value, summary };
  });
  const kernels = options.kernels ?? (await loadKernels());
  let best: Synthesis | undefined;
  for (let round = 0; round < mostNetworks; round++) {
    const found = await synthesizeOnce(prepared, seedOf(seed, round), round, {
      ...options,
      kernels,
      clock,
    });
    if (!best || rankOf(found) > rankOf(best)) best = found;
    best = { ...best, networks: round + 1, seconds: clock.seconds() };
    if (isEnough(best, round + 1)) break;
  }
  return { ...best!, seed };
}

/** Each network starts from a seed of its own; the first from the seed that was given. */
function seedOf(seed: number, round: number): number {
  // 2^32 divided by the golden ratio spreads the seeds of rounds evenly (Knuth, section 6.4)
  return (seed + round * 0x9e3779b9) >>> 0;
}

/** The better the later of: nothing fits, right at all labels, determined, equal to its network. */
function rankOf({ verdict, verification }: Synthesis): number {
  const verdicts = ["not solved", "consistent", "solved"] as const;
  const agrees = verification && verification.relation.kind !== "differs";
  return 2 * verdicts.indexOf(verdict) + (agrees ? 1 : 0);
}

function isEnough(
  { verdict, training, stopped, verification, determination }: Synthesis,
  networks: number,
) {
  if (stopped?.limited || !training.perfect) return true;
  if (verdict === "not solved") return false;
  // another network may go on further, and show how
  const { leavesNetwork, openBeyond, steps, rivals } = determination!;
  const isShown = steps.shown === steps.total && rivals.length === 0;
  if ((leavesNetwork || openBeyond) && isShown) return networks >= mostNetworks;
  return verification!.relation.kind !== "differs" || networks >= mostForAgreement;
}

interface Prepared {
  /** All that were given. */
  readonly examples: Examples;
  readonly clean: CleanExamples;
  readonly labels: LabelCounts;
  readonly split: Split;
  readonly domain: Domain;
  /** Share that may be wrong. */
  readonly noise: number;
  /** The sequences among all that a program has wrong. */
  readonly wrongOf: (program: Program) => number[];
}

/** Labels are many, and asked of the same program more than once. */
function wrongOfEach(examples: Examples): (program: Program) => number[] {
  const known = new WeakMap<Program, number[]>();
  return (program) => {
    const wrong = known.get(program) ?? wrongSequences(program, examples);
    known.set(program, wrong);
    return wrong;
  };
}

/** One network, and what is read from it. */
async function synthesizeOnce(
  prepared: Prepared,
  seed: number,
  round: number,
  options: SynthesisOptions & { readonly kernels: Kernels; readonly clock: StageClock },
): Promise<Synthesis> {
  const { examples, clean, labels, split, domain, noise: allowed } = prepared;
  const { longer, signal, limit, workers, strategy, journal, kernels, clock } = options;
  const longerParts = splitLonger(longer);
  const training = await clock.run("training", async () => {
    const result = await trainNetwork(
      { ...trainingSets(split), longer: longerParts.refinement },
      {
        kernels,
        seed,
        ...{ signal, limit, workers, strategy, journal },
        onProgress: (progress) => options.onProgress?.({ type: "training", progress }),
      },
    );
    return { value: result, summary: describeTraining(result) };
  });
  const { network } = training;
  options.onProgress?.({ type: "trained", training });

  const { wrongOf } = prepared;
  const finish = async (
    rest: Pick<Synthesis, "traces" | "determination" | "noise"> & Interpretation,
  ): Promise<Synthesis> => {
    const verdict = verdictOf(rest);
    return {
      ...{
        verdict,
        solved: verdict === "solved",
        seed,
        domain,
        split,
        training,
        networks: round + 1,
      },
      ...{ labels, contradictions: clean.contradictions },
      ...rest,
      seconds: clock.seconds(),
      digest: await digestOf(network, rest.program),
    };
  };

  const soFar = describeTraining(training);
  if (training.limited) return finish({ stopped: limitedStop("training", limit!, soFar) });
  if (!training.perfect && training.accuracy < leastAccuracy) {
    const reason =
      `no network is right on all examples: the best of ${training.attempts.length} ` +
      `attempts has an accuracy of ${percent(training.accuracy)}`;
    return finish({ stopped: { stage: "training", reason } });
  }

  const recurrent = recurrentOf(network, { kernels });
  const traces = await clock.run("traces", () => {
    const traces = traceNetwork(recurrent, tracedInputs(split.training));
    return { value: traces, summary: `hidden states of ${traces.count} sequences` };
  });
  const isAllowed = (program: Program) =>
    wrongOf(program).length <= allowed * examples.count &&
    (!longer || wrongSequences(program, longer).length === 0);

  /** Noise that is allowed is left out of what is held back, as of everything else. */
  const heldBackOf = (program: Program) =>
    wrongOf(program).length <= allowed * examples.count
      ? withoutWrong(split.verification, wrongSequences(program, split.verification))
      : split.verification;

  const interpretation = await interpretNetwork(network, traces, {
    ...{ kernels, seed, clock, limit, soFar, method: options.method },
    docstring:
      `Read from a network trained on ${split.training.count} sequences of length ` +
      `${examples.length}.\n${notCheckedText(domainFacts(domain))}`,
    choose: async (reading) => chooseByLabels(reading, isAllowed),
    judge: (program) => checkConfirmation(program, split.confirmation, { signal }),
    verify: (program, context) => {
      const verifying = { seed, signal, runEmitted: options.runEmitted };
      const data = { domain, heldBack: heldBackOf(program), longerHeldBack: longer };
      return verifyProgram(
        program,
        recurrent,
        { ...data, ...(longer && { longer }), ...context },
        verifying,
      );
    },
  });
  const { program, reading, verification } = interpretation;
  if (!program) return finish({ traces, ...interpretation });

  const noise: Noise = { allowed, sequences: wrongOf(program) };
  const told = noise.sequences.length > 0 && { noise };
  if (noise.sequences.length > allowed * examples.count) {
    const wrong = noise.sequences.length;
    const few = wrong <= mostTold * examples.count;
    const reason = few
      ? `the program fits all examples except ${wrong} of ${examples.count}`
      : `the program is wrong on ${wrong} of ${examples.count} examples`;
    const stopped = { stage: "verification", reason } as const;
    return finish({ traces, ...interpretation, ...(few && told), stopped });
  }
  if (!verification?.passed) return finish({ traces, ...interpretation, ...told });
  const determination = determine(
    program,
    {
      domain,
      examples: withoutWrong(examples, noise.sequences),
      heldBack: heldBackOf(program),
      others: othersOf(reading!, isAllowed),
      goesOn: reading!.goesOn ?? true,
      isFollowed: (reading!.goesOn && reading!.isBelievedBeyond) || isLonger(longer, examples),
    },
    { seed },
  );
  return finish({ traces, ...interpretation, ...told, determination });
}

/** Labels of twice the length, which a program had to be right on. */
function isLonger(longer: Examples | undefined, examples: Examples): boolean {
  return longer !== undefined && longer.count > 0 && longer.length >= 2 * examples.length;
}

/** Examples without some of their sequences. */
function withoutWrong(examples: Examples, sequences: readonly number[]): Examples {
  if (sequences.length === 0) return examples;
  const wrong = new Set(sequences);
  const all = Array.from({ length: examples.count }, (_, i) => i);
  return selectExamples(
    examples,
    all.filter((i) => !wrong.has(i)),
  );
}

/**
 * The first that labels allow of what a reading found: its program, another one, the repair. The
 * network suggests, and the labels decide.
 */
function chooseByLabels(reading: Reading, isAllowed: (program: Program) => boolean): Reading {
  const { program, alternatives = [], repair } = reading;
  if (program && isAllowed(program)) return reading;
  const other = [...alternatives, repair].find((found) => found && isAllowed(found.program));
  if (!other) return reading;
  const { certificate: _, repair: __, variables: ___, isReading: ____, ...rest } = reading;
  const route = "route" in other ? other.route : "black-box";
  return {
    ...rest,
    ...{ program: other.program, route, stage: other.stage },
    cost: programCost(other.program),
  };
}

/** What else a reading found that fits all labels. */
function othersOf(
  { program, alternatives = [], repair }: Reading,
  isAllowed: (program: Program) => boolean,
) {
  return [...alternatives, repair].flatMap((other) =>
    other && other.program !== program && isAllowed(other.program)
      ? [{ description: `a program found by ${other.stage}`, program: other.program }]
      : [],
  );
}

/** The sets that training looks at; where nothing is held back, it stops by what it trains on. */
function trainingSets({ training, stopping, confirmation }: Split) {
  return stopping.count > 0
    ? { training, stopping, confirmation }
    : { training, stopping: training, confirmation: training };
}

/** The inputs of the first training sequences. */
function tracedInputs({ count, length, inputDim, x }: Examples) {
  const traced = Math.min(count, mostTracedSequences);
  return { count: traced, length, x: x.subarray(0, traced * length * inputDim) };
}

/** A training in a few words. */
export function describeTraining({ network, perfect, accuracy, margin, attempts }: TrainingResult) {
  const { hiddenDim } = network.shape;
  if (attempts.length === 0) return "no attempt has finished";
  const outcome = perfect
    ? `right on all examples, largest error ${margin.toFixed(3)}`
    : `accuracy ${percent(accuracy)}`;
  const tried = attempts.length === 1 ? "1 attempt" : `${attempts.length} attempts`;
  return `hidden dimension ${hiddenDim}, ${outcome}, ${tried}`;
}

/** A share as a percentage that never rounds up to 100 %. */
function percent(share: number): string {
  return `${(Math.floor(share * 1e4) / 100).toFixed(2)} %`;
}
