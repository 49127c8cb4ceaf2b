import { loadKernels, networkLayers } from "@latticode/kernels";
import { expect, test } from "vitest";
import { departure, linearNetwork, traceOn } from "../../../../test/random-networks.ts";
import { debias } from "./debias.ts";

const kernels = await loadKernels();

test("debias moves what f never reads into g's bias, and nothing else", () => {
  // h1 remembers, h2 is never read by f: its bias is 7, that of h1 belongs to the dynamics
  const network = linearNetwork(
    [
      [1, 0, 1, 2],
      [1, 0, 0, 7],
    ],
    [[1, 3, 5]],
  );
  const traces = traceOn(network, { kernels, seed: 1 });
  const { network: light, change, report } = debias(network, traces, { kernels });
  expect(report).toMatchObject({ name: "debias", changed: true });
  expect(report.deviation).toBeLessThan(1e-9);
  const [f, g] = networkLayers(network.shape);
  expect([...light.weights.subarray(f.biasOffset, f.biasOffset + 2)]).toEqual([2, 0]);
  expect(light.weights[g.biasOffset]).toBe(26);
  expect([...change.offset]).toEqual([0, -7]);
  expect(light.initial).toEqual(network.initial);
  expect(departure(traces, traceOn(light, { kernels, seed: 1 }), change)).toBeLessThan(1e-9);
  const again = debias(light, traces, { kernels });
  expect(again.report).toMatchObject({
    changed: false,
    summary: "no constant in a direction that f never reads",
  });
});

test("debias falls back to a smaller epsilon where f reads the direction a little", () => {
  // f reads h2 by 0.05, which counts as never at epsilon 0.1 and would be missing at the start
  const network = linearNetwork(
    [
      [1, 0.05, 1, 0],
      [0, 0, 1, 7],
    ],
    [[1, 1, 0]],
  );
  const traces = traceOn(network, { kernels, seed: 1 });
  const { report } = debias(network, traces, { kernels });
  expect(report.changed).toBe(true);
  expect(report.deviation).toBeLessThan(1e-3);
  const loose = debias(network, traces, { kernels, epsilons: [2] });
  expect(loose.report.changed).toBe(false);
  expect(loose.report.summary).toMatch(/^outputs up to .* would change by/);
});
