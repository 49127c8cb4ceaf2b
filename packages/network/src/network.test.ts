import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { evaluateNetwork } from "./evaluate.ts";
import type { Network } from "./network.ts";
import { stepNetwork, traceNetwork } from "./traces.ts";

const kernels = await loadKernels();

/** h = 0.5 h + x + 0.25, y = 2 h - 1. */
const network: Network = {
  shape: {
    inputDim: 1,
    outputDim: 1,
    hiddenDim: 1,
    hiddenDepth: 1,
    hiddenWidth: 0,
    outputDepth: 1,
    outputWidth: 0,
  },
  weights: Float64Array.of(0.5, 1, 0.25, 2, -1),
  initial: Float64Array.of(4),
  seed: 0,
};

test("traces hold the states after each position and the outputs rounded", () => {
  const traces = traceNetwork(
    network,
    { x: Int32Array.of(1, -2, 0, 0), count: 2, length: 2 },
    { kernels },
  );
  expect([...traces.h]).toEqual([3.25, -0.125, 2.25, 1.375]);
  expect([...traces.y]).toEqual([6, -1, 4, 2]);
  expect([...traces.initial]).toEqual([4]);
});

test("a step goes on from any states", () => {
  const { h, y } = stepNetwork(network, Float64Array.of(4, 3.25), Int32Array.of(1, -2), {
    kernels,
  });
  expect([...h]).toEqual([3.25, -0.125]);
  expect([...y]).toEqual([6, -1]);
});

test("an evaluation counts right outputs and finds the largest error", () => {
  const examples = { count: 2, length: 2, inputDim: 1, outputDim: 1 };
  const x = Int32Array.of(1, -2, 0, 0);
  // outputs are 5.5, -1.25, 3.5, 1.75; an error of one half is not right
  const y = Int32Array.of(6, -1, 3, 2);
  const evaluation = evaluateNetwork(network, { ...examples, x, y }, { kernels });
  expect(evaluation).toEqual({ accuracy: 0.5, margin: 0.5 });
});
