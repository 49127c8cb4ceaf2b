import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import {
  departure,
  linearNetwork,
  randomNetwork,
  shapesOfAllDepths,
  traceOn,
} from "../../../test/random-networks.ts";
import { changeBasis } from "./change-of-basis.ts";
import type { StepName } from "./normalization.ts";
import { authorsSteps, normalize } from "./normalize.ts";
import { fineTune } from "./steps/fine-tune.ts";

const kernels = await loadKernels();

// y is the sum of the last three inputs, in a basis that shows nothing of it, one state too many
const turned = (() => {
  const network = linearNetwork(
    [
      [0, 1, 0, 0, 0, 0],
      [0, 0, 1, 0, 0, 0],
      [0, 0, 0, 0, 1, 0],
      [0.2, 0, 0, 0, 0, 0.7],
    ],
    [[1, 1, 1, 0, 0]],
  );
  const a = Float64Array.of(1, 2, 0.5, 0, -1, 1, 0.3, 0, 0.2, 0, 1, 0, 0, 0, 0, 1);
  return changeBasis(network, a, kernels.inverse(a, 4));
})();

test("the authors' steps bring a window back to a shift register", () => {
  const traces = traceOn(turned, { kernels, seed: 5, count: 200, length: 8 });
  const steps: StepName[] = ["prune", ...authorsSteps];
  const result = normalize(turned, traces, { kernels, steps });
  expect(result.steps.map(({ name }) => name)).toEqual(steps);
  expect(result.steps.filter(({ changed }) => !changed).map(({ name }) => name)).toEqual([
    "debias",
  ]);
  expect([...result.network.weights]).toEqual(
    [[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0], [1, 1, 1], [0]].flat(),
  );
  const after = traceOn(result.network, { kernels, seed: 5, count: 200, length: 8 });
  expect(after.y).toEqual(traces.y);
  expect(departure(traces, after, result.change)).toBeLessThan(1e-6);
});

test.each(shapesOfAllDepths)(
  "every step on random networks, depths $hiddenDepth and $outputDepth: outputs and states as reported",
  (shape) => {
    const network = randomNetwork(shape, 41);
    const traces = traceOn(network, { kernels, seed: 8 });
    const steps: StepName[] = [...authorsSteps, "prune", "merge", "sort"];
    const result = normalize(network, traces, { kernels, steps });
    expect(result.steps.map(({ name }) => name)).toEqual(steps);
    const after = traceOn(result.network, { kernels, seed: 8 });
    expect(after.y).toEqual(traces.y);
    const rounding = result.steps.find(({ name }) => name === "quantize")!.changed;
    const scale = Math.max(1, ...after.h.map(Math.abs));
    expect(departure(traces, after, result.change) / scale).toBeLessThan(rounding ? 0.5 : 1e-3);
    expect(structuredClone(result)).toEqual(result);
  },
);

test("an unknown step is named, and no steps leave the network", () => {
  const traces = traceOn(turned, { kernels, seed: 5 });
  const steps = ["whitening" as StepName];
  expect(() => normalize(turned, traces, { kernels, steps })).toThrow(
    "normalize: no step whitening, there are whiten, jordan, toeplitz, debias, quantize, prune, sort, merge, fine-tune",
  );
  expect(normalize(turned, traces, { kernels, steps: [] }).network).toBe(turned);
});

// h1 is the running sum, h2 and the small weights are not needed
const dense = linearNetwork(
  [
    [1, 0.003, 1, 0.002],
    [0.1, 0.2, 0.3, -0.1],
  ],
  [[1, 0.002, 0.001]],
);

test("fine-tuning with an L1 penalty leaves fewer weights and every output right", () => {
  const traces = traceOn(dense, { kernels, seed: 2, count: 500, length: 5 });
  const options = { kernels, steps: 2000, learningRate: 0.003 };
  const { network, report } = fineTune(dense, traces, options);
  expect(report).toMatchObject({ name: "fine-tune", changed: true });
  expect(report.nonZero.before).toBe(11);
  expect(report.nonZero.after).toBeLessThan(8);
  expect(network.weights.filter((w) => w === 0).length).toBeGreaterThan(3);
  expect(traceOn(network, { kernels, seed: 2, count: 500, length: 5 }).y).toEqual(traces.y);
  const again = fineTune(dense, traces, options);
  expect(again.network).toEqual(network);
});

test("fine-tuning is refused where h_0 is not 0 or nothing is gained", () => {
  const traces = traceOn(dense, { kernels, seed: 2 });
  const started = { ...dense, initial: Float64Array.of(1, 0) };
  expect(fineTune(started, traces, { kernels }).report.summary).toBe(
    "h_0 is not 0, training starts there",
  );
  const none = fineTune(dense, traces, { kernels, penalties: [], steps: 10 });
  expect(none.network).toBe(dense);
  expect(none.report.summary).toBe("no penalty leaves fewer weights and every output right");
});

test("normalize fine-tunes between the steps when asked to", () => {
  const traces = traceOn(dense, { kernels, seed: 2, count: 500, length: 5 });
  const fineTuning = { steps: 500, learningRate: 0.003 };
  const result = normalize(dense, traces, { kernels, steps: ["whiten", "quantize"], fineTuning });
  expect(result.steps.map(({ name }) => name)).toEqual(["whiten", "fine-tune", "quantize"]);
  expect(traceOn(result.network, { kernels, seed: 2, count: 500, length: 5 }).y).toEqual(traces.y);
});
