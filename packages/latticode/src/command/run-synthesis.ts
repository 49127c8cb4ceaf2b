import { Worker } from "node:worker_threads";
import type { Language } from "@latticode/codegen";
import type { Examples } from "@latticode/program";
import type { SynthesisEvent } from "../synthesize.ts";
import type { Result } from "./result.ts";

/** What the thread is given. */
export interface Job {
  readonly examples: Examples;
  readonly seed: number;
  readonly emit: readonly Language[];
}

/** What the thread tells. */
export type Message =
  | { readonly type: "event"; readonly event: SynthesisEvent }
  | { readonly type: "result"; readonly result: Result };

/**
 * Runs a synthesis in a thread of its own, so that an interrupt is answered at once and the live
 * line keeps moving while a stage computes.
 *
 * @throws whatever the thread ended with
 */
export function runSynthesis(
  job: Job,
  onProgress: (event: SynthesisEvent) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./synthesis-worker.js", import.meta.url), {
      workerData: job,
    });
    worker.on("message", (message: Message) => {
      if (message.type === "result") resolve(message.result);
      else onProgress(message.event);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`the synthesis ended early, code ${code}`)));
  });
}
