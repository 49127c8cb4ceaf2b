import { loadKernels } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import { expect, test } from "vitest";
import { jordanMatrix } from "../../../../test/jordan-structures.ts";
import {
  departure,
  linearNetwork,
  randomNetwork,
  shapesOfAllDepths,
  traceOn,
} from "../../../../test/random-networks.ts";
import { hiddenJordan, jordanStructures } from "../../testing/hidden-jordan.ts";
import { recurrentMatrix } from "../linear-dynamics.ts";
import { jordan } from "./jordan.ts";

const kernels = await loadKernels();

test.each(jordanStructures)("$blocks are found in a random basis", (structure) => {
  const { blocks, n } = structure;
  const network = hiddenJordan(structure, { kernels, seed: 17 * n });
  const traces = traceOn(network, { kernels, seed: 4 });
  const first = jordan(network, traces, { kernels });
  expect(first.report).toMatchObject({ name: "jordan", changed: true });
  expect(first.report.deviation).toBeLessThan(1e-6);
  const w = recurrentMatrix(first.network)!;
  jordanMatrix(blocks, n).forEach((v, at) => {
    expect(w[at]).toBeCloseTo(v, 6);
  });
  const after = traceOn(first.network, { kernels, seed: 4 });
  expect(departure(traces, after, first.change)).toBeLessThan(1e-6);
});

test("jordan is refused where f is not linear, or a weight explodes", () => {
  const relu = randomNetwork(shapesOfAllDepths[4], 2);
  const summary = (network: Network, options = {}) => {
    const traces = traceOn(network, { kernels, seed: 1 });
    const result = jordan(network, traces, { kernels, ...options });
    expect(result.network).toBe(network);
    return result.report.summary;
  };
  expect(summary(relu)).toBe("f is not linear");
  const wide = randomNetwork({ ...shapesOfAllDepths[0], hiddenDim: 17 }, 1);
  expect(summary(wide)).toBe("17 dimensions, at most 16 are treated");
  const shift = linearNetwork(
    [
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ],
    [[1, 0, 0]],
  );
  expect(summary(shift, { largest: 0.5 })).toBe("a weight would become 1.00");
});

test("a structure that the noise would allow and the outputs do not is not taken", () => {
  // 1 and 1.1 are within noise of a double 1.05, which gives other sums
  const close = linearNetwork(
    [
      [1, 1, 1, 0],
      [0, 1.1, 1, 0],
    ],
    [[1, 0, 0]],
  );
  const traces = traceOn(close, { kernels, seed: 1 });
  const { report } = jordan(close, traces, { kernels });
  expect(report).toMatchObject({ changed: true, summary: "eigenvalues 1, 1.1" });
  const coarse = jordan(close, traces, { kernels, noises: [1e-3] });
  expect(coarse.network).toBe(close);
  expect(coarse.report.summary).toMatch(
    /^eigenvalues 1.05 \(2 times\) would change the share of right outputs from 1 to 0/,
  );
});
