import { loadKernels, networkLayers } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import { expect, test } from "vitest";
import type { Block } from "../../../../test/jordan-structures.ts";
import { jordanMatrix } from "../../../../test/jordan-structures.ts";
import { randomMatrix } from "../../../../test/matrices.ts";
import {
  departure,
  linearNetwork,
  randomNetwork,
  shapesOfAllDepths,
  traceOn,
} from "../../../../test/random-networks.ts";
import { changeBasis, translateStates } from "../change-of-basis.ts";
import { inputMatrix, jordanBlocks, recurrentMatrix } from "../linear-dynamics.ts";
import { debias } from "./debias.ts";
import { jordan } from "./jordan.ts";
import { toeplitz } from "./toeplitz.ts";

const kernels = await loadKernels();

/** A network with the given blocks in a random basis, two inputs, two outputs and a bias of f. */
function hiddenJordan(blocks: readonly Block[], n: number, seed: number): Network {
  const j = jordanMatrix(blocks, n);
  const b = randomMatrix(seed, n, 3);
  const c = randomMatrix(seed + 1, 2, n + 1);
  const rows = (m: Float64Array, width: number, i: number) => [
    ...m.subarray(i * width, (i + 1) * width),
  ];
  const network = linearNetwork(
    Array.from({ length: n }, (_, i) => [...rows(j, n, i), ...rows(b, 3, i)]),
    [rows(c, n + 1, 0), rows(c, n + 1, 1)],
  );
  // far enough from singular
  const t = randomMatrix(seed + 2, n, n).map((v, at) => v + (at % (n + 1) === 0 ? 2 : 0));
  return changeBasis(network, t, kernels.inverse(t, n));
}

const structures: { blocks: Block[]; n: number }[] = [
  { n: 1, blocks: [{ re: 1, im: 0, size: 1 }] },
  { n: 5, blocks: [{ re: 0, im: 0, size: 5 }] },
  {
    n: 4,
    blocks: [
      { re: 0, im: 0, size: 2 },
      { re: 1, im: 0, size: 2 },
    ],
  },
  { n: 4, blocks: [{ re: 0.2, im: 0.9, size: 2 }] },
  {
    n: 6,
    blocks: [
      { re: -0.5, im: 0, size: 1 },
      { re: 0, im: 0, size: 2 },
      { re: 0, im: 0, size: 1 },
      { re: 0.5, im: 0.7, size: 1 },
    ],
  },
];

test.each(structures)("jordan and then toeplitz find $blocks in a random basis", (structure) => {
  const { blocks, n } = structure;
  const network = hiddenJordan(blocks, n, 17 * n);
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

test.each(shapesOfAllDepths)(
  "translated states leave the outputs, depths $hiddenDepth and $outputDepth",
  (shape) => {
    const network = randomNetwork(shape, 3);
    const { hiddenDim } = shape;
    const offset = Float64Array.from({ length: hiddenDim }, (_, i) => 1 + i / 3);
    const moved = translateStates(network, offset);
    const [before, after] = [network, moved].map((of) => traceOn(of, { kernels, seed: 2 }));
    const matrix = Float64Array.from({ length: hiddenDim * hiddenDim }, (_, at) =>
      at % (hiddenDim + 1) === 0 ? 1 : 0,
    );
    expect(departure(before, after, { matrix, offset })).toBeLessThan(1e-9);
    expect(after.y).toEqual(before.y);
  },
);

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
