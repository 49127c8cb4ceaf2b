import { loadKernels } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import { expect, test } from "vitest";
import { departure, linearNetwork, traceOn } from "../../../../test/random-networks.ts";
import { randomNumbers } from "../../../../test/reference.ts";
import { quantize } from "./quantize.ts";
import { integerScales, scaleStates } from "./scale-states.ts";

const kernels = await loadKernels();

// a window of three: y = x + 2 (x before) - (x before that)
const window = linearNetwork(
  [
    [0, 1, 0, 0, 0],
    [0, 0, 1, 0, 0],
    [0, 0, 0, 1, 0],
  ],
  [[-1, 2, 1, 0]],
);

/** With every weight moved by up to `most`. */
function shaken(network: Network, most: number): Network {
  const random = randomNumbers(76_543_210);
  return { ...network, weights: network.weights.map((w) => w + most * (2 * random() - 1)) };
}

test("weights near integers become them, and the states go with the scales", () => {
  const network = scaleStates(shaken(window, 1e-4), Float64Array.of(0.37, 2.9, 1.3));
  const traces = traceOn(network, { kernels, seed: 1 });
  const { network: quantized, change, report } = quantize(network, traces, { kernels });
  expect(report).toMatchObject({ name: "quantize", changed: true });
  expect(report.integers).toEqual({ before: 3, after: 22 });
  expect(report.nonZero).toEqual({ before: 19, after: 6 });
  expect(report.deviation).toBeLessThan(0.05);
  expect(quantized.weights.map(Math.abs)).toEqual(window.weights.map(Math.abs));
  const after = traceOn(quantized, { kernels, seed: 1 });
  expect(after.y).toEqual(traces.y);
  expect(departure(traces, after, change)).toBeLessThan(0.02);
});

test("without scaling only what is near an integer as it is becomes one", () => {
  const network = scaleStates(window, Float64Array.of(0.37, 1, 1));
  const traces = traceOn(network, { kernels, seed: 1 });
  const { network: same, report } = quantize(network, traces, { kernels, scale: false });
  expect(report).toMatchObject({ changed: false, summary: "every weight near an integer is one" });
  expect(same).toBe(network);
});

test("rounding that would cost an output is dropped, for a smaller threshold where there is one", () => {
  // y is 0.0125 x short of an integer that it must round to
  const network = linearNetwork([[0.9, 1.009, 0.002]], [[1, 0.4925]]);
  const traces = traceOn(network, { kernels, seed: 1, count: 256, length: 10 });
  const coarse = quantize(network, traces, { kernels, thresholds: [0.01], scale: false });
  expect(coarse.network).toBe(network);
  expect(coarse.report.summary).toMatch(/^the share of right outputs would fall from 1 to 0\.\d/);
  const slight = { ...network, weights: network.weights.map((w, i) => (i === 1 ? 1 + 1e-9 : w)) };
  const fine = quantize(slight, traceOn(slight, { kernels, seed: 1 }), {
    kernels,
    thresholds: [0.2, 1e-5],
    scale: false,
  });
  expect(fine.report.changed).toBe(true);
  expect(fine.report.summary).toBe(
    "1 weights became the integers that they were within 0.00001 of",
  );
  expect(fine.network.weights[1]).toBe(1);
});

test("no scale pushes a weight to 0", () => {
  const network = linearNetwork([[1, 1, 0]], [[0.015, 0]]);
  // 0.015 may become 1, the input's weight then 0.015: nothing gained, nothing lost
  const [scale] = integerScales(network, 0.01);
  const [, input, , output] = scaleStates(network, Float64Array.of(scale)).weights;
  expect(Math.abs(input)).toBeGreaterThan(0.01);
  expect(Math.abs(output)).toBeGreaterThan(0.01);
});
