import { loadKernels } from "@latticode/kernels";
import { isRejection } from "@latticode/machines";
import { expect, test } from "vitest";
import {
  affineLayers,
  inBasis,
  randomBasis,
  seededRandom,
  traceOn,
  withNoise,
} from "../../testing/networks.ts";
import type { Codes } from "./codes.ts";
import { findLattice } from "./lattice.ts";

const kernels = await loadKernels();

function accepted(codes: ReturnType<typeof findLattice>): Codes {
  if (isRejection(codes)) throw new Error(codes.rejected);
  return codes;
}

test("codes of shift registers are the inputs up to a unimodular change", () => {
  for (let seed = 0; seed < 8; seed++) {
    const random = seededRandom(seed);
    const n = 1 + (seed % 4);
    const { f, g } = affineLayers({
      transition: Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (_, j) => (j === i - 1 ? 1 : 0)),
      ),
      input: Array.from({ length: n }, (_, i) => [i === 0 ? 1 : 0]),
      output: [Array.from({ length: n }, () => 1)],
    });
    const exact = inBasis(f, g, new Array<number>(n).fill(0), randomBasis(n, random));
    const network = withNoise(exact, 1e-4, random);
    const range = { low: 0, high: 99, count: 60, length: 8 };
    const traces = traceOn(network, range, { kernels, random });
    const codes = accepted(findLattice(traces, { kernels }));
    expect(codes.dimension).toBe(n);
    expect(codes.initial).toEqual(new Array<number>(n).fill(0));
    expect(codes.deviation).toBeLessThan(0.2);
    // A z + b is h, and codes are whole
    let largest = 0;
    for (let i = 0; i < traces.count * traces.length; i++) {
      for (let j = 0; j < n; j++) {
        let value = codes.offset[j];
        for (let k = 0; k < n; k++) value += codes.basis[j * n + k] * codes.z[i * n + k];
        largest = Math.max(largest, Math.abs(value - traces.h[i * n + j]));
      }
    }
    expect(largest).toBeLessThan(0.3);
    expect(codes.z.every(Number.isSafeInteger)).toBe(true);
    expect(isUnimodularImage(codes, traces.x, traces.length)).toBe(true);
  }
});

/** Whether codes at positions after the first n are a unimodular image of the last n inputs. */
function isUnimodularImage(codes: Codes, x: Int32Array, length: number): boolean {
  const n = codes.dimension;
  // both directions by least squares: integer coefficients each way
  const rows: number[] = [];
  const targets: number[] = [];
  for (let i = n - 1; i < x.length; i++) {
    if (i % length < n - 1) continue;
    for (let k = 0; k < n; k++) rows.push(x[i - k]);
    for (let k = 0; k < n; k++) targets.push(codes.z[i * n + k]);
  }
  const count = rows.length / n;
  const there = kernels.leastSquares(
    Float64Array.from(rows),
    count,
    n,
    Float64Array.from(targets),
    n,
  );
  const back = kernels.leastSquares(
    Float64Array.from(targets),
    count,
    n,
    Float64Array.from(rows),
    n,
  );
  return [...there, ...back].every((v) => Math.abs(v - Math.round(v)) < 1e-6);
}

test("states that fill the line are refused", () => {
  const random = seededRandom(3);
  const { f, g } = affineLayers({ transition: [[0.37]], input: [[1]], output: [[1]] });
  const range = { low: 0, high: 9, count: 50, length: 10 };
  const traces = traceOn(inBasis(f, g, [0], [[1]]), range, { kernels, random });
  const codes = findLattice(traces, { kernels });
  expect(isRejection(codes) && codes.rejected).toMatch(
    /^lattice: the hidden states fit no lattice of 1 dimensions$/,
  );
});

test("a hidden state that is not a number is refused", () => {
  const random = seededRandom(3);
  const { f, g } = affineLayers({ transition: [[1]], input: [[1]], output: [[1]] });
  const range = { low: 0, high: 9, count: 50, length: 6 };
  const traces = traceOn(inBasis(f, g, [0], [[1]]), range, { kernels, random });
  const h = traces.h.slice();
  h[5] = Number.NaN;
  expect(findLattice({ ...traces, h }, { kernels })).toEqual({
    rejected: "lattice: a hidden state is not a finite number",
  });
});
