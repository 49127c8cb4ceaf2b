import { loadKernels } from "@latticode/kernels";
import type { Traces } from "@latticode/network";
import { recurrentOf, traceNetwork } from "@latticode/network";
import type { Examples } from "@latticode/program";
import { checkExamples } from "@latticode/program";
import type {
  Journal,
  Pool,
  Split,
  Strategy,
  TrainingProgress,
  TrainingResult,
} from "@latticode/training";
import { splitExamples, trainNetwork } from "@latticode/training";
import { checkConfirmation, splitLonger, verifyProgram } from "@latticode/verification";
import { digestOf } from "./digest.ts";
import type { Interpretation } from "./interpret.ts";
import { interpretNetwork } from "./interpret.ts";
import type { Stage, StageEvent, StageOptions } from "./stages.ts";
import { checkSeed, limitedStop, newStageClock } from "./stages.ts";

/** What a synthesis tells while it runs. */
export type SynthesisEvent =
  | StageEvent
  | { readonly type: "training"; readonly progress: TrainingProgress }
  | { readonly type: "trained"; readonly training: TrainingResult };

export interface SynthesisOptions extends StageOptions<SynthesisEvent> {
  /**
   * Labelled sequences of a greater length, where the source can make them: networks are refined on the
   * first four fifths, and programs are checked on the rest.
   */
  readonly longer?: Examples | undefined;
  /** Workers that networks are trained on, see `trainNetwork`; one for each core unless given. */
  readonly workers?: number | Pool | undefined;
  /** How network shapes are searched, see `trainNetwork`; "portfolio" unless given. */
  readonly strategy?: Strategy | undefined;
  /** Keeps finished attempts of this synthesis, see `Journal` of @latticode/training. */
  readonly journal?: Journal | undefined;
}

/** Everything that the stages of a synthesis produced: plain data, absent where it did not get. */
export interface Synthesis extends Interpretation {
  /** The network is perfect, and its program passed every check. */
  readonly solved: boolean;
  readonly seed: number;
  readonly split: Split;
  readonly training: TrainingResult;
  /** Hidden states of the trained network. */
  readonly traces?: Traces;
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
  const { longer, seed = 0, signal, limit, workers, strategy, journal } = options;
  checkSeed(seed);
  const clock = newStageClock(options);

  const split = await clock.run("examples", () => {
    checkExamples(examples);
    const split = splitExamples(examples, { seed });
    const { training, stopping, confirmation, verification } = split;
    const summary =
      `${training.count} sequences for training, ${stopping.count} for stopping, ` +
      `${confirmation.count} for confirmation, ${verification.count} for verification`;
    return { value: split, summary };
  });
  const kernels = options.kernels ?? (await loadKernels());

  const longerParts = splitLonger(longer);
  const training = await clock.run("training", async () => {
    const result = await trainNetwork(
      { ...split, longer: longerParts.refinement },
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

  const finish = async (rest: Pick<Synthesis, "traces"> & Interpretation): Promise<Synthesis> => ({
    solved: rest.stopped === undefined,
    seed,
    split,
    training,
    ...rest,
    seconds: clock.seconds(),
    digest: await digestOf(network, rest.program),
  });

  const soFar = describeTraining(training);
  if (training.limited) return finish({ stopped: limitedStop("training", limit!, soFar) });
  if (!training.perfect) {
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

  const { verification: longerHeldBack } = longerParts;
  const data = {
    ...{ heldBack: split.verification, longerHeldBack, observed: examples },
    ...(longer && { longer }),
  };
  const interpretation = await interpretNetwork(network, traces, {
    ...{ kernels, seed, clock, limit, soFar, method: options.method },
    docstring:
      `Read from a network trained on ${split.training.count} sequences of length ` +
      `${examples.length}.`,
    judge: (program) => checkConfirmation(program, split.confirmation, { signal }),
    verify: (program, context) => {
      const verifying = { seed, signal, runEmitted: options.runEmitted };
      return verifyProgram(program, recurrent, { ...data, ...context }, verifying);
    },
  });
  return finish({ traces, ...interpretation });
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
