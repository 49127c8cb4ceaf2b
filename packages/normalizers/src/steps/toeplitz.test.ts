import { loadKernels } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import { expect, test } from "vitest";
import {
  departure,
  linearNetwork,
  randomNetwork,
  shapesOfAllDepths,
  traceOn,
} from "../../../../test/random-networks.ts";
import { hiddenJordan, jordanStructures } from "../../testing/hidden-jordan.ts";
import { inputMatrix, jordanBlocks, recurrentMatrix } from "../linear-dynamics.ts";
import { jordan } from "./jordan.ts";
import { toeplitz } from "./toeplitz.ts";

const kernels = await loadKernels();

test.each(jordanStructures)("one input enters each of $blocks by a unit vector", (structure) => {
  const { n } = structure;
  const network = hiddenJordan(structure, { kernels, seed: 17 * n });
  const traces = traceOn(network, { kernels, seed: 4 });
  const first = jordan(network, traces, { kernels });
  const w = recurrentMatrix(first.network)!;
  const after = traceOn(first.network, { kernels, seed: 4 });

  const second = toeplitz(first.network, traces, { kernels });
  expect(second.report).toMatchObject({ name: "toeplitz", changed: true });
  const last = traceOn(second.network, { kernels, seed: 4 });
  expect(departure(after, last, second.change)).toBeLessThan(1e-6);
  // W is still what it was, and one input enters every block by (0, ..., 0, 1)
  recurrentMatrix(second.network)!.forEach((v, at) => {
    expect(v).toBeCloseTo(w[at], 6);
  });
  const b = inputMatrix(second.network);
  for (const { start, size, pair } of jordanBlocks(w, n, 1e-3)!) {
    const width = size * (pair ? 2 : 1);
    const unit = new Array(width).fill(0);
    unit[width - (pair ? 2 : 1)] = 1;
    const columns = [0, 1].map((k) =>
      Array.from({ length: width }, (_, i) => b[(start + i) * 2 + k]),
    );
    const away = columns.map((column) => Math.max(...column.map((v, i) => Math.abs(v - unit[i]))));
    expect(Math.min(...away)).toBeLessThan(1e-6);
  }
});

test("toeplitz is refused where W is not in Jordan form or nothing reaches the end of a block", () => {
  const summary = (network: Network) => {
    const traces = traceOn(network, { kernels, seed: 1 });
    const result = toeplitz(network, traces, { kernels });
    expect(result.network).toBe(network);
    return result.report.summary;
  };
  const full = [
    [0.5, 0.5, 1, 0],
    [0.2, 0.1, 1, 0],
  ];
  expect(summary(linearNetwork(full, [[1, 0, 0]]))).toBe(
    "the recurrent matrix is not in Jordan form",
  );
  const unreached = [
    [0, 1, 1, 0],
    [0, 0, 0, 1],
  ];
  expect(summary(linearNetwork(unreached, [[1, 0, 0]]))).toBe(
    "no input reaches the end of a block with more than 0.001",
  );
  expect(summary(randomNetwork(shapesOfAllDepths[4], 2))).toBe("f is not linear");
});
