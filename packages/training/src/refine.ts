import { type Kernels, parameterCount } from "@latticode/kernels";
import type { Examples } from "@latticode/program";
import { balanceNetwork } from "./balance.ts";
import { evaluateNetwork } from "./evaluate.ts";
import type { Network } from "./network.ts";
import { measureReadability, type Readability } from "./readability.ts";

/** A network with what says how readable it is. */
export interface Refined {
  readonly network: Network;
  readonly readability: Readability;
  /** Largest error on the sequences that it was refined on; Infinity where an output is wrong. */
  readonly largestError: number;
}

export interface RefineOptions {
  readonly kernels: Kernels;
  /** An integer from 0 to 2^32 - 1; batches and noise are drawn from it. */
  readonly seed: number;
  readonly giveWay: () => Promise<void>;
}

export interface RefineData {
  readonly training: Examples;
  readonly stopping: Examples;
  /** Sequences of any length to refine on, longer ones where the source can make them. */
  readonly longer: Examples;
}

/** Spread below which a minimal machine of hidden states needs no more work. */
const settledSpread = 0.05;
const settledError = 0.05;
/** Errors allowed on the training and stopping sets. */
const largestAllowed = 0.4;

/** Weights beyond which an iteration of Levenberg-Marquardt takes a smaller batch and fewer of them. */
const manyWeights = 200;
const mostWeights = 512;

const noise = 0.01;
const noisySteps = 10_000;
const noisyRate = 0.0003;

/** Whether nothing is left to gain: exact states, or a linear network, right on longer sequences. */
export function isSettled({ readability, largestError }: Refined): boolean {
  const { linear, minimal, spread } = readability;
  return largestError < settledError && (linear || (minimal && spread < settledSpread));
}

/** Below 0 when `a` is the more readable. */
export function compareReadable(a: Refined, b: Refined): number {
  const rightA = a.largestError < 0.5 ? 0 : 1;
  const rightB = b.largestError < 0.5 ? 0 : 1;
  if (rightA !== rightB) return rightA - rightB;
  const settled = Number(isSettled(b)) - Number(isSettled(a));
  if (settled !== 0) return settled;
  if (a.readability.linear && b.readability.linear) return a.largestError - b.largestError;
  const states = a.readability.distinctStates - b.readability.distinctStates;
  return states !== 0 ? states : a.largestError - b.largestError;
}

async function converge(
  network: Network,
  examples: Examples,
  firstPrefix: number,
  { kernels, seed, giveWay }: RefineOptions,
): Promise<Network> {
  const { shape } = network;
  const parameters = parameterCount(shape);
  const many = parameters > manyWeights;
  const job = kernels.createLevenbergMarquardt({
    ...examples,
    shape,
    weights: network.weights,
    seed,
    firstPrefix,
    batch: many ? 128 : 256,
    capacity: many ? 256 : 512,
    maxIterations: many ? 40 : 200,
  });
  try {
    while (job.run(1).status === "running") await giveWay();
    return { ...network, weights: job.weights().map(Math.fround) };
  } finally {
    job.dispose();
  }
}

async function disturb(
  network: Network,
  examples: Examples,
  { kernels, seed, giveWay }: RefineOptions,
): Promise<Network> {
  const job = kernels.createAdam({
    ...examples,
    shape: network.shape,
    weights: Float32Array.from(network.weights),
    seed,
    loss: "squared",
    totalSteps: noisySteps,
    learningRate: noisyRate,
    clip: 1,
    noise,
    noiseUntil: Math.floor(0.7 * noisySteps),
    curriculumSteps: Math.floor(0.6 * noisySteps),
  });
  try {
    for (let step = 0; step < noisySteps; step += 40) {
      job.run(40);
      await giveWay();
    }
    return { ...network, weights: Float64Array.from(job.weights()) };
  } finally {
    job.dispose();
  }
}

/** The sequences cut to a length. */
function cut(examples: Examples, length: number): Examples {
  if (examples.length <= length) return examples;
  const { count, inputDim, outputDim } = examples;
  const part = (values: Int32Array, dim: number) => {
    const cutValues = new Int32Array(count * length * dim);
    for (let s = 0; s < count; s++) {
      const from = s * examples.length * dim;
      cutValues.set(values.subarray(from, from + length * dim), s * length * dim);
    }
    return cutValues;
  };
  return { ...examples, length, x: part(examples.x, inputDim), y: part(examples.y, outputDim) };
}

/**
 * Makes the hidden states of a perfect network discrete: Levenberg-Marquardt to convergence, on
 * longer sequences where there are some; where that does not settle it, Adam with noise on the
 * hidden states first, from one position up to the trained length, which moves the kinks of f away
 * from the states. The most readable network that stays right on the training and stopping sets is
 * returned, the given one where none is better.
 *
 * Measured on sums modulo 5, 7 and 8 at hidden dimension 1: Levenberg-Marquardt alone leaves kinks
 * on the states and 60 to 70 % of the outputs right at length 100; with the noise before it, all.
 */
export async function refineNetwork(
  network: Network,
  data: RefineData,
  options: RefineOptions,
): Promise<Refined> {
  const { kernels } = options;
  const { training, stopping, longer } = data;
  const judge = (candidate: Network): Refined => {
    const readability = measureReadability(candidate, stopping, { kernels });
    const { accuracy, margin } = evaluateNetwork(candidate, longer, { kernels });
    const largestError = accuracy === 1 ? margin : Number.POSITIVE_INFINITY;
    return { network: candidate, readability, largestError };
  };
  const isRight = (candidate: Network) =>
    [stopping, training].every(
      (set) => evaluateNetwork(candidate, set, { kernels }).margin < largestAllowed,
    );
  let best = judge(network);
  const offer = (candidate: Network) => {
    if (!candidate.weights.every(Number.isFinite) || !isRight(candidate)) return;
    const refined = judge(candidate);
    if (compareReadable(refined, best) < 0) best = refined;
  };
  if (parameterCount(network.shape) > mostWeights) return best;
  if (isSettled(best)) return best;
  const length = Math.min(training.length, longer.length);
  offer(await converge(network, longer, length, options));
  if (isSettled(best) || best.readability.linear) return best;
  const balanced = balanceNetwork(network, stopping, { kernels });
  const noisy = await disturb(balanced, cut(longer, length), options);
  offer(await converge(noisy, longer, length, options));
  return best;
}
