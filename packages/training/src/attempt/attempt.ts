import type { AdamOptions, Kernels, NetworkShape } from "@latticode/kernels";
import { evaluateNetwork, firstSequences, type Network, recurrentOf } from "@latticode/network";
import type { Examples } from "@latticode/program";
import { adamWOptions } from "./adamw-options.ts";
import { initialWeights, inputRanges } from "./initialize.ts";

/** Levenberg-Marquardt through time, from a prefix of the sequences up to their whole length. */
export interface LevenbergMarquardtRecipe {
  readonly trainer: "levenberg-marquardt";
  /** Positions that are fitted first. */
  readonly firstPrefix: number;
}

/** Adam with log loss and a learning rate that falls to 0 along half a cosine. */
export interface AdamRecipe {
  readonly trainer: "adam";
  readonly steps: number;
  readonly learningRate: number;
  /** Share of the steps over which the positions looked at grow to all; 0: all from the start. */
  readonly curriculum: number;
  /** Share of the batch that repeats sequences which were wrong. */
  readonly replay: number;
  /** Errors below this give no gradient, after `deadZoneFrom` of the steps. */
  readonly deadZone: number;
  /** Steps of a second round, for a network that is nearly right after the first; 0: none. */
  readonly secondSteps: number;
}

/** The training of the paper's authors: see `adamWOptions`. */
interface AdamWRecipe {
  readonly trainer: "adamw";
  readonly steps: number;
}

/** One start of one trainer on one shape. */
export interface Attempt {
  readonly shape: NetworkShape;
  readonly recipe: LevenbergMarquardtRecipe | AdamRecipe | AdamWRecipe;
  /** Number of the start among those of its shape and recipe. */
  readonly start: number;
}

/** What an attempt ended with. */
export interface AttemptOutcome {
  readonly network: Network;
  /** Mean loss of the last batch. */
  readonly loss: number;
}

/** What an attempt is given to work with. */
export interface AttemptOptions {
  readonly kernels: Kernels;
  /** An integer from 0 to 2^32 - 1; the start and the batches are drawn from it. */
  readonly seed: number;
  /** Told the loss now and then; an attempt ends with what it throws. */
  readonly onLoss: (loss: number) => Promise<void>;
}

/** Errors that Levenberg-Marquardt must get below; a rounded output needs 0.5. */
const trainingMargin = 0.3;
const deadZoneFrom = 0.3;
const adamBatch = 64;
/** Sequences that Levenberg-Marquardt checks a fit on: a few milliseconds, for 25 and more fits. */
const levenbergSequences = 8192;
/** An attempt of Adam that is right on less, half way after its curriculum, has never succeeded. */
const hopelessAccuracy = 0.95;
const checkedSequences = 512;
/**
 * Where few errors are left, a second round gets most of them below a margin: of 12 starts on
 * majorities of four values 3 were right on all 2^20 sequences after the first, all 12 after the
 * second. A lower rate, a narrower dead zone and fewer steps did worse.
 */
const nearlyRight = 0.9995;
const secondRate = 0.005;
const secondDeadZone = 0.25;
/** Steps between two turns for the host: a few milliseconds. */
const adamStride = 40;
const levenbergStride = 2;

function networkOf(shape: NetworkShape, weights: Float64Array, seed: number): Network {
  // f32, the precision that networks are saved in; a diverged weight becomes 0
  const single = weights.map((w) => (Number.isFinite(Math.fround(w)) ? Math.fround(w) : 0));
  return { shape, weights: single, initial: new Float64Array(shape.hiddenDim), seed };
}

async function runLevenbergMarquardt(
  shape: NetworkShape,
  recipe: LevenbergMarquardtRecipe,
  examples: Examples,
  { kernels, seed, onLoss }: AttemptOptions,
): Promise<AttemptOutcome> {
  const { firstPrefix } = recipe;
  const fitted = firstSequences(examples, levenbergSequences);
  const data = { ...fitted, shape, seed, firstPrefix, margin: trainingMargin };
  const job = kernels.createLevenbergMarquardt(data);
  try {
    for (;;) {
      const report = job.run(levenbergStride);
      const terms = report.batch * report.prefix * shape.outputDim;
      const loss = report.squaredError / (2 * terms);
      if (report.status !== "running") {
        return { network: networkOf(shape, job.weights(), seed), loss };
      }
      await onLoss(loss);
    }
  } finally {
    job.dispose();
  }
}

/** Runs all steps of Adam, or until they are hopeless. */
async function runSteps(
  options: AdamOptions,
  { kernels, seed, onLoss }: AttemptOptions,
  isHopeless: (step: number, network: () => Network) => boolean = () => false,
): Promise<AttemptOutcome> {
  const job = kernels.createAdam(options);
  const network = () => networkOf(options.shape, Float64Array.from(job.weights()), seed);
  try {
    let loss = Number.NaN;
    for (let step = 0; step < options.totalSteps; step += adamStride) {
      loss = job.run(Math.min(adamStride, options.totalSteps - step));
      await onLoss(loss);
      if (isHopeless(step, network)) break;
    }
    return { network: network(), loss };
  } finally {
    job.dispose();
  }
}

async function runAdam(
  shape: NetworkShape,
  recipe: AdamRecipe,
  examples: Examples,
  work: AttemptOptions,
): Promise<AttemptOutcome> {
  const { kernels, seed } = work;
  const { steps, learningRate, curriculum, replay, deadZone, secondSteps } = recipe;
  const checked = firstSequences(examples, checkedSequences);
  const judge = (candidate: Network, sequences: Examples) =>
    evaluateNetwork(recurrentOf(candidate, { kernels }), sequences);
  const common = { ...examples, shape, seed, batch: adamBatch };

  let isChecked = false;
  const first = await runSteps(
    {
      ...common,
      weights: initialWeights(shape, inputRanges(examples.x, examples.inputDim), seed),
      totalSteps: steps,
      learningRate,
      curriculumSteps: Math.floor(curriculum * steps),
      replay,
      deadZone,
      deadZoneFrom: Math.floor(deadZoneFrom * steps),
    },
    work,
    (step, network) => {
      if (isChecked || step < ((1 + curriculum) / 2) * steps) return false;
      isChecked = true;
      return judge(network(), checked).accuracy < hopelessAccuracy;
    },
  );
  if (secondSteps === 0) return first;
  if (
    !(judge(first.network, firstSequences(examples, levenbergSequences)).accuracy > nearlyRight)
  ) {
    return first;
  }
  const reached = judge(first.network, examples);
  if (!(reached.margin > trainingMargin)) return first;
  const second = await runSteps(
    {
      ...common,
      weights: Float32Array.from(first.network.weights),
      totalSteps: secondSteps,
      learningRate: secondRate,
      replay,
      deadZone: secondDeadZone,
    },
    work,
  );
  return judge(second.network, examples).margin < reached.margin ? second : first;
}

/**
 * Trains one network on the examples. The same attempt, examples and seed give the same bits on
 * every runtime.
 */
export function runAttempt(
  { shape, recipe }: Attempt,
  examples: Examples,
  options: AttemptOptions,
): Promise<AttemptOutcome> {
  if (recipe.trainer === "adam") return runAdam(shape, recipe, examples, options);
  if (recipe.trainer === "levenberg-marquardt") {
    return runLevenbergMarquardt(shape, recipe, examples, options);
  }
  const adamw = adamWOptions(shape, examples, options.seed);
  return runSteps({ ...adamw, totalSteps: recipe.steps }, options);
}
