import type { Language } from "@latticode/codegen";
import type { Examples } from "@latticode/program";
import type { Method } from "@latticode/regression";
import type { Strategy, TrainingResult } from "@latticode/training";
import { digestOf } from "../../pipeline/digest.ts";
import { limitedStop, type Stage } from "../../pipeline/stages.ts";
import { describeTraining, type SynthesisEvent } from "../../pipeline/synthesize.ts";
import { type Result, resultOf } from "../result.ts";
import { limitReached, runInThread } from "../run-in-thread.ts";

/** What the thread is given. */
export interface Job {
  readonly examples: Examples;
  readonly longer: Examples | undefined;
  readonly seed: number;
  readonly emit: readonly Language[];
  readonly workers: number | undefined;
  readonly strategy: Strategy;
  readonly method: Method;
  /** Seconds after which the synthesis is to end with what it has. */
  readonly timeLimit: number | undefined;
  /** Those of them that are left. */
  readonly secondsLeft: number | undefined;
  /** The file that keeps finished attempts. */
  readonly journal: string | undefined;
}

const module = new URL("./synthesis-worker.js", import.meta.url);

/**
 * Runs a synthesis in a thread of its own.
 *
 * @throws whatever the thread ended with
 */
export async function runSynthesis(
  job: Job,
  onProgress: (event: SynthesisEvent) => void,
): Promise<{ result: Result; training: TrainingResult }> {
  let training: TrainingResult | undefined;
  let stage: Stage = "examples";
  const seconds: Partial<Record<Stage, number>> = {};
  const result = await runInThread<SynthesisEvent, Result>(module, job, {
    secondsLeft: job.secondsLeft,
    onEvent: (event) => {
      if (event.type === "start") stage = event.stage;
      if (event.type === "finish") seconds[event.stage] = event.seconds;
      if (event.type === "trained") training = event.training;
      onProgress(event);
    },
    endAtLimit: () => {
      // Training watches the limit itself; whatever comes after it may not.
      if (!training) return undefined;
      const limit = AbortSignal.abort(limitReached(job));
      const stopped = limitedStop(stage, limit, describeTraining(training));
      const { network } = training;
      const ended = { solved: false, stopped, training, seconds };
      return digestOf(network, undefined).then((digest) =>
        resultOf({ ...ended, digest }, job.emit),
      );
    },
  });
  return { result, training: training! };
}
