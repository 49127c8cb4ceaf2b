import type { Wasm } from "../../dist/wasm.d.ts";
import { checkInteger, checkNumber, checkNumbers } from "../check.ts";
import { type Loss, lossNumber } from "../tensors/layer.ts";
import { parameterCount } from "../tensors/network.ts";
import { openHandle, type TrainingOptions, trainingFields } from "./job.ts";

export interface AdamOptions extends TrainingOptions {
  /** Start, flat as `networkLayers` says. h_0 is 0. */
  readonly weights: Float32Array;
  /** Sequences a step, drawn with replacement, 1 to 65,536; default 64. */
  readonly batch?: number;
  /** Default "log". */
  readonly loss?: Loss;
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
   * Strength of an L1 penalty on all weights and biases, 0 (default) to 1e3, as a proximal step
   * after Adam's: every weight moves towards 0 by the learning rate times l1, and stops there.
   */
  readonly l1?: number;
  /**
   * Longest gradient, by its Euclidean norm, 1e-12 to 1e12; longer ones are scaled down (Pascanu et
   * al. 2013). Default: no limit.
   */
  readonly clip?: number;
  /** Errors below this, 0 (default) to 1e9, give no gradient. */
  readonly deadZone?: number;
  /** The step from which the dead zone holds, 0 (default) to totalSteps. */
  readonly deadZoneFrom?: number;
  /**
   * Standard deviation of the Gaussian noise added to h after every position, 0 (default) to 1e9.
   */
  readonly noise?: number;
  /** The step from which there is no noise any more, 0 to totalSteps (default). */
  readonly noiseUntil?: number;
  /**
   * Steps over which the positions that a step looks at grow from the first one to all of them
   * (Bengio et al. 2009, "Curriculum learning"), 0 (default) to totalSteps.
   */
  readonly curriculumSteps?: number;
  /**
   * Share of the batch, 0 (default) to 1, that is drawn from the last 256 sequences on which an
   * output was wrong, once there is one.
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

/** Sequences of a chunk. */
const lanes = 32;

const schedules = ["constant", "cosine", "linear"] as const;

/**
 * Trains a network with Adam (Kingma and Ba 2015, algorithm 1), or AdamW where weights decay
 * (Loshchilov and Hutter 2019, algorithm 2), by backpropagation through time, all inside
 * WebAssembly, in f32. The same options give the same weights on every runtime.
 *
 * Throws TypeError for an array of another type, RangeError that names the option which is out of
 * range or does not fit the shape, and one that says how many bytes are too many where the run
 * needs more than 1 GiB.
 */
export function createAdam(wasm: Wasm, options: AdamOptions): Adam {
  const {
    weights,
    batch = 64,
    loss = "log",
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
  const parameters = parameterCount(options.shape);
  checkNumbers("weights", weights, Float32Array, "the shape", parameters);
  const training = trainingFields(options);
  checkInteger("batch", batch, 1, 2 ** 16);
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
  const fields = {
    ...training,
    batch,
    loss: lossNumber(loss),
    totalSteps,
    learningRate,
    schedule: scheduleNumber,
    warmupSteps,
    beta1,
    beta2,
    epsilon,
    weightDecay,
    l1,
    clip,
    deadZone,
    deadZoneFrom,
    noise,
    noiseUntil,
    curriculumSteps,
    replayedLanes: Math.round(replay * lanes),
  };
  const pointer = wasm.adamCreate(fields, weights, options.x, options.y);
  const handle = openHandle("Adam", pointer, wasm.adamDispose);
  let done = 0;
  return {
    run(steps) {
      checkInteger("steps", steps, 0, totalSteps - done);
      const last = wasm.adamRun(handle.pointer(), steps);
      done += steps;
      return last;
    },
    weights: () => wasm.adamWeights(handle.pointer()),
    gradient: () => wasm.adamGradient(handle.pointer()),
    dispose: handle.dispose,
  };
}
