import type { Language } from "@latticode/codegen";
import type { Examples } from "@latticode/program";
import type { Method } from "@latticode/regression";
import type { Strategy, TrainingResult } from "@latticode/training";
import { digestOf } from "../../pipeline/digest.ts";
import { describeTraining, type SynthesisEvent } from "../../pipeline/synthesize.ts";
import { type Result, resultOf } from "../result.ts";
import { type LimitedJob, runInThread } from "../run-in-thread.ts";

/** What the thread is given. */
export interface Job extends LimitedJob {
  readonly examples: Examples;
  readonly longer: Examples | undefined;
  readonly seed: number;
  readonly emit: readonly Language[];
  readonly workers: number | undefined;
  readonly strategy: Strategy;
  readonly method: Method;
  /** The file that keeps finished attempts. */
  readonly journal: string | undefined;
}

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
  const module = new URL("./synthesis-worker.js", import.meta.url);
  const result = await runInThread<Result>(module, job, {
    onEvent: (event) => {
      if (event.type === "trained") training = event.training;
      onProgress(event);
    },
    endAtLimit: (ended) => {
      // Training watches the limit itself; whatever comes after it may not.
      if (!training) return undefined;
      const ending = { ...ended(describeTraining(training)), training };
      return digestOf(training.network, undefined).then((digest) =>
        resultOf({ ...ending, digest }, job.emit),
      );
    },
  });
  return { result, training: training! };
}
