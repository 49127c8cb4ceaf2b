import {
  checkArray,
  checkFinite,
  checkInteger,
  checkLength,
  checkNumber,
  mostNumbers,
} from "./check.ts";
import type { Instance } from "./instance.ts";
import { type Loss, lossNumber } from "./layer.ts";
import { maxLength, type NetworkShape, parameterCount, shapeArray } from "./network.ts";

export interface AdamOptions {
  readonly shape: NetworkShape;
  /** Start, flat as `networkLayers` says. h_0 is 0. */
  readonly weights: Float32Array;
  /** Inputs [count, length, inputDim]. */
  readonly x: Int32Array;
  /** Labels [count, length, outputDim]. */
  readonly y: Int32Array;
  /** Sequences, 1 to 2^24. */
  readonly count: number;
  /** Positions of a sequence, 1 to 4,096. */
  readonly length: number;
  /** Sequences a step, drawn with replacement, 1 to 65,536; default 64. */
  readonly batch?: number;
  /** Default "log". */
  readonly loss?: Loss;
  /** Numbers the batches; an integer from 0 to 2^32 - 1. Default 0. */
  readonly seed?: number;
  /** Steps that the schedule is laid out over, 1 to 2^30; `run` takes no more. */
  readonly totalSteps: number;
  /** The largest learning rate, 0 to 1,000; default 0.01. */
  readonly learningRate?: number;
  /** How it falls to 0 over totalSteps: half a cosine (default), a straight line, or not at all. */
  readonly schedule?: "cosine" | "linear" | "constant";
  /** Steps over which the learning rate first rises, from 0 to below totalSteps; default 0. */
  readonly warmupSteps?: number;
  /** Decay of the mean of the gradient, from 0 to below 1; default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of its square, from 0 to below 1; default 0.99. */
  readonly beta2?: number;
  /** Added to the root of the mean square, 1e-30 to 1; default 1e-8. */
  readonly epsilon?: number;
  /** Decoupled decay of the weights, as in AdamW, 0 (default: Adam) to 1. */
  readonly weightDecay?: number;
  /**
   * Strength of an L1 penalty on all weights and biases, 0 (default) to 1e3, as a proximal step after
   * Adam's: every weight moves towards 0 by the learning rate times l1, and stops there.
   */
  readonly l1?: number;
  /**
   * Longest gradient, by its Euclidean norm, 1e-12 to 1e12; longer ones are scaled down (Pascanu et al.
   * 2013). Default: no limit.
   */
  readonly clip?: number;
  /** Errors below this, 0 (default) to 1e9, give no gradient. */
  readonly deadZone?: number;
  /** The step from which the dead zone holds, 0 (default) to totalSteps. */
  readonly deadZoneFrom?: number;
  /** Standard deviation of the Gaussian noise added to h after every position, 0 (default) to 1e9. */
  readonly noise?: number;
  /** The step from which there is no noise any more, 0 to totalSteps (default). */
  readonly noiseUntil?: number;
  /**
   * Steps over which the positions that a step looks at grow from the first one to all of them (Bengio
   * et al. 2009, "Curriculum learning"), 0 (default) to totalSteps.
   */
  readonly curriculumSteps?: number;
  /**
   * Share of the batch, 0 (default) to 1, that is drawn from the last 256 sequences on which an output
   * was wrong, once there is one.
   */
  readonly replay?: number;
}

/** A training run inside WebAssembly. */
export interface Adam {
  /**
   * Runs `steps` steps; returns the mean loss of the last one's batch, before its update. Throws
   * RangeError for a negative number and one beyond what is left of totalSteps.
   */
  run(steps: number): number;
  /** The weights as they are, flat. */
  weights(): Float32Array;
  /** The gradient of the mean loss over the next batch, flat; changes nothing. */
  gradient(): Float32Array;
  /** Frees the run's memory. Any other call throws afterwards. */
  dispose(): void;
}

/** Throws RangeError unless x and y have the lengths that the sizes ask for. */
export function checkData(
  shape: NetworkShape,
  data: { x: Int32Array; y: Int32Array; count: number; length: number },
): void {
  checkInteger("count", data.count, 1, 2 ** 24);
  checkInteger("length", data.length, 1, maxLength);
  const positions = data.count * data.length;
  checkInteger("count * length * inputDim", positions * shape.inputDim, 1, mostNumbers);
  checkInteger("count * length * outputDim", positions * shape.outputDim, 1, mostNumbers);
  checkArray("x", data.x, Int32Array);
  checkArray("y", data.y, Int32Array);
  checkLength("x", data.x, "[count, length, inputDim]", positions * shape.inputDim);
  checkLength("y", data.y, "[count, length, outputDim]", positions * shape.outputDim);
}

