import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import type { Network } from "./network.ts";
import { recurrentOf } from "./recurrent.ts";

const kernels = await loadKernels();

/** h = 0.5 h + x + 0.25, y = 2 h - 1. */
const network: Network = {
  shape: {
    ...{ inputDim: 1, outputDim: 1, hiddenDim: 1 },
    ...{ hiddenDepth: 1, hiddenWidth: 0, outputDepth: 1, outputWidth: 0 },
  },
  weights: Float64Array.of(0.5, 1, 0.25, 2, -1),
  initial: Float64Array.of(4),
  seed: 0,
};
const recurrent = recurrentOf(network, { kernels });

test("it has the network's sizes and start", () => {
  expect(recurrent).toMatchObject({ inputDim: 1, outputDim: 1, hiddenDim: 1 });
  expect([...recurrent.initial]).toEqual([4]);
});

test("a step goes on from any states, and rounds the outputs", () => {
  const { h, y } = recurrent.step(Float64Array.of(4, 3.25), Int32Array.of(1, -2));
  expect([...h]).toEqual([3.25, -0.125]);
  // 5.5 and -1.25
  expect([...y]).toEqual([6, -1]);
});

test("a run begins every sequence at h_0, and leaves the outputs as they are", () => {
  const { h, y } = recurrent.run(Int32Array.of(1, -2, 0, 0), 2, 2);
  expect([...h]).toEqual([3.25, -0.125, 2.25, 1.375]);
  expect([...y]).toEqual([5.5, -1.25, 3.5, 1.75]);
});

test("outputs of a step stay within 32 bits", () => {
  const { y } = recurrent.step(Float64Array.of(1e12, -1e12, 1.25), Int32Array.of(0, 0, 0));
  expect([...y]).toEqual([2 ** 31 - 1, -(2 ** 31), 1]);
});

test.each([
  [1, 1, "both"],
  [1, 2, "dynamics"],
  [2, 1, "none"],
  [3, 3, "none"],
])("f of %i layers and g of %i: affine are %s", (hiddenDepth, outputDepth, affine) => {
  const shape = {
    ...{ ...network.shape, hiddenDepth, outputDepth },
    ...{ hiddenWidth: hiddenDepth > 1 ? 4 : 0, outputWidth: outputDepth > 1 ? 4 : 0 },
  };
  expect(recurrentOf({ ...network, shape }, { kernels }).affine).toBe(affine);
});

test("weights that do not fit the shape are refused when it is run", () => {
  const short = recurrentOf({ ...network, weights: network.weights.subarray(1) }, { kernels });
  expect(() => short.run(Int32Array.of(1), 1, 1)).toThrow("weights has length 4");
  expect(() => short.step(short.initial, Int32Array.of(1))).toThrow("weights has length 4");
});
