import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { linearNetwork, randomNetwork, traceOn } from "../../../../test/random-networks.ts";
import { checked, shapesWithInner, withNeuron } from "../../testing/neuron-steps.ts";
import { innerLayers, layersOf, networkOf } from "../network-parts.ts";
import { merge } from "./merge.ts";

const kernels = await loadKernels();

test.each(shapesWithInner)("duplicates merge, depths $hiddenDepth and $outputDepth", (shape) => {
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
  const { network: merged, report } = checked("merge", larger, kernels);
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
  const { network: merged, change } = checked("merge", started, kernels);
  expect([...merged.initial]).toEqual([1, 5]);
  expect([...change.matrix]).toEqual([1, 0, 0, 0, 0, 1]);
  const plain = linearNetwork([[1, 1, 0]], [[1, 0]]);
  const none = merge(plain, traceOn(plain, { kernels, seed: 1 }), { kernels });
  expect(none.report).toMatchObject({ changed: false, summary: "no neuron doubles another" });
});
