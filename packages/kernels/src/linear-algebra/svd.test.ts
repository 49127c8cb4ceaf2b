import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import {
  matrixError,
  nonOrthogonality,
  product,
  randomMatrix,
  randomOfRank,
  transpose,
} from "../../../../test/matrices.ts";

const kernels = await loadKernels();

/** Checks the decomposition against its identities; returns the singular values. */
function checked(a: Float64Array, rows: number, columns: number): Float64Array {
  const k = Math.min(rows, columns);
  const { u, values, v } = kernels.svd(a, rows, columns);
  expect([...values]).toEqual([...values].sort((p, q) => q - p));
  expect(values[k - 1]).toBeGreaterThanOrEqual(0);
  expect(nonOrthogonality(u, rows, k)).toBeLessThan(1e-13);
  expect(nonOrthogonality(v, columns, k)).toBeLessThan(1e-13);
  const scaled = u.map((x, at) => x * values[at % k]);
  const again = product(scaled, transpose(v, columns, k), rows, k, columns);
  expect(matrixError(again, a)).toBeLessThan(1e-13);
  const positive = Array.from({ length: k }, (_, c) => {
    const column = Array.from({ length: rows }, (_, i) => u[i * k + c]);
    return Math.max(...column) === Math.max(...column.map(Math.abs));
  });
  expect(positive).not.toContain(false);
  return values;
}

test.each([
  [1, 1],
  [1, 5],
  [5, 1],
  [2, 2],
  [3, 7],
  [9, 4],
  [33, 33],
  [17, 64],
  [128, 128],
  [700, 12],
])("the singular value decomposition of a random matrix, %i x %i", (rows, columns) => {
  checked(randomMatrix(rows * 1000 + columns, rows, columns), rows, columns);
});

test.each([
  [4, 4, 2],
  [6, 3, 1],
  [7, 13, 5],
  [31, 31, 30],
  [128, 128, 64],
])("%i x %i of rank %i: the other values are rounding error", (rows, columns, rank) => {
  const a = randomOfRank(rows + columns, rows, columns, rank);
  const values = checked(a, rows, columns);
  expect(values[rank - 1]).toBeGreaterThan(1e-4 * values[0]);
  expect(values[rank]).toBeLessThan(1e-14 * values[0]);
});

test("known values: repeated, zero, and small ones to full relative accuracy", () => {
  expect([...checked(new Float64Array(6), 2, 3)]).toEqual([0, 0]);
  expect([...checked(Float64Array.of(0, -2, 0, 0, 0, 2, 2, 0, 0), 3, 3)]).toEqual([2, 2, 2]);
  const golden = (1 + Math.sqrt(5)) / 2;
  const fibonacci = checked(Float64Array.of(1, 1, 0, 1), 2, 2);
  expect(matrixError(fibonacci, [golden, 1 / golden])).toBeLessThan(4e-16);
  // rows orthogonal
  const graded = checked(Float64Array.of(1, 1, 1e-20, -1e-20), 2, 2);
  expect(Math.abs(graded[0] / Math.SQRT2 - 1)).toBeLessThan(1e-15);
  expect(Math.abs(graded[1] / (Math.SQRT2 * 1e-20) - 1)).toBeLessThan(1e-15);
});

test("the values of the discrete Laplacian, and of the Hilbert matrix of order 10", () => {
  const n = 40;
  const laplacian = Float64Array.from({ length: n * n }, (_, at) => {
    const distance = Math.abs(Math.floor(at / n) - (at % n));
    return distance === 0 ? 2 : distance === 1 ? -1 : 0;
  });
  const exact = (k: number) => 2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1));
  const expected = Array.from({ length: n }, (_, k) => exact(k));
  expect(matrixError(checked(laplacian, n, n), expected)).toBeLessThan(1e-14);
  const hilbert = Float64Array.from(
    { length: 100 },
    (_, at) => 1 / (Math.floor(at / 10) + (at % 10) + 1),
  );
  const values = checked(hilbert, 10, 10);
  // Fettis and Caslin 1967, "Eigenvalues and eigenvectors of Hilbert matrices of order 3 through
  // 10"
  expect(Math.abs(values[0] - 1.751919670265178)).toBeLessThan(1e-14);
  expect(Math.abs(values[9] - 1.093153819379e-13)).toBeLessThan(1e-16);
});

test.each([1e300, 1e-300])("extreme scales: %d", (scale) => {
  const a = randomMatrix(5, 6, 4);
  const values = kernels.svd(a, 6, 4).values;
  const scaled = kernels.svd(
    a.map((v) => v * scale),
    6,
    4,
  ).values;
  expect(
    matrixError(
      scaled,
      values.map((v) => v * scale),
    ),
  ).toBeLessThan(1e-14);
});

test.each([
  [1, 1, 1],
  [1, 5, 1],
  [5, 5, 5],
  [3, 8, 2],
  [8, 3, 2],
  [40, 17, 11],
  [128, 128, 100],
])("the null space of %i x %i of rank %i", (rows, columns, rank) => {
  const a = randomOfRank(3 * rows + columns, rows, columns, rank);
  const nullity = columns - rank;
  const found = kernels.nullSpace(a, rows, columns);
  expect(found.rank).toBe(rank);
  expect(found.basis.length).toBe(columns * nullity);
  expect(nonOrthogonality(found.basis, columns, nullity)).toBeLessThan(1e-13);
  const size = a.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const moved = product(a, found.basis, rows, columns, nullity);
  expect(Math.max(0, ...moved.map(Math.abs))).toBeLessThan(1e-13 * size);
});

test("the tolerance decides about the rank; a zero matrix has none", () => {
  const a = Float64Array.of(1, 0, 0, 1e-6);
  expect(kernels.nullSpace(a, 2, 2)).toEqual({ rank: 2, basis: new Float64Array(0) });
  expect(kernels.nullSpace(a, 2, 2, 1e-5)).toEqual({ rank: 1, basis: Float64Array.of(0, 1) });
  const zero = kernels.nullSpace(new Float64Array(6), 2, 3);
  expect(zero.rank).toBe(0);
  expect(nonOrthogonality(zero.basis, 3, 3)).toBe(0);
});

test("misuse names the argument", () => {
  expect(() => kernels.svd(new Float64Array(3), 2, 2)).toThrow("a has length 3, [rows, columns]");
  expect(() => kernels.nullSpace(new Float64Array(4), 2, 2, 2)).toThrow("tolerance is 2");
  expect(() => kernels.nullSpace(new Float64Array(1000), 1, 1000)).toThrow("columns is 1000");
});

test("many decompositions leave memory as it was", () => {
  const a = randomMatrix(1, 24, 24);
  const work = () => {
    kernels.svd(a, 24, 24);
    kernels.nullSpace(a.subarray(0, 72), 3, 24);
    kernels.eigen(a, 24);
    kernels.inverse(a, 24);
    kernels.qr(a, 24, 24);
  };
  for (let i = 0; i < 100; i++) work();
  const settled = kernels.memoryBytes();
  for (let i = 0; i < 400; i++) work();
  expect(kernels.memoryBytes()).toBe(settled);
});
