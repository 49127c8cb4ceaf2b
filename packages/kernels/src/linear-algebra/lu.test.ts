import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { identity, matrixError, product, randomMatrix } from "../../../../test/matrices.ts";
import { randomIntegers, randomNumbers } from "../../../../test/reference.ts";

const kernels = await loadKernels();

/** The determinant of an integer matrix, exactly (Bareiss 1968). */
function exactDeterminant(a: ArrayLike<number>, n: number): bigint {
  const rows = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => BigInt(a[i * n + j])),
  );
  let [sign, before] = [1n, 1n];
  for (let k = 0; k < n - 1; k++) {
    const pivot = rows.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivot < 0) return 0n;
    if (pivot !== k) {
      [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
      sign = -sign;
    }
    for (let i = k + 1; i < n; i++) {
      for (let j = k + 1; j < n; j++) {
        rows[i][j] = (rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]) / before;
      }
    }
    before = rows[k][k];
  }
  return sign * rows[n - 1][n - 1];
}

test.each([1, 2, 3, 7, 31, 64, 128])("decomposition, solutions and inverse of size %i", (n) => {
  const a = randomMatrix(n, n, n);
  const { lower, upper, order } = kernels.lu(a, n);
  expect([...order].sort((p, q) => p - q)).toEqual([...order.keys()]);
  const permuted = a.map((_, at) => a[order[Math.floor(at / n)] * n + (at % n)]);
  expect(matrixError(product(lower, upper, n, n, n), permuted)).toBeLessThan(1e-14);
  const triangular = lower.every((v, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return i > j ? Math.abs(v) <= 1 && upper[at] === 0 : v === (i === j ? 1 : 0);
  });
  expect(triangular).toBe(true);
  for (const sides of [1, 3]) {
    const b = randomMatrix(n + sides, n, sides);
    const x = kernels.solve(a, n, b, sides);
    // backward stable: the residual is small next to a and x, whatever the condition
    const size = n * x.reduce((most, v) => Math.max(most, Math.abs(v)), 1);
    const residual = product(a, x, n, n, sides).map((v, i) => Math.abs(v - b[i]));
    expect(Math.max(...residual)).toBeLessThan(1e-15 * size);
  }
  const inverse = kernels.inverse(a, n);
  expect(matrixError(product(inverse, a, n, n, n), identity(n))).toBeLessThan(1e-10);
  const product1 = kernels.determinant(a, n) * kernels.determinant(inverse, n);
  expect(Math.abs(product1 - 1)).toBeLessThan(1e-10);
});

test("determinants of integer matrices agree with exact arithmetic", () => {
  const random = randomNumbers(11);
  for (let trial = 0; trial < 200; trial++) {
    const n = 1 + (trial % 10);
    const a = Float64Array.from(randomIntegers(random, n * n, 10));
    const exact = Number(exactDeterminant(a, n));
    // relative to Hadamard's bound
    let bound = 1;
    for (let i = 0; i < n; i++) bound *= Math.hypot(...a.subarray(i * n, i * n + n)) || 1;
    expect(Math.abs(kernels.determinant(a, n) - exact)).toBeLessThan(1e-14 * bound);
  }
});

test("a determinant whose factors leave the range of f64, but not their product", () => {
  const diagonal = (values: number[]) => {
    const a = identity(values.length);
    for (const [i, v] of values.entries()) a[i * values.length + i] = v;
    return kernels.determinant(a, values.length);
  };
  expect(diagonal([1.5e308, 1.5e308, 2 ** -1000, 2 ** -1000])).toBe((1.5e308 * 2 ** -1000) ** 2);
  expect(diagonal([2 ** -1074, 2 ** -1074, 2 ** 1000, 2 ** 1000])).toBe(2 ** -148);
  expect(diagonal([-3, 0, 5])).toBe(0);
  expect(diagonal([1e-200, 1e-200])).toBe(0);
  expect(() => diagonal([1e200, 1e200])).toThrow("determinant: the result is beyond the f64 range");
});

test("known inverses, and rows or columns of any scale", () => {
  expect([...kernels.inverse(Float64Array.of(0, 1, 2, 0), 2)]).toEqual([0, 0.5, 1, 0]);
  const scaled = Float64Array.of(1, 2, 1e-20, 1e-20);
  expect(matrixError(kernels.inverse(scaled, 2), [-1, 2e20, 1, -1e20])).toBeLessThan(1e-15);
  expect([...kernels.inverse(Float64Array.of(1, 0, 0, 2 ** -900), 2)]).toEqual([1, 0, 0, 2 ** 900]);
});

test("a singular matrix is refused by its pivot, exactly singular or within rounding error", () => {
  const message = "inverse: a is singular, pivot 1 of 2 is 0, 0 within rounding error";
  expect(() => kernels.inverse(Float64Array.of(1, 2, 2, 4), 2)).toThrow(message);
  const nine = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  expect(() => kernels.inverse(nine, 3)).toThrow("a is singular, pivot 2 of 3 is");
  expect(() => kernels.solve(nine, 3, Float64Array.of(1, 2, 3), 1)).toThrow("solve: a is singular");
  expect(() => kernels.inverse(new Float64Array(9), 3)).toThrow("pivot 0 of 3 is 0");
  const thirds = Float64Array.of(0.1, 0.3, 1 / 3, 1);
  expect(() => kernels.inverse(thirds, 2)).toThrow("a is singular, pivot 1 of 2 is");
});

test("misuse names the argument", () => {
  const a = Float64Array.of(1, 2, 3, 4);
  expect(() => kernels.lu(a, 3)).toThrow("a has length 4, [n, n] needs 9");
  expect(() => kernels.solve(a, 2, a, 3)).toThrow("b has length 4, [n, sides] needs 6");
  expect(() => kernels.solve(a, 2, Float64Array.of(1, Number.NaN), 1)).toThrow("b[1] is NaN");
  expect(() => kernels.inverse(a, 0)).toThrow("n is 0, must be an integer from 1 to 512");
  expect(() => kernels.determinant(Float64Array.of(Infinity), 1)).toThrow("a[0] is Infinity");
  const tiny = Float64Array.of(2 ** -1074);
  expect(() => kernels.inverse(tiny, 1)).toThrow("inverse: the result is beyond the f64 range");
});
