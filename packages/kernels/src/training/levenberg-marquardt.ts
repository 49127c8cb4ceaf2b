import type { Wasm } from "../../dist/wasm.d.ts";
import { checkArray, checkFinite, checkInteger, checkLength, checkNumber } from "../check.ts";
import { parameterCount } from "../tensors/network.ts";
import { openHandle, type TrainingOptions, trainingFields } from "./job.ts";

export interface LevenbergMarquardtOptions extends TrainingOptions {
  /** Start, flat as `networkLayers` says; default: drawn from the seed, scaled to the data. */
  readonly weights?: Float64Array;
  /** Sequences that the first batch draws, a multiple of 32, at most 8,192; default 256. */
  readonly batch?: number;
  /** Sequences that the batch may grow to, a multiple of 32, from `batch` to 8,192; default 512. */
  readonly capacity?: number;
  /**
   * Positions that are fitted first, 1 to length; default 3. Measured on 60 starts each: binary
   * addition at width 6 succeeds in 19 from prefix 3 and 33 from prefix 4, sums modulo 5 in 8 and
   * 0.
   */
  readonly firstPrefix?: number;
  /** Linearisations that the whole attempt may take, 1 to 10^6; default 400. */
  readonly maxIterations?: number;
  /** Largest error at which a sequence counts as fitted, below 0.5; default 0.3. */
  readonly margin?: number;
}

export interface LevenbergMarquardtReport {
  readonly status: "running" | "fitted" | "failed";
  /** Positions of the sequences that were being fitted. */
  readonly prefix: number;
  readonly iterations: number;
  /** Sum of squared errors of the batch's prefix at the last linearisation. */
  readonly squaredError: number;
  /** Largest error: over all sequences once fitted, else over the batch's prefix. */
  readonly largestError: number;
  /** Sequences in the batch. */
  readonly batch: number;
}

/** An attempt inside WebAssembly. */
export interface LevenbergMarquardt {
  /**
   * Runs at most `iterations` iterations, or until the attempt has ended. Throws RangeError outside
   * 0 to 10^6.
   */
  run(iterations: number): LevenbergMarquardtReport;
  /** The best weights so far, flat, f64. */
  weights(): Float64Array;
  /** Frees the attempt's memory. Any other call throws afterwards. */
  dispose(): void;
}

const statuses = ["running", "fitted", "failed"] as const;

/** Largest number of weights: the Jacobian of a chunk is carried for each. */
export const maxLevenbergParameters = 512;

/**
 * Fits a small network by Levenberg-Marquardt through time (Marquardt 1963), climbing from the
 * first position of the sequences to their full length; sequences that fail join the batch, and an
 * attempt that can't fit a short prefix fails early. f32 Jacobian, f64 weights and Cholesky.
 *
 * Throws TypeError for an array of another type, RangeError that names the option which is out of
 * range or does not fit the shape, and one that says how many bytes are too many where the attempt
 * needs more than 1 GiB.
 */
export function createLevenbergMarquardt(
  wasm: Wasm,
  options: LevenbergMarquardtOptions,
): LevenbergMarquardt {
  const {
    weights = new Float64Array(0),
    batch = 256,
    capacity = 512,
    firstPrefix = Math.min(3, options.length),
    maxIterations = 400,
    margin = 0.3,
  } = options;
  const parameters = parameterCount(options.shape);
  checkInteger("number of weights", parameters, 1, maxLevenbergParameters);
  checkArray("weights", weights, Float64Array);
  if (options.weights) checkLength("weights", weights, "the shape", parameters);
  checkFinite("weights", weights);
  const training = trainingFields(options);
  checkInteger("batch / 32", batch / 32, 1, 256);
  checkInteger("capacity / 32", capacity / 32, batch / 32, 256);
  checkInteger("firstPrefix", firstPrefix, 1, options.length);
  checkInteger("maxIterations", maxIterations, 1, 1e6);
  checkNumber("margin", margin, 0, 0.5);
  const fields = { ...training, batch, capacity, firstPrefix, maxIterations, margin };
  const pointer = wasm.levenbergCreate(fields, weights, options.x, options.y);
  const handle = openHandle("Levenberg-Marquardt", pointer, wasm.levenbergDispose);
  return {
    run(iterations) {
      checkInteger("iterations", iterations, 0, 1e6);
      wasm.levenbergRun(handle.pointer(), iterations);
      const report = wasm.levenbergReport(handle.pointer());
      return {
        status: statuses[report[0]],
        prefix: report[1],
        iterations: report[2],
        squaredError: report[3],
        largestError: report[4],
        batch: report[5],
      };
    },
    weights: () => wasm.levenbergWeights(handle.pointer()),
    dispose: handle.dispose,
  };
}
