import { type Kernels, parameterCount } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import { expect } from "vitest";
import { departure, shapesOfAllDepths, traceOn } from "../../../test/random-networks.ts";
import { innerLayers, type Layer } from "../src/network-parts.ts";
import type { NormalizedNetwork } from "../src/normalization.ts";
import { merge } from "../src/steps/merge.ts";
import { prune } from "../src/steps/prune.ts";
import { sort } from "../src/steps/sort.ts";

const steps = { prune, sort, merge };

/** The step on the network's own traces; outputs and states are what the report says they are. */
export function checked(
  name: keyof typeof steps,
  network: Network,
  kernels: Kernels,
): NormalizedNetwork {
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
export function withNeuron(
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

/** Shapes with neurons between input and output. */
export const shapesWithInner = shapesOfAllDepths.filter(
  (shape) => innerLayers(shape).flat().length > 0,
);
