import type { Language } from "@latticode/codegen";
import { emit, languages } from "@latticode/codegen";
import type { Kernels } from "@latticode/kernels";
import { loadKernels } from "@latticode/kernels";
import type { Normalization } from "@latticode/normalizers";
import { normalize } from "@latticode/normalizers";
import type { Examples, Program } from "@latticode/program";
import { checkExamples } from "@latticode/program";
import type { Reading } from "@latticode/regression";
import { readProgram } from "@latticode/regression";
import type {
  Journal,
  Pool,
  Split,
  Traces,
  TrainingProgress,
  TrainingResult,
} from "@latticode/training";
import { splitExamples, traceNetwork, trainNetwork } from "@latticode/training";
import { digestOf } from "./digest.ts";
import { pause } from "./pause.ts";
import type { Verification } from "./verify.ts";
import { verifyProgram } from "./verify.ts";

/** The stages of a synthesis, in order. */
export const stages = [
  "examples",
  "training",
  "traces",
  "normalization",
  "reading",
  "code",
  "verification",
] as const;

export type Stage = (typeof stages)[number];

/** What a synthesis tells while it runs. */
export type SynthesisEvent =
  | { readonly type: "start"; readonly stage: Stage }
  | { readonly type: "training"; readonly progress: TrainingProgress }
  | { readonly type: "trained"; readonly training: TrainingResult }
  | {
      readonly type: "finish";
      readonly stage: Stage;
      readonly seconds: number;
      /** What the stage found, in a few words. */
      readonly summary: string;
    };

export interface SynthesisOptions {
  /** An integer from 0 to 2^32 - 1 for every random choice; 0 unless given. */
  readonly seed?: number | undefined;
  /** Loaded from the package when absent. */
  readonly kernels?: Kernels | undefined;
  /** Ends the synthesis with its reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Ends the synthesis with what there is: not solved, and how far it got. It is looked at while
   * networks are trained and before the program is read, and changes nothing where all of them finish.
   */
  readonly limit?: AbortSignal | undefined;
  readonly onProgress?: ((event: SynthesisEvent) => void) | undefined;
  /** Workers that networks are trained on, see `trainNetwork`; one for each core unless given. */
  readonly workers?: number | Pool | undefined;
  /** Keeps finished attempts of this synthesis, see `Journal` of @latticode/training. */
  readonly journal?: Journal | undefined;
}

/** How far a synthesis got that did not solve its task. */
export interface Stop {
  /** The stage that did not deliver. */
  readonly stage: Stage;
  readonly reason: string;
  /** The limit has stopped it: with more time it might have been solved. */
  readonly limited?: true;
}

/** Everything that the stages of a synthesis produced: plain data, absent where it did not get. */
export interface Synthesis {
  /** The network is perfect, and its program passed every check. */
  readonly solved: boolean;
  /** Present when not solved. */
  readonly stopped?: Stop;
  readonly seed: number;
  readonly split: Split;
  readonly training: TrainingResult;
  /** Hidden states of the trained network. */
  readonly traces?: Traces;
  readonly normalization?: Normalization;
  readonly reading?: Reading;
  /** The reading's program, where there is one; check `solved` before trusting it. */
  readonly program?: Program;
  readonly code?: Readonly<Record<Language, string>>;
  readonly verification?: Verification;
  /** Wall-clock seconds of the stages that ran. */
  readonly seconds: Readonly<Partial<Record<Stage, number>>>;
  /** SHA-256 over weights and program, see `digestOf`. */
  readonly digest: string;
}

/** Sequences whose hidden states are looked at; programs read from more are no different. */
const mostTracedSequences = 2000;

/**
 * Trains a network on examples and reads a program out of it: examples, training, traces,
 * normalization, reading, code, verification. Equal examples and seed give an equal result on every
 * runtime, `seconds` apart. Not finding a program is no error: `solved` is false then, and `stopped`
 * says where and why.
 *
 * @throws Error when the examples are malformed or too few; the signal's reason when it is aborted
 */
