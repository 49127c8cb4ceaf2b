import { Worker } from "node:worker_threads";
import type { Examples } from "@latticode/program";
import { InputError, type ReadOptions } from "@latticode/tasks";
import { UsageError } from "../usage-error.ts";

/** What the thread is started with. */
export interface ParquetJob {
  readonly path: string;
  readonly name: string;
  readonly sampling: { readonly numbers: number; readonly seed: number } | undefined;
}

/** What it ends with. */
export type ParquetOutcome =
  | {
      readonly examples: Examples;
      readonly places: readonly number[];
      readonly sample: readonly [kept: number, found: number] | undefined;
    }
  | { readonly wrong: string }
  | { readonly unreadable: string };

/**
 * Reads a Parquet file in a thread of its own: decoding a damaged page may take forever, and Ctrl-C
 * is to end that too.
 *
 * @throws InputError when its examples are wrong, UsageError when it cannot be read
 */
export function readParquet(path: string, options: ReadOptions): Promise<Examples> {
  const { name, sampling } = options;
  const job: ParquetJob = {
    path,
    name,
    sampling: sampling && { numbers: sampling.numbers, seed: sampling.seed },
  };
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./parquet-worker.js", import.meta.url), { workerData: job });
    worker.on("message", (outcome: ParquetOutcome) => {
      if ("wrong" in outcome) reject(new InputError(outcome.wrong));
      else if ("unreadable" in outcome) reject(new UsageError(outcome.unreadable));
      else {
        if (outcome.sample) sampling?.onSample?.(...outcome.sample);
        options.onPlaces?.(outcome.places);
        resolve(outcome.examples);
      }
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`reading ${name} ended early, code ${code}`)));
  });
}