/** Wraps a job's handle so that nothing reaches WebAssembly after `dispose`. */
export function openHandle(
  instance: Instance,
  kind: string,
  pointer: number,
  disposeExport: string,
): { pointer(): number; dispose(): void } {
  let open = true;
  return {
    pointer() {
      if (!open) throw new Error(`${kind} was disposed`);
      return pointer;
    },
    dispose() {
      if (open) instance.call(disposeExport, pointer);
      open = false;
    },
  };
}

const schedules = ["constant", "cosine", "linear"] as const;

/**
 * Trains a network with Adam (Kingma and Ba 2015, algorithm 1), or AdamW where weights decay
 * (Loshchilov and Hutter 2019, algorithm 2), by backpropagation through time, all inside WebAssembly,
 * in f32. The same options give the same weights on every runtime.
 *
 * Throws TypeError for an array of another type, RangeError that names the option which is out of
 * range or does not fit the shape, and one that says how many bytes are too many where the run needs
 * more than 1 GiB.
 */
export function createAdam(instance: Instance, options: AdamOptions): Adam {
  const {
    shape,
    weights,
    x,
    y,
    count,
    length,
    batch = 64,
    loss = "log",
    seed = 0,
    totalSteps,
    learningRate = 0.01,
    beta1 = 0.9,
    beta2 = 0.99,
    epsilon = 1e-8,
    schedule = "cosine",
    warmupSteps = 0,
    weightDecay = 0,
    l1 = 0,
    clip = 0,
    deadZone = 0,
    deadZoneFrom = 0,
    noise = 0,
    noiseUntil = totalSteps,
    curriculumSteps = 0,
    replay = 0,
  } = options;
  const sizes = shapeArray(shape);
  checkArray("weights", weights, Float32Array);
  checkLength("weights", weights, "the shape", parameterCount(shape));
  checkFinite("weights", weights);
  checkData(shape, { x, y, count, length });
  checkInteger("batch", batch, 1, 2 ** 16);
  checkInteger("seed", seed, 0, 2 ** 32 - 1);
  checkInteger("totalSteps", totalSteps, 1, 2 ** 30);
  checkNumber("learningRate", learningRate, 0, 1e3);
  checkNumber("beta1", beta1, 0, 1 - 1e-9);
  checkNumber("beta2", beta2, 0, 1 - 1e-9);
  checkNumber("epsilon", epsilon, 1e-30, 1);
  const scheduleNumber = schedules.indexOf(schedule);
  if (scheduleNumber < 0) {
    throw new RangeError(`schedule is ${schedule}, must be "cosine", "linear" or "constant"`);
  }
  checkInteger("warmupSteps", warmupSteps, 0, totalSteps - 1);
  checkNumber("weightDecay", weightDecay, 0, 1);
  checkNumber("l1", l1, 0, 1e3);
  if (options.clip !== undefined) checkNumber("clip", clip, 1e-12, 1e12);
  checkNumber("deadZone", deadZone, 0, 1e9);
  checkInteger("deadZoneFrom", deadZoneFrom, 0, totalSteps);
  checkNumber("noise", noise, 0, 1e9);
  checkInteger("noiseUntil", noiseUntil, 0, totalSteps);
  checkInteger("curriculumSteps", curriculumSteps, 0, totalSteps);
  checkNumber("replay", replay, 0, 1);
  const data = [sizes, weights, x, y, count, length, batch, lossNumber(loss)] as const;
  const rates = [seed, totalSteps, learningRate, beta1, beta2, epsilon] as const;
  const course = [scheduleNumber, warmupSteps, deadZone, deadZoneFrom, noise, noiseUntil] as const;
  const lanes = 32;
  const limits = [clip, weightDecay, curriculumSteps, Math.round(replay * lanes), l1] as const;
  const pointer = instance.call("adamCreate", ...data, ...rates, ...course, ...limits) as number;
  const handle = openHandle(instance, "Adam", pointer, "adamDispose");
  let done = 0;
  return {
    run(steps) {
      checkInteger("steps", steps, 0, totalSteps - done);
      const last = instance.call("adamRun", handle.pointer(), steps) as number;
      done += steps;
      return last;
    },
    weights: () => instance.call("adamWeights", handle.pointer()) as Float32Array,
    gradient: () => instance.call("adamGradient", handle.pointer()) as Float32Array,
    dispose: handle.dispose,
  };
}
