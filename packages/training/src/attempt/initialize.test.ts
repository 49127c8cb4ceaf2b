import { networkLayers } from "@latticode/kernels";
import { expect, test } from "vitest";
import { initialWeights, inputRanges } from "./initialize.ts";

const sizes = { inputDim: 1, outputDim: 1, hiddenDim: 2, hiddenDepth: 2, hiddenWidth: 16 };
const shape = { ...sizes, outputDepth: 2, outputWidth: 8 };

const ranges = [[3, 9]] as const;

test("the ranges of inputs are those of each column", () => {
  const x = Int32Array.of(3, -1, 9, 0, 4, -7);
  expect(inputRanges(x, 2)).toEqual([
    [3, 9],
    [-7, 0],
  ]);
});

test("f's first layer bends at integers, the others are spread by fan-in", () => {
  const weights = initialWeights(shape, ranges, 1);
  const [first, ...others] = networkLayers(shape);
  const kinks = [...weights.subarray(0, first.biasOffset)];
  expect(new Set(kinks)).toEqual(new Set([-1, 0, 1]));
  const biases = weights.subarray(first.biasOffset, first.biasOffset + first.outputs);
  // for h = 0 each kink is at an input from 3 to 9
  const inputWeights = biases.map((_, o) => weights[first.weightOffset + 3 * o + 2]);
  biases.forEach((b, o) => {
    const kink = inputWeights[o] === 0 ? 3 : -b / inputWeights[o];
    expect(Number.isInteger(kink) && kink >= 3 && kink <= 9).toBe(true);
  });
  expect(new Set(biases.map(Math.abs)).size).toBeGreaterThan(4);
  for (const { inputs, outputs, weightOffset } of others) {
    const layer = weights.subarray(weightOffset, weightOffset + inputs * outputs);
    const largest = Math.max(...layer.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(Math.sqrt(3 / inputs));
    expect(largest).toBeGreaterThan(0.5 * Math.sqrt(3 / inputs));
  }
});

test("the seed decides", () => {
  expect(initialWeights(shape, ranges, 1)).toEqual(initialWeights(shape, ranges, 1));
  expect(initialWeights(shape, ranges, 1)).not.toEqual(initialWeights(shape, ranges, 2));
});
