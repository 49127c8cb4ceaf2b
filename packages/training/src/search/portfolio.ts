import { type Kernels, type NetworkShape, parameterCount } from "@latticode/kernels";
import type { Examples } from "@latticode/program";
import type { AdamRecipe, Attempt, LevenbergMarquardtRecipe } from "../attempt/attempt.ts";
import { linearDimension } from "./linear-dimension.ts";

/** Sizes of f and g: layers and the width of the inner ones. */
type Perceptron = readonly [depth: number, width: number];

type Sizes = readonly [hiddenDim: number, f: Perceptron, g: Perceptron];

const affine: Perceptron = [1, 0];

// Sizes and starts, measured on the tasks of the paper: additions succeed from every second to
// third start at width 6 to 8, sums modulo 5 from one in eight.
const small: readonly (readonly [Sizes, starts: number])[] = [
  [[1, [2, 4], affine], 16],
  [[1, affine, [2, 4]], 8],
  [[1, [2, 8], affine], 48],
  [[2, affine, [2, 4]], 12],
  [[2, [2, 6], affine], 24],
  [[2, [2, 8], affine], 32],
  [[1, [2, 16], affine], 20],
  [[2, [2, 8], [2, 8]], 12],
  [[3, [2, 12], affine], 16],
];

const adam = {
  trainer: "adam",
  curriculum: 0,
  replay: 0.25,
  learningRate: 0.01,
  deadZone: 0.25,
  secondSteps: 0,
} as const;

// Adam from larger networks, where every smaller one has failed, cheapest first. Detectors of
// single inputs need width 32 at hidden dimension 1, counters of them a curriculum as well,
// quotients hidden dimension 3 or 4, majorities and palindromes a g that is not linear, a wide dead
// zone and a second round, dithering an f of depth 3: of 8 starts at width 32 3 erred nowhere on
// 400,000 fresh sequences, at width 40 6. The last two take turns.
const majority: readonly [Sizes, AdamRecipe] = [
  [4, [2, 32], [2, 32]],
  { ...adam, steps: 40_000, learningRate: 0.007, deadZone: 0.35, secondSteps: 80_000 },
];
const dithering: readonly [Sizes, AdamRecipe] = [
  [4, [3, 40], affine],
  { ...adam, steps: 60_000, learningRate: 0.005, deadZone: 0.15 },
];
const large: readonly (readonly [Sizes, AdamRecipe, starts: number])[] = [
  [[1, [2, 32], affine], { ...adam, steps: 10_000, curriculum: 0.4 }, 2],
  [[2, [2, 16], affine], { ...adam, steps: 10_000 }, 4],
  [[3, [2, 24], affine], { ...adam, steps: 10_000 }, 4],
  [[1, [2, 32], affine], { ...adam, steps: 20_000, curriculum: 0.4 }, 2],
  [[4, [2, 24], affine], { ...adam, steps: 20_000 }, 3],
  [[4, [2, 24], [2, 24]], { ...adam, steps: 30_000, deadZone: 0.35, secondSteps: 60_000 }, 2],
  ...[1, 2, 3, 4].flatMap(() => [[...majority, 2] as const, [...dithering, 2] as const]),
];

const mostLinearDims = 8;
const linearStarts = 8;
// Additions are learned best from a prefix of 4; sums modulo 5 from 3, and never from 4.
const firstPrefixes = [3, 4, 2];

/**
 * Hidden dimensions of the linear networks to try: where a linear function of the inputs is right,
 * the one that it needs and the next ones; otherwise one and two, as rounding may still do.
 */
function linearDims(needed: number | undefined): readonly number[] {
  if (needed === undefined) return [1, 2];
  const first = Math.min(Math.max(needed, 1), mostLinearDims);
  return Array.from({ length: mostLinearDims - first + 1 }, (_, i) => first + i).slice(0, 3);
}

/**
 * The attempts in the order in which they are made: linear networks of the hidden dimension that
 * the Hankel matrix of the examples asks for, then small ReLU networks by ascending hidden
 * dimension and width, all by Levenberg-Marquardt, and larger ones by Adam last. Depends on the
 * examples alone: their sizes, and whether a linear function fits them.
 */
export function portfolio(examples: Examples, options: { readonly kernels: Kernels }): Attempt[] {
  const { inputDim, outputDim, length } = examples;
  const attempts: Attempt[] = [];
  const append = (
    [hiddenDim, f, g]: Sizes,
    starts: number,
    recipeOf: (start: number) => Attempt["recipe"],
  ) => {
    const [hiddenDepth, hiddenWidth] = f;
    const [outputDepth, outputWidth] = g;
    const sizes = { inputDim, outputDim, hiddenDim, hiddenDepth, hiddenWidth };
    const shape = { ...sizes, outputDepth, outputWidth };
    for (let start = 0; start < starts; start++) {
      attempts.push({ shape, recipe: recipeOf(start), start });
    }
  };
  const levenbergMarquardt = (start: number): LevenbergMarquardtRecipe => ({
    trainer: "levenberg-marquardt",
    firstPrefix: Math.min(length, firstPrefixes[start % firstPrefixes.length]),
  });
  for (const hiddenDim of linearDims(linearDimension(examples, options))) {
    append([hiddenDim, affine, affine], linearStarts, levenbergMarquardt);
  }
  for (const [sizes, starts] of small) append(sizes, starts, levenbergMarquardt);
  for (const [sizes, recipe, starts] of large) append(sizes, starts, () => recipe);
  return attempts.filter(({ recipe, shape }) => recipe.trainer === "adam" || fits(shape));
}

// Beyond this a step of Levenberg-Marquardt costs more than a restart of Adam gains.
const mostWeights = 300;

function fits(shape: NetworkShape): boolean {
  return parameterCount(shape) <= mostWeights;
}
