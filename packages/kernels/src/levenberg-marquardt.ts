import { checkData, openHandle } from "./adam.ts";
import { checkArray, checkFinite, checkInteger, checkLength, checkNumber } from "./check.ts";
import type { Instance } from "./instance.ts";
import { type NetworkShape, parameterCount, shapeArray } from "./network.ts";

export interface LevenbergMarquardtOptions {
  readonly shape: NetworkShape;
  /** Start, flat as `networkLayers` says; default: drawn from the seed, scaled to the data. */
  readonly weights?: Float64Array;
  /** Inputs [count, length, inputDim]. */
  readonly x: Int32Array;
  /** Labels [count, length, outputDim]. */
  readonly y: Int32Array;
  /** Sequences, 1 to 2^24. */
  readonly count: number;
  /** Positions of a sequence, 1 to 4,096. */
  readonly length: number;
  /** Sequences that the first batch draws, a multiple of 32, at most 8,192; default 256. */
  readonly batch?: number;
  /** Sequences that the batch may grow to, a multiple of 32, from `batch` to 8,192; default 512. */
  readonly capacity?: number;
  /** Numbers the start and the batch; an integer from 0 to 2^32 - 1. Default 0. */
  readonly seed?: number;
  /**
   * Positions that are fitted first, 1 to length; default 3. Measured on 60 starts each: binary
   * addition at width 6 succeeds in 19 from prefix 3 and 33 from prefix 4, sums modulo 5 in 8 and 0.
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
   * Runs at most `iterations` iterations, or until the attempt has ended. Throws RangeError outside 0
   * to 10^6.
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
  instance: Instance,
  options: LevenbergMarquardtOptions,
): LevenbergMarquardt {
  const {
    shape,
    weights = new Float64Array(0),
    x,
    y,
    count,
    length,
    batch = 256,
    capacity = 512,
    seed = 0,
    firstPrefix = Math.min(3, length),
    maxIterations = 400,
    margin = 0.3,
  } = options;
  const sizes = shapeArray(shape);
  const parameters = parameterCount(shape);
  checkInteger("number of weights", parameters, 1, maxLevenbergParameters);
  checkArray("weights", weights, Float64Array);
  if (options.weights) checkLength("weights", weights, "the shape", parameters);
  checkFinite("weights", weights);
  checkData(shape, { x, y, count, length });
  checkInteger("batch / 32", batch / 32, 1, 256);
  checkInteger("capacity / 32", capacity / 32, batch / 32, 256);
  checkInteger("seed", seed, 0, 2 ** 32 - 1);
  checkInteger("firstPrefix", firstPrefix, 1, length);
  checkInteger("maxIterations", maxIterations, 1, 1e6);
  checkNumber("margin", margin, 0, 0.5);
  const data = [sizes, weights, x, y, count, length, batch, capacity] as const;
  const limits = [seed, firstPrefix, maxIterations, margin] as const;
  const pointer = instance.call("levenbergCreate", ...data, ...limits) as number;
  const handle = openHandle(instance, "Levenberg-Marquardt", pointer, "levenbergDispose");
  return {
    run(iterations) {
      checkInteger("iterations", iterations, 0, 1e6);
      instance.call("levenbergRun", handle.pointer(), iterations);
      const report = instance.call("levenbergReport", handle.pointer()) as Float64Array;
      return {
        status: statuses[report[0]],
        prefix: report[1],
        iterations: report[2],
        squaredError: report[3],
        largestError: report[4],
        batch: report[5],
      };
    },
    weights: () => instance.call("levenbergWeights", handle.pointer()) as Float64Array,
    dispose: handle.dispose,
  };
}
