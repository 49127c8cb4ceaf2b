import { parameterCount } from "@latticode/kernels";
import { evaluateInTurns, firstSequences, type Network, recurrentOf } from "@latticode/network";
import type { Examples } from "@latticode/program";
import { measureReadability, type Readability } from "../readability.ts";
import type { AttemptOptions } from "./attempt.ts";
import { balanceNetwork } from "./balance.ts";
import type { TrainingData } from "./training-data.ts";

/** What says how readable a network is. */
export interface Readable {
  readonly readability: Readability;
  /**
   * Largest error on the longer sequences, or on those of training; Infinity where one is wrong.
   */
  readonly largestError: number;
}

export interface Refined extends Readable {
  readonly network: Network;
}

/** Batches and noise are drawn from the seed. */
export interface RefineOptions extends Pick<AttemptOptions, "kernels" | "seed"> {
  readonly giveWay: () => Promise<void>;
}

/** Spread below which a minimal machine of hidden states needs no more work. */
const settledSpread = 0.05;
/**
 * The largest error of a network that is as good as exact, in outputs of size 1 and of any size.
 */
const exactError = 0.002;
const settledError = 0.05;
/** Of a linear network: rounding errors of large outputs, but not what rounding has to mend. */
const linearError = 0.2;
/** Distinct states beyond which clusters merge at 2 % of the range: exact outputs have to do. */
const manyStates = 32;

/** Weights beyond which Levenberg-Marquardt gets a smaller batch and fewer iterations. */
const manyWeights = 150;
const mostWeights = 512;
const mostSequences = 512;
/** Times the trained length that Levenberg-Marquardt climbs to. */
const lengthening = 3;
/** Labels up to which f32 tells neighbours apart with room to spare. */
const largestLabel = 1 << 16;

/** Noise of Adam on hidden states of deviation 1. */
interface Disturbance {
  readonly noise: number;
  readonly learningRate: number;
  /** Share of the steps over which the positions grow from one to all. */
  readonly curriculum: number;
  /** Times the trained length. */
  readonly lengthening: number;
}

// What makes larger networks discrete ruins tiny ones.
const gentle: Disturbance = { noise: 0.01, learningRate: 0.0003, curriculum: 0.6, lengthening: 1 };
const strong: Disturbance = { noise: 0.05, learningRate: 0.002, curriculum: 0, lengthening: 2 };
const tinyWeights = 100;
const disturbedSteps = 10_000;

/**
 * Whether nothing is left to gain: exact states, or a linear network, right on longer sequences.
 */
export function isSettled({ readability, largestError }: Readable): boolean {
  const { linear, minimal, spread, distinctStates } = readability;
  if (linear) return largestError < linearError;
  if (distinctStates > manyStates && largestError < exactError) return true;
  return largestError < settledError && minimal && spread < settledSpread;
}

/** Below 0 when `a` is the more readable. */
export function compareReadable(a: Readable, b: Readable): number {
  const rightA = a.largestError < 0.5 ? 0 : 1;
  const rightB = b.largestError < 0.5 ? 0 : 1;
  if (rightA !== rightB) return rightA - rightB;
  const settled = Number(isSettled(b)) - Number(isSettled(a));
  if (settled !== 0) return settled;
  if (a.readability.linear && b.readability.linear) return a.largestError - b.largestError;
  const consistent = Number(b.readability.consistent) - Number(a.readability.consistent);
  if (consistent !== 0) return consistent;
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
    batch: many ? 64 : 256,
    capacity: many ? 128 : 512,
    maxIterations: many ? 60 : 150,
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
  { noise, learningRate, curriculum }: Disturbance,
  { kernels, seed, giveWay }: RefineOptions,
): Promise<Network> {
  const job = kernels.createAdam({
    ...examples,
    shape: network.shape,
    weights: Float32Array.from(network.weights),
    seed,
    loss: "squared",
    totalSteps: disturbedSteps,
    learningRate,
    clip: 1,
    noise,
    noiseUntil: Math.floor(0.7 * disturbedSteps),
    curriculumSteps: Math.floor(curriculum * disturbedSteps),
  });
  try {
    for (let step = 0; step < disturbedSteps; step += 40) {
      job.run(40);
      await giveWay();
    }
    return { ...network, weights: Float64Array.from(job.weights()) };
  } finally {
    job.dispose();
  }
}

/** Sequences of a length whose labels f32 can follow; undefined where there are none. */
function followable(examples: Examples | undefined, length: number): Examples | undefined {
  const sequences = examples && firstSequences(examples, mostSequences, length);
  const isSmall = (label: number) => label > -largestLabel && label < largestLabel;
  return sequences?.y.every(isSmall) ? sequences : undefined;
}

/**
 * Makes the hidden states of a perfect network discrete: Levenberg-Marquardt to convergence, on
 * longer sequences where there are some (up to three times the trained length; the result is judged
 * on the whole of them); where that does not settle it, Adam with noise on the
 * hidden states first, which moves the kinks of f away from the states. The most readable network
 * that `isRight` accepts is `refined`, which is `given` where none is better.
 *
 * Measured on sums modulo 5, 7 and 8 at hidden dimension 1: Levenberg-Marquardt alone leaves kinks
 * on the states and 60 to 70 % of the outputs right at length 100; with the noise before it, all.
 */
export async function refineNetwork(
  network: Network,
  data: TrainingData,
  isRight: (network: Network) => Promise<boolean>,
  options: RefineOptions,
): Promise<{ readonly refined: Refined; readonly given: Refined }> {
  const { kernels, giveWay } = options;
  const { length } = data.training;
  const training = firstSequences(data.training, mostSequences);
  const fitted = followable(data.longer, lengthening * length) ?? training;
  const judged = followable(data.longer, Number.POSITIVE_INFINITY) ?? fitted;
  const judge = async (candidate: Network): Promise<Refined> => {
    const recurrent = recurrentOf(candidate, { kernels });
    const readability = measureReadability(recurrent, data.stopping, { kernels });
    const { accuracy, margin } = await evaluateInTurns(recurrent, judged, giveWay);
    const largestError = accuracy === 1 ? margin : Number.POSITIVE_INFINITY;
    return { network: candidate, readability, largestError };
  };
  const given = await judge(network);
  let best = given;
  const offer = async (candidate: Network) => {
    if (!candidate.weights.every(Number.isFinite) || !(await isRight(candidate))) return;
    const refined = await judge(candidate);
    if (compareReadable(refined, best) < 0) best = refined;
  };
  const isExact = () => isSettled(best) && best.largestError < exactError;
  if (parameterCount(network.shape) > mostWeights || isExact()) return { refined: best, given };
  await offer(await converge(network, fitted, length, options));
  if (isExact() || best.readability.linear) return { refined: best, given };
  // With a linear f no kink lies between the states.
  if (isSettled(best) || network.shape.hiddenDepth === 1) return { refined: best, given };
  const disturbance = parameterCount(network.shape) > tinyWeights ? strong : gentle;
  const balanced = balanceNetwork(network, data.stopping, { kernels });
  const cut = firstSequences(fitted, mostSequences, disturbance.lengthening * length);
  const disturbed = await disturb(balanced, cut, disturbance, options);
  await offer(await converge(disturbed, fitted, length, options));
  return { refined: best, given };
}