export async function synthesize(
  examples: Examples,
  options: SynthesisOptions = {},
): Promise<Synthesis> {
  const { seed = 0, signal, limit, workers, journal } = options;
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`seed is ${seed}, must be an integer from 0 to 4294967295`);
  }
  const clock = newStageClock(options);

  const split = await clock.run("examples", () => {
    checkExamples(examples);
    const split = splitExamples(examples, { seed });
    const { training, stopping, confirmation, verification } = split;
    const summary = `${training.count} sequences to train on, ${stopping.count} to stop by, ${confirmation.count} to confirm with, ${verification.count} held back`;
    return { value: split, summary };
  });
  const kernels = options.kernels ?? (await loadKernels());

  const training = await clock.run("training", async () => {
    const result = await trainNetwork(split, {
      kernels,
      seed,
      ...{ signal, limit, workers, journal },
      onProgress: (progress) => options.onProgress?.({ type: "training", progress }),
    });
    return { value: result, summary: describeTraining(result) };
  });
  const { network } = training;
  options.onProgress?.({ type: "trained", training });

  const finish = async (rest: Partial<Synthesis>, stopped?: Stop): Promise<Synthesis> => ({
    solved: stopped === undefined,
    ...(stopped && { stopped }),
    seed,
    split,
    training,
    ...rest,
    seconds: clock.seconds(),
    digest: await digestOf(network, rest.program),
  });

  if (training.limited) return finish({}, limitedStop("training", limit!, training));
  if (!training.perfect) {
    const reason = `no network is right on all examples: the best of ${training.attempts.length} has an accuracy of ${percent(training.accuracy)}`;
    return finish({}, { stage: "training", reason });
  }

  const traces = await clock.run("traces", () => {
    const traces = traceNetwork(network, tracedInputs(split.training), { kernels });
    return { value: traces, summary: `hidden states of ${traces.count} sequences` };
  });

  const normalization = await clock.run("normalization", () => {
    const normalization = normalize(network, traces, { kernels });
    const changed = normalization.steps.filter((step) => step.changed).map((step) => step.name);
    return { value: normalization, summary: changed.join(", ") || "left as it was" };
  });

  if (limit?.aborted) {
    return finish({ traces, normalization }, limitedStop("reading", limit, training));
  }
  const reading = await clock.run("reading", () => {
    const inputs = tracedInputs(split.training);
    const normalized = traceNetwork(normalization.network, inputs, { kernels });
    const reading = readProgram(normalization.network, normalized, { kernels, seed });
    const summary = reading.program ? `found by ${reading.method} regression` : "nothing fits";
    return { value: reading, summary };
  });
  const { program } = reading;
  if (!program) {
    const reason = ["no program fits the hidden states", ...reading.notes].join("; ");
    return finish({ traces, normalization, reading }, { stage: "reading", reason });
  }

  const code = await clock.run("code", () => {
    const docstring = `Read from a network trained on ${split.training.count} sequences of length ${examples.length}.`;
    const code = {
      python: emit(program, "python", { docstring }),
      javascript: emit(program, "javascript", { docstring }),
    };
    return { value: code, summary: languages.join(", ") };
  });

  const verification = await clock.run("verification", async () => {
    const data = { heldBack: split.verification, observed: examples };
    const verification = await verifyProgram(program, network, data, { kernels, seed, signal });
    return { value: verification, summary: verification.statement };
  });

  const all = { traces, normalization, reading, program, code, verification };
  if (verification.passed) return finish(all);
  return finish(all, { stage: "verification", reason: verification.statement });
}

/** What is said of a synthesis that a limit has stopped at a stage. */
export function limitedStop(stage: Stage, limit: AbortSignal, training: TrainingResult): Stop {
  const { reason } = limit;
  const cause = reason instanceof Error ? reason.message : String(reason);
  return { stage, reason: `${cause}; so far: ${describeTraining(training)}`, limited: true };
}

/** The inputs of the first training sequences. */
function tracedInputs({ count, length, inputDim, x }: Examples) {
  const traced = Math.min(count, mostTracedSequences);
  return { count: traced, length, x: x.subarray(0, traced * length * inputDim) };
}

function describeTraining({ network, perfect, accuracy, margin, attempts }: TrainingResult) {
  const { hiddenDim } = network.shape;
  if (attempts.length === 0) return "no attempt has ended";
  const outcome = perfect
    ? `perfect, largest error ${margin.toFixed(3)}`
    : `accuracy ${percent(accuracy)}`;
  const tried = attempts.length === 1 ? "1 attempt" : `${attempts.length} attempts`;
  return `hidden dimension ${hiddenDim}, ${outcome}, ${tried}`;
}

/** A share as a percentage that never rounds up to 100 %. */
function percent(share: number): string {
  return `${(Math.floor(share * 1e4) / 100).toFixed(2)} %`;
}

/** Runs stages one by one: announces, times and interrupts them. */
function newStageClock({ signal, onProgress }: SynthesisOptions) {
  const seconds: Partial<Record<Stage, number>> = {};
  return {
    seconds: () => ({ ...seconds }),
    run: async <T>(
      stage: Stage,
      work: () => Promise<{ value: T; summary: string }> | { value: T; summary: string },
    ): Promise<T> => {
      await pause(signal);
      onProgress?.({ type: "start", stage });
      const start = performance.now();
      const { value, summary } = await work();
      const duration = (performance.now() - start) / 1000;
      seconds[stage] = duration;
      onProgress?.({ type: "finish", stage, seconds: duration, summary });
      signal?.throwIfAborted();
      return value;
    },
  };
}
