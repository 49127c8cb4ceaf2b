import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { randomNumbers, relativeError } from "../../../../test/reference.ts";

const kernels = await loadKernels();

/** a [rows, inner] times b [inner, columns]. */
function product(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  rows: number,
  inner: number,
  columns: number,
): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += a[i * inner + k] * b[k * columns + j];
    return sum;
  });
}

function transpose(a: ArrayLike<number>, rows: number, columns: number): Float64Array {
  return Float64Array.from(a, (_, at) => a[(at % rows) * columns + Math.floor(at / rows)]);
}

test.each([
  [1, 1, 1],
  [2, 5, 1],
  [7, 3, 2],
  [40, 12, 3],
  [500, 9, 1],
  [128, 128, 2],
])(
  "least squares with %i rows, %i columns, %i sides leaves a residual that no column explains",
  (rows, columns, sides) => {
    const random = randomNumbers(rows * 1000 + columns);
    const a = Float64Array.from({ length: rows * columns }, () => random() - 0.5);
    const b = Float64Array.from({ length: rows * sides }, () => random() - 0.5);
    const x = kernels.leastSquares(a, rows, columns, b, sides);
    const fit = product(a, x, rows, columns, sides);
    const residual = fit.map((v, i) => b[i] - v);
    const explained = product(transpose(a, rows, columns), residual, columns, rows, sides);
    expect(relativeError(explained, new Float64Array(columns * sides))).toBeLessThan(1e-11);
  },
);

test("least squares gives 0 to a dependent column and still fits", () => {
  const a = Float64Array.of(1, 2, 0, 2, 4, 0, 3, 6, 0, 4, 8, 0);
  const x = kernels.leastSquares(a, 4, 3, Float64Array.of(2, 4, 6, 8), 1);
  expect([...x].map((v) => Math.abs(v) < 1e-15)).toEqual([true, false, true]);
  expect(Math.abs(x[1] - 1)).toBeLessThan(1e-14);
});

test.each([1, 2, 3, 8, 31, 128])("the eigenvectors of a symmetric matrix of size %i", (n) => {
  const random = randomNumbers(n);
  const half = Float64Array.from({ length: n * n }, () => random() - 0.5);
  const a = half.map((v, at) => v + half[(at % n) * n + Math.floor(at / n)]);
  const { values, vectors } = kernels.symmetricEigen(a, n);
  expect([...values]).toEqual([...values].sort((p, q) => p - q));
  const scaled = vectors.map((v, at) => v * values[at % n]);
  expect(relativeError(product(a, vectors, n, n, n), scaled)).toBeLessThan(1e-12);
  const gram = product(transpose(vectors, n, n), vectors, n, n, n);
  const identity = gram.map((_, at) => (at % (n + 1) === 0 ? 1 : 0));
  expect(relativeError(gram, identity)).toBeLessThan(1e-12);
});

test("known eigenvalues, repeated ones and zero", () => {
  const { values } = kernels.symmetricEigen(Float64Array.of(2, 1, 1, 1, 2, 1, 1, 1, 2), 3);
  expect(relativeError(values, [1, 1, 4])).toBeLessThan(1e-14);
  expect([...kernels.symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
});

test("misuse names the argument", () => {
  const bad = Float64Array.of(1, Number.NaN);
  expect(() => kernels.leastSquares(bad, 2, 1, bad, 1)).toThrow("a[1] is NaN, must be finite");
  expect(() => kernels.leastSquares(bad, 2, 2, bad, 1)).toThrow("a has length 2, [rows, columns]");
  expect(() => kernels.symmetricEigen(bad, 2)).toThrow("a has length 2, [n, n] needs 4");
  expect(() => kernels.symmetricEigen(bad, 0)).toThrow("n is 0, must be an integer from 1 to 512");
});
