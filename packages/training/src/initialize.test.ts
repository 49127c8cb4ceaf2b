import { networkLayers } from "@latticode/kernels";
import { expect, test } from "vitest";
import { initialWeights } from "./initialize.ts";

const sizes = { inputDim: 1, outputDim: 1, hiddenDim: 2, hiddenDepth: 2, hiddenWidth: 16 };
const shape = { ...sizes, outputDepth: 2, outputWidth: 8 };

test("f's first layer bends at integers, the others are spread by fan-in", () => {
  const weights = initialWeights(shape, 1);
  const [first, ...others] = networkLayers(shape);
  const kinks = [...weights.subarray(0, first.biasOffset)];
  expect(new Set(kinks)).toEqual(new Set([-1, 0, 1]));
  const biases = weights.subarray(first.biasOffset, first.biasOffset + first.outputs);
  expect(biases.every((b) => Number.isInteger(b) && Math.abs(b) <= 2)).toBe(true);
  for (const { inputs, outputs, weightOffset } of others) {
    const layer = weights.subarray(weightOffset, weightOffset + inputs * outputs);
    const largest = Math.max(...layer.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(Math.sqrt(3 / inputs));
    expect(largest).toBeGreaterThan(0.5 * Math.sqrt(3 / inputs));
  }
});

test("the seed decides", () => {
  expect(initialWeights(shape, 1)).toEqual(initialWeights(shape, 1));
  expect(initialWeights(shape, 1)).not.toEqual(initialWeights(shape, 2));
});
