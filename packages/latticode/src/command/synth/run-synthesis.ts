import type { Contradictions } from "@latticode/machines";
import type { Examples } from "@latticode/program";
import type { Method } from "@latticode/regression";
import type { Strategy, TrainingResult } from "@latticode/training";
import { digestOf } from "../../pipeline/digest.ts";
import { describeTraining, type SynthesisEvent } from "../../pipeline/synthesize.ts";
import { type Result, type RunFacts, resultOf } from "../result.ts";
import { type LimitedJob, runInThread } from "../run-in-thread.ts";

/** What the thread is given. */
export interface Job extends LimitedJob, RunFacts {
  readonly examples: Examples;
  readonly longer: Examples | undefined;
  /** Share of the sequences that may have wrong labels. */
  readonly noise: number;
  readonly workers: number | undefined;
  readonly strategy: Strategy;
  readonly method: Method;
  /** The file that keeps finished attempts. */
  readonly journal: string | undefined;
}

/** Labels that contradict each other, beyond the noise allowed. */
export interface Contradicted {
  readonly contradictions: Contradictions;
  /** Sequences that would have to go. */
  readonly suspects: number;
}

/** What a synthesis comes to. */
type Outcome =
  | { readonly result: Result; readonly training: TrainingResult }
  | { readonly contradicted: Contradicted };

/** What the thread ends with. */
export type ThreadResult = Result | { readonly contradicted: Contradicted };

/**
 * Runs a synthesis in a thread of its own.
 *
 * @throws whatever the thread ended with
 */
export async function runSynthesis(
  job: Job,
  onProgress: (event: SynthesisEvent) => void,
): Promise<Outcome> {
  let training: TrainingResult | undefined;
  const module = new URL("./synthesis-worker.js", import.meta.url);
  const result = await runInThread<ThreadResult>(module, job, {
    onEvent: (event) => {
      if (event.type === "trained") training = event.training;
      onProgress(event);
    },
    endAtLimit: (ended) => {
      // Training watches the limit itself; whatever comes after it may not.
      if (!training) return undefined;
      const ending = { ...ended(describeTraining(training)), training };
      return digestOf(training.network, undefined).then((digest) =>
        resultOf({ ...ending, digest }, job),
      );
    },
  });
  return "contradicted" in result ? result : { result, training: training! };
}
