import type { Kernels } from "@latticode/kernels";
import { openPool } from "@latticode/training";
import { errorTexts } from "./error-texts.ts";
import { kernelHashes } from "./kernel-hashes.ts";
import { type TaskDigests, taskDigests } from "./task-digests.ts";

/** What the suite gives; equal on every runtime but for which numbers of workers there were. */
export interface Results {
  readonly kernels: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
  /** By number of workers, 0 for the calling thread alone. */
  readonly tasks: Readonly<Record<number, Readonly<Record<string, TaskDigests>>>>;
  /** Workers that a pool has unless told how many. */
  readonly usualWorkers: number;
}

/** Kernels, errors, and five tasks from examples to text, once with each number of workers. */
export async function suite(kernels: Kernels, workers: readonly number[]): Promise<Results> {
  const tasks: Record<number, Record<string, TaskDigests>> = {};
  for (const count of workers) {
    const pool = await openPool({ kernels, workers: count });
    tasks[count] = await taskDigests(kernels, pool);
    pool.close();
  }
  const usual = await openPool({ kernels });
  usual.close();
  return {
    kernels: await kernelHashes(kernels),
    errors: await errorTexts(kernels),
    tasks,
    usualWorkers: usual.workers,
  };
}
