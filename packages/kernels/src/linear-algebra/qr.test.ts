import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { matrixError, nonOrthogonality, product, randomMatrix } from "../../../../test/matrices.ts";

const kernels = await loadKernels();

test.each([
  [1, 1],
  [1, 7],
  [7, 1],
  [2, 2],
  [5, 3],
  [3, 5],
  [31, 17],
  [17, 31],
  [128, 128],
  [1000, 9],
])("q of %i x %i is orthonormal, r triangular, and their product the matrix", (rows, columns) => {
  const k = Math.min(rows, columns);
  const a = randomMatrix(rows * 1000 + columns, rows, columns);
  const { q, r } = kernels.qr(a, rows, columns);
  expect(matrixError(product(q, r, rows, k, columns), a)).toBeLessThan(1e-14 * Math.sqrt(rows));
  expect(nonOrthogonality(q, rows, k)).toBeLessThan(1e-14);
  const triangular = r.every((v, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    return i > j ? v === 0 : i < j || v > 0;
  });
  expect(triangular).toBe(true);
});

test("a known decomposition, and the identity unchanged", () => {
  const { q, r } = kernels.qr(Float64Array.of(3, -2, 4, 9), 2, 2);
  expect(matrixError(q, [0.6, -0.8, 0.8, 0.6])).toBeLessThan(4e-16);
  expect(matrixError(r, [5, 6, 0, 7])).toBeLessThan(4e-16);
  const unit = kernels.qr(Float64Array.of(1, 0, 0, 1), 2, 2);
  expect([...unit.q, ...unit.r]).toEqual([1, 0, 0, 1, 1, 0, 0, 1]);
});

test("dependent columns, zeros and extreme scales keep q orthonormal", () => {
  const zero = kernels.qr(new Float64Array(6), 3, 2);
  expect(nonOrthogonality(zero.q, 3, 2)).toBe(0);
  expect([...zero.r]).toEqual([0, 0, 0, 0]);
  for (const scale of [1e300, 1e-300, 1e-160]) {
    const a = Float64Array.of(1, 2, 1e-200, 2, 4, 1, 3, 6, 2).map((v) => v * scale);
    const { q, r } = kernels.qr(a, 3, 3);
    expect(nonOrthogonality(q, 3, 3)).toBeLessThan(1e-15);
    expect(matrixError(product(q, r, 3, 3, 3), a)).toBeLessThan(1e-15);
  }
});

test("misuse names the argument", () => {
  expect(() => kernels.qr(new Float64Array(3), 2, 2)).toThrow("a has length 3, [rows, columns]");
  expect(() => kernels.qr(new Float64Array(0), 0, 1)).toThrow("rows is 0, must be an integer from");
  expect(() => kernels.qr(Float64Array.of(Number.NaN), 1, 1)).toThrow("a[0] is NaN");
  expect(() => kernels.qr(new Float64Array(0), 600, 600)).toThrow("columns is 600");
  expect(() => kernels.qr(new Float64Array(0), 2 ** 16, 512)).toThrow("rows * columns is 33554432");
});
