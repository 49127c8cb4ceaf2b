import type { Kernels } from "@latticode/kernels";
import type { TrainingData } from "../attempt/training-data.ts";
import { type Lane, laneHere } from "./lane.ts";
import { laneInWorker } from "./worker-lane.ts";

/** Workers that are kept for one training after another. */
export interface Pool {
  readonly workers: number;
  /**
   * Hands the lanes to one training, which runs units on them side by side and then releases them.
   *
   * @throws Error while another training has them
   */
  acquire(data: TrainingData): { readonly lanes: readonly Lane[]; readonly release: () => void };
  /** Ends the workers. */
  close(): void;
}

function poolOf(lanes: readonly Lane[], workers: number): Pool {
  let taken = false;
  return {
    workers,
    acquire(data) {
      if (taken) throw new Error("the pool is taken by another training: open one for each");
      taken = true;
      for (const lane of lanes) lane.load(data);
      const release = () => {
        taken = false;
      };
      return { lanes, release };
    },
    close() {
      for (const lane of lanes) lane.close();
    },
  };
}

export interface PoolOptions {
  readonly kernels: Kernels;
  /**
   * Workers to start; 0 runs everything in the calling thread. Default: one for each core, or 0
   * where workers can't be started (edge runtimes, pages whose policy forbids them).
   */
  readonly workers?: number | undefined;
}

declare const process:
  | { getBuiltinModule?(name: "node:os"): { availableParallelism(): number } | undefined }
  | undefined;

/** Cores of this machine, as far as the host tells; 0 where there are no workers either. */
function cores(): number {
  const os = typeof process === "undefined" ? undefined : process.getBuiltinModule?.("node:os");
  if (typeof Worker === "undefined" && !os?.availableParallelism) return 0;
  const told = typeof navigator === "undefined" ? undefined : navigator.hardwareConcurrency;
  return told ?? os?.availableParallelism() ?? 1;
}

/** More than this many are a mistake rather than a machine. */
const mostWorkers = 1024;

/**
 * Starts workers, each with kernels of its own from the same module.
 *
 * @throws RangeError where `workers` is no integer from 0 to 1024, and Error where that many were
 *   asked for and one could not be started
 */
export async function openPool({ kernels, workers }: PoolOptions): Promise<Pool> {
  if (
    workers !== undefined &&
    !(Number.isInteger(workers) && workers >= 0 && workers <= mostWorkers)
  ) {
    throw new RangeError(`workers is ${workers}, must be an integer from 0 to ${mostWorkers}`);
  }
  const count = workers ?? Math.min(cores(), mostWorkers);
  if (count === 0) return poolOf([laneHere(kernels)], 0);
  const starts = Array.from({ length: count }, () => laneInWorker(kernels));
  const started = await Promise.allSettled(starts);
  const lanes = started.flatMap((lane) => (lane.status === "fulfilled" ? [lane.value] : []));
  const failed = started.find((lane) => lane.status === "rejected");
  if (!failed) return poolOf(lanes, count);
  for (const lane of lanes) lane.close();
  if (workers === undefined) return poolOf([laneHere(kernels)], 0);
  throw new Error(`${failed.reason.message}; with workers: 0 all runs in the calling thread`);
}
