import { loadKernels, parameterCount } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import { expect, test } from "vitest";
import {
  departure,
  linearNetwork,
  randomNetwork,
  shapesOfAllDepths,
  traceOn,
} from "../../../../test/random-networks.ts";
import type { Layer } from "../network-parts.ts";
import { innerLayers, layersOf, networkOf } from "../network-parts.ts";
import type { NormalizedNetwork } from "../normalization.ts";
import { merge } from "./merge.ts";
import { prune } from "./prune.ts";
import { sort } from "./sort.ts";

const kernels = await loadKernels();

const steps = { prune, sort, merge };

/** The step on the network's own traces; outputs and states are what the report says they are. */
function checked(name: keyof typeof steps, network: Network): NormalizedNetwork {
  const traces = traceOn(network, { kernels, seed: 6 });
  const result = steps[name](network, traces, { kernels });
  expect(result.report.name).toBe(name);
  expect(result.report.deviation).toBeLessThan(1e-9);
  expect(result.network.weights.length).toBe(parameterCount(result.network.shape));
  const after = traceOn(result.network, { kernels, seed: 6 });
  expect(after.y).toEqual(traces.y);
  expect(departure(traces, after, result.change)).toBeLessThan(1e-9);
  return result;
}

/** The layers with one more neuron, which the next layer reads as told. */
function withNeuron(
  layers: readonly Layer[],
  at: number,
  reads: { readonly weight: readonly number[]; readonly bias: number },
  readBy: (row: number) => number,
): Layer[] {
  return layers.map(({ weight, bias }, i) => {
    if (i === at) return { weight: [...weight, reads.weight], bias: [...bias, reads.bias] };
    if (i !== at + 1) return { weight, bias };
    return { weight: weight.map((row, k) => [...row, readBy(k)]), bias };
  });
}

const withInner = shapesOfAllDepths.filter((shape) => innerLayers(shape).flat().length > 0);

test.each(withInner)(
  "neurons that never matter go, depths $hiddenDepth and $outputDepth",
  (shape) => {
    const network = randomNetwork(shape, 11);
    // every inner layer gets one that is never active and one that is always 3
    let layers = layersOf(network);
    for (const at of innerLayers(shape).flat()) {
      const silent = layers[at].weight[0].map(() => 0);
      layers = withNeuron(layers, at, { weight: silent, bias: -1 }, (k) => k + 1);
      layers = withNeuron(layers, at, { weight: silent, bias: 3 }, (k) => 0.25 * k);
    }
    const larger = networkOf(network, layers, [...network.initial]);
    const { network: pruned, report } = checked("prune", larger);
    expect(report.changed).toBe(true);
    expect(pruned.shape.hiddenWidth).toBeLessThanOrEqual(shape.hiddenWidth);
    expect(pruned.shape.outputWidth).toBeLessThanOrEqual(shape.outputWidth);
    // none but the random ones that happen to be idle is missing
    const inner = innerLayers(shape).flat().length;
    const [removed] = report.summary.match(/^\d+/)!.map(Number);
    expect(removed).toBeGreaterThanOrEqual(2 * inner);
  },
);

test("hidden coordinates go that lead to no output, or stay where they start", () => {
  // h2 and h3 read each other and h1, and nothing else reads them; h4 is always 2
  const network = linearNetwork(
    [
      [1, 0, 0, 0.5, 1, 0],
      [1, 0, 1, 0, 1, 0],
      [0, 1, 0, 0, 0, 1],
      [0, 0, 0, 1, 0, 0],
    ],
    [[1, 0, 0, 3, 0]],
  );
  const started = { ...network, initial: Float64Array.of(0, 0, 0, 2) };
  const { network: pruned, change, report } = checked("prune", started);
  expect(report.summary).toBe("0 inner neurons and 3 hidden coordinates taken out");
  expect([...change.matrix]).toEqual([1, 0, 0, 0]);
  // h' = h + x + 0.5 * 2, y = h + 3 * 2
  expect([...pruned.weights]).toEqual([1, 1, 1, 1, 6]);
  const again = prune(pruned, traceOn(pruned, { kernels, seed: 1 }), { kernels });
  expect(again.report).toMatchObject({ changed: false, summary: "every neuron matters" });
});

test("a constant coordinate with another h_0 stays", () => {
  const network = linearNetwork(
    [
      [1, 1, 1, 0],
      [0, 0, 0, 2],
    ],
    [[1, 0, 0]],
  );
  expect(checked("prune", network).report.changed).toBe(false);
});

test.each(shapesOfAllDepths)(
  "sorted neurons are in order, depths $hiddenDepth and $outputDepth",
  (shape) => {
    const network = randomNetwork(shape, 23);
    const { network: sorted, report } = checked("sort", network);
    const traces = traceOn(sorted, { kernels, seed: 6 });
    const squares = new Array<number>(shape.hiddenDim).fill(0);
    traces.h.forEach((v, at) => {
      squares[at % shape.hiddenDim] += v * v;
    });
    expect(squares).toEqual([...squares].sort((a, b) => b - a));
    const layers = layersOf(sorted);
    for (const at of innerLayers(shape).flat()) {
      const firsts = layers[at].weight.map((row) => row[0]);
      expect(firsts).toEqual([...firsts].sort((a, b) => b - a));
    }
    if (report.changed) {
      const again = sort(sorted, traces, { kernels });
      expect(again.report).toMatchObject({ changed: false, summary: "the neurons are in order" });
    }
  },
);

test.each(withInner)("duplicates merge, depths $hiddenDepth and $outputDepth", (shape) => {
  const network = randomNetwork(shape, 31);
  let layers = layersOf(network);
  for (const at of innerLayers(shape).flat()) {
    const { weight, bias } = layers[at];
    const double = { weight: weight[1].map((w) => 2 * w), bias: 2 * bias[1] };
    layers = withNeuron(layers, at, double, (k) => 1 - k / 4);
    // the opposite of a neuron is no duplicate behind a ReLU
    const opposite = { weight: weight[0].map((w) => -w), bias: -bias[0] };
    layers = withNeuron(layers, at, opposite, (k) => k / 8);
  }
  const larger = networkOf(network, layers, [...network.initial]);
  const { network: merged, report } = checked("merge", larger);
  expect(report.changed).toBe(true);
  const wider = (width: number) => (width > 0 ? width + 1 : 0);
  expect(merged.shape.hiddenWidth).toBe(wider(shape.hiddenWidth));
  expect(merged.shape.outputWidth).toBe(wider(shape.outputWidth));
});

test("hidden coordinates that are multiples of each other merge", () => {
  // h2 = -2 h1 from h_0 on; h3 has another h_0
  const network = linearNetwork(
    [
      [1, 0, 0.5, 1, 3],
      [-2, 0, -1, -2, -6],
      [1, 0, 0.5, 1, 3],
    ],
    [[1, 1, 1, 0]],
  );
  const started = { ...network, initial: Float64Array.of(1, -2, 5) };
  const { network: merged, change } = checked("merge", started);
  expect([...merged.initial]).toEqual([1, 5]);
  expect([...change.matrix]).toEqual([1, 0, 0, 0, 0, 1]);
  const plain = linearNetwork([[1, 1, 0]], [[1, 0]]);
  const none = merge(plain, traceOn(plain, { kernels, seed: 1 }), { kernels });
  expect(none.report).toMatchObject({ changed: false, summary: "no neuron doubles another" });
});
