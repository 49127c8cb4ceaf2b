import { type NetworkShape, parameterCount } from "@latticode/kernels";
import type { Examples } from "@latticode/program";
import type { AdamRecipe, Attempt, LevenbergMarquardtRecipe } from "./attempt.ts";

/** Sizes of f and g: layers and the width of the inner ones. */
type Perceptron = readonly [depth: number, width: number];

const affine: Perceptron = [1, 0];

// [hiddenDim, f, g, starts], measured on the tasks of the paper: additions succeed from every
// second to third start at width 6 to 8, sums modulo 5 from one in eight.
const nonlinear: readonly (readonly [number, Perceptron, Perceptron, number])[] = [
  [1, affine, [2, 4], 8],
  [1, [2, 4], affine, 16],
  [1, [2, 8], affine, 32],
  [2, affine, [2, 4], 12],
  [2, [2, 6], affine, 24],
  [2, [2, 8], affine, 32],
  [1, [2, 16], affine, 12],
  [2, [2, 8], [2, 8], 12],
  [3, [2, 12], affine, 16],
];

// Adam from larger networks, where every smaller one has failed.
const large: readonly (readonly [number, Perceptron, Perceptron, number])[] = [
  [2, [2, 16], affine, 2],
  [3, [2, 24], affine, 2],
  [4, [2, 24], [2, 24], 2],
];

const adam: AdamRecipe = {
  trainer: "adam",
  steps: 8000,
  learningRate: 0.01,
  curriculum: 0,
  replay: 0.25,
};

const mostLinearDims = 8;
const linearStarts = 5;
// Additions are learned best from a prefix of 4; sums modulo 5 from 3, and never from 4.
const firstPrefixes = [3, 4, 2];

/**
 * The attempts in the order in which they are made: linear networks by ascending hidden dimension,
 * then small ReLU networks by ascending hidden dimension and width, all by Levenberg-Marquardt, and
 * larger ones by Adam last. Depends on the sizes of the examples alone.
 */
export function portfolio(examples: Examples): Attempt[] {
  const { inputDim, outputDim, length } = examples;
  const attempts: Attempt[] = [];
  const append = (
    recipeOf: (start: number) => Attempt["recipe"],
    [hiddenDim, f, g, starts]: readonly [number, Perceptron, Perceptron, number],
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
  for (let hiddenDim = 1; hiddenDim <= mostLinearDims; hiddenDim++) {
    append(levenbergMarquardt, [hiddenDim, affine, affine, linearStarts]);
  }
  for (const sizes of nonlinear) append(levenbergMarquardt, sizes);
  for (const sizes of large) append(() => adam, sizes);
  return attempts.filter(({ recipe, shape }) => recipe.trainer === "adam" || fits(shape));
}

// Beyond this a step of Levenberg-Marquardt costs more than a restart of Adam gains.
const mostWeights = 300;

function fits(shape: NetworkShape): boolean {
  return parameterCount(shape) <= mostWeights;
}
