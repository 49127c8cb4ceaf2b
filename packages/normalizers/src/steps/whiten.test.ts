import { loadKernels } from "@latticode/kernels";
import { recurrentOf, traceNetwork } from "@latticode/network";
import { expect, test } from "vitest";
import {
  departure,
  linearNetwork,
  randomNetwork,
  shapesOfAllDepths,
  traceOn,
} from "../../../../test/random-networks.ts";
import { secondMoments, whiten } from "./whiten.ts";

const kernels = await loadKernels();

test.each(shapesOfAllDepths)(
  "depths $hiddenDepth and $outputDepth, $hiddenDim hidden: states A h, outputs the same, white",
  (shape) => {
    const { hiddenDim } = shape;
    const network = randomNetwork(shape, 7 * hiddenDim + shape.outputDepth);
    const traces = traceOn(network, { kernels, seed: 3 });
    const result = whiten(network, traces, { kernels, epsilon: 1e-9 });
    const { network: white, change, report } = result;
    expect(report).toMatchObject({ name: "whiten", changed: true });
    expect(report.deviation).toBeLessThan(1e-9);
    const after = traceOn(white, { kernels, seed: 3 });
    expect(departure(traces, after, change)).toBeLessThan(1e-8);
    secondMoments(white, traces, { kernels }).forEach((moment, at) => {
      expect(moment).toBeCloseTo(at % (hiddenDim + 1) === 0 ? 1 : 0, 6);
    });
    expect(after.y).toEqual(traces.y);
  },
);

test("directions up to epsilon stay as they are", () => {
  // h = (2 x1, x2 / 100), uncorrelated with anything else
  const network = linearNetwork(
    [
      [0, 0, 2, 0, 0],
      [0, 0, 0, 0.01, 0],
    ],
    [[1, 1, 0]],
  );
  const x = Int32Array.of(1, 1, 1, -1, -1, 1, -1, -1);
  const traces = traceNetwork(recurrentOf(network, { kernels }), { x, count: 4, length: 1 });
  const { change, report } = whiten(network, traces, { kernels });
  expect([...change.matrix]).toEqual([0.5, 0, 0, 1]);
  expect([...change.offset]).toEqual([0, 0]);
  // of 2, 0.01, 1, 1 the first becomes 1 and the third 2; h_0 counts too
  expect(report.nonZero).toEqual({ before: 4, after: 4 });
  expect(report.integers).toEqual({ before: 14, after: 14 });
});

test("nothing above epsilon: refused", () => {
  const network = randomNetwork(shapesOfAllDepths[4], 5);
  const small = {
    ...network,
    weights: network.weights.map((w) => w * 1e-3),
    initial: new Float64Array(network.shape.hiddenDim),
  };
  const result = whiten(small, traceOn(small, { kernels, seed: 1 }), { kernels });
  expect(result.network).toBe(small);
  expect(result.report).toMatchObject({
    name: "whiten",
    changed: false,
    deviation: 0,
    summary: "no direction has a mean square above 0.1",
  });
});

test("outputs that would change beyond the tolerance: refused", () => {
  const network = randomNetwork(shapesOfAllDepths[5], 5);
  const traces = traceOn(network, { kernels, seed: 1 });
  const { report, network: same } = whiten(network, traces, {
    kernels,
    tolerance: 0,
    epsilon: 1e-3,
  });
  expect(same).toBe(network);
  expect(report.changed).toBe(false);
  expect(report.deviation).toBeGreaterThan(0);
  expect(report.summary).toMatch(/^outputs up to .* would change by \d/);
});

test("hidden states that overflow: refused", () => {
  const network = linearNetwork([[1e200, 1e200, 0]], [[1, 0]]);
  const x = Int32Array.of(1, 1, 1);
  const examples = { x, y: x, count: 1, length: 3, inputDim: 1, outputDim: 1 };
  const { report } = whiten(network, examples, { kernels });
  expect(report.summary).toBe("a hidden state is not a finite number");
});

test("examples of another network are an error", () => {
  const network = randomNetwork(shapesOfAllDepths[0], 5);
  const other = traceOn(randomNetwork(shapesOfAllDepths[1], 5), { kernels, seed: 1 });
  expect(() => whiten(network, other, { kernels })).toThrow(
    "whiten: the examples' inputDim is 2, the network's 1",
  );
  const none = { ...traceOn(network, { kernels, seed: 1 }), count: 0 };
  expect(() => whiten(network, none, { kernels })).toThrow("whiten: there are no examples");
});
