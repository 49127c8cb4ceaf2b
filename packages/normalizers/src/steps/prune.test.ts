import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { linearNetwork, randomNetwork, traceOn } from "../../../../test/random-networks.ts";
import { checked, shapesWithInner, withNeuron } from "../../testing/neuron-steps.ts";
import { innerLayers, layersOf, networkOf } from "../network-parts.ts";
import { prune } from "./prune.ts";

const kernels = await loadKernels();

test.each(shapesWithInner)(
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
    const { network: pruned, report } = checked("prune", larger, kernels);
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
  const { network: pruned, change, report } = checked("prune", started, kernels);
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
  expect(checked("prune", network, kernels).report.changed).toBe(false);
});
