import { Worker } from "node:worker_threads";
import type { Language } from "@latticode/codegen";
import type { Examples } from "@latticode/program";
import type { TrainingResult } from "@latticode/training";
import { digestOf } from "../digest.ts";
import { limitedStop, type Stage, type SynthesisEvent } from "../synthesize.ts";
import { type Result, resultOf } from "./result.ts";

/** What the thread is given. */
export interface Job {
  readonly examples: Examples;
  readonly seed: number;
  readonly emit: readonly Language[];
  readonly workers: number | undefined;
  /** Seconds after which the synthesis is to end with what it has. */
  readonly timeLimit: number | undefined;
  /** Those of them that are left. */
  readonly secondsLeft: number | undefined;
  /** The file that keeps finished attempts. */
  readonly journal: string | undefined;
}

/** What the thread tells. */
export type Message =
  | { readonly type: "event"; readonly event: SynthesisEvent }
  | { readonly type: "result"; readonly result: Result };

/** Seconds that a stage may go on beyond the limit before the thread is ended. */
const grace = 1;

/**
 * Runs a synthesis in a thread of its own, so that an interrupt is answered at once and the live
 * line keeps moving while a stage computes.
 *
 * @throws whatever the thread ended with
 */
export function runSynthesis(
  job: Job,
  onProgress: (event: SynthesisEvent) => void,
): Promise<{ result: Result; training: TrainingResult }> {
  return new Promise((resolve, reject) => {
    let training: TrainingResult | undefined;
    let stage: Stage = "examples";
    const seconds: Partial<Record<Stage, number>> = {};
    const worker = new Worker(new URL("./synthesis-worker.js", import.meta.url), {
      workerData: job,
    });

    let terminated = false;
    const endAtLimit = async () => {
      // Training watches the limit itself; whatever comes after it may not.
      if (!training) return;
      terminated = true;
      await worker.terminate();
      const limit = AbortSignal.abort(limitReached(job));
      const stopped = limitedStop(stage, limit, training);
      const digest = await digestOf(training.network, undefined);
      const synthesis = { solved: false, stopped, training, seconds, digest };
      resolve({ result: resultOf(synthesis, job.emit), training });
    };
    const { secondsLeft } = job;
    // The worker keeps the process alive, the timer must not.
    if (secondsLeft !== undefined) setTimeout(endAtLimit, 1000 * (secondsLeft + grace)).unref();

    worker.on("message", (message: Message) => {
      if (message.type === "result") {
        resolve({ result: message.result, training: training! });
        return;
      }
      const { event } = message;
      if (event.type === "start") stage = event.stage;
      if (event.type === "finish") seconds[event.stage] = event.seconds;
      if (event.type === "trained") training = event.training;
      onProgress(event);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      if (!terminated) reject(new Error(`the synthesis ended early, code ${code}`));
    });
  });
}

/** Why a synthesis ends at its limit. */
export function limitReached({ timeLimit }: Job): Error {
  return new Error(`the time limit of ${timeLimit} s has been reached`);
}
