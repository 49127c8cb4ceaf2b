import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { randomNetwork, shapesOfAllDepths, traceOn } from "../../../../test/random-networks.ts";
import { checked } from "../../testing/neuron-steps.ts";
import { innerLayers, layersOf } from "../network-parts.ts";
import { sort } from "./sort.ts";

const kernels = await loadKernels();

test.each(shapesOfAllDepths)(
  "sorted neurons are in order, depths $hiddenDepth and $outputDepth",
  (shape) => {
    const network = randomNetwork(shape, 23);
    const { network: sorted, report } = checked("sort", network, kernels);
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
