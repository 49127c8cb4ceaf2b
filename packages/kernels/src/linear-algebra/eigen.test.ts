import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import {
  identity,
  matrixError,
  product,
  randomMatrix,
  transpose,
} from "../../../../test/matrices.ts";
import { relativeError } from "../../../../test/reference.ts";

const kernels = await loadKernels();

/**
 * Largest entry of a V - V D, relative to that of a, and the largest departure from what is
 * promised about order, pairs and vectors.
 */
function residual(a: Float64Array, n: number, balance = true): number {
  const { re, im, vectors } = kernels.eigen(a, n, { balance });
  const size = a.reduce((most, v) => Math.max(most, Math.abs(v)), 0) || 1;
  const moved = product(a, vectors, n, n, n);
  let worst = 0;
  for (let k = 0; k < n; k++) {
    const pair = im[k] > 0;
    if (k > 0 && re[k] < re[k - 1]) worst = 1;
    if (pair && (re[k + 1] !== re[k] || im[k + 1] !== -im[k])) worst = 1;
    const x = Array.from({ length: n }, (_, i) => vectors[i * n + k]);
    const y = Array.from({ length: n }, (_, i) => (pair ? vectors[i * n + k + 1] : 0));
    for (let i = 0; i < n; i++) {
      const along = moved[i * n + k] - re[k] * x[i] + im[k] * y[i];
      const across = pair ? moved[i * n + k + 1] - re[k] * y[i] - im[k] * x[i] : 0;
      worst = Math.max(worst, Math.abs(along) / size, Math.abs(across) / size);
    }
    const lengths = x.map((v, i) => Math.sqrt(v * v + y[i] * y[i]));
    const peak = Math.max(...lengths);
    const atPeak = lengths.findIndex((v, i) => v > peak * (1 - 1e-13) && x[i] > 0 && y[i] === 0);
    if (atPeak < 0) worst = 1;
    const norm = lengths.reduce((sum, v) => sum + v * v, 0);
    worst = Math.max(worst, Math.abs(norm - 1));
    if (pair) k++;
  }
  return worst;
}

/** The largest distance from a value to its partner among the expected, matched greedily. */
function distance(found: { re: Float64Array; im: Float64Array }, expected: [number, number][]) {
  const left = [...expected];
  let worst = 0;
  for (const [k, re] of found.re.entries()) {
    const away = left.map(([x, y]) => Math.hypot(x - re, y - found.im[k]));
    const nearest = away.indexOf(Math.min(...away));
    worst = Math.max(worst, away[nearest]);
    left.splice(nearest, 1);
  }
  return worst;
}

/** Highest coefficient 1 left out, lowest first. */
function companion(coefficients: number[]): Float64Array {
  const n = coefficients.length;
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return j === n - 1 ? -coefficients[i] : i === j + 1 ? 1 : 0;
  });
}

function jordanBlock(value: number, n: number): Float64Array {
  return identity(n).map((v, at) => (at % (n + 1) === 1 ? 1 : v * value));
}

test.each([1, 2, 3, 4, 5, 9, 16, 33, 64, 128])("random matrices of size %i", (n) => {
  for (let seed = 0; seed < (n < 20 ? 50 : 1); seed++) {
    const a = randomMatrix(n * 100 + seed, n, n);
    expect(residual(a, n)).toBeLessThan(1e-14 * n + 1e-13);
    expect(residual(a, n, false)).toBeLessThan(1e-14 * n + 1e-13);
    const { re } = kernels.eigen(a, n);
    const trace = a.reduce((sum, v, at) => sum + (at % (n + 1) === 0 ? v : 0), 0);
    expect(Math.abs(re.reduce((p, q) => p + q, 0) - trace)).toBeLessThan(1e-13 * n);
  }
});

test("integer matrices of size 1 to 5, many with repeated values and zeros", () => {
  let worst = 0;
  for (let trial = 0; trial < 1000; trial++) {
    const n = 1 + (trial % 5);
    const a = randomMatrix(trial, n, n).map((v) => Math.round(3 * v));
    worst = Math.max(worst, residual(a, n));
  }
  expect(worst).toBeLessThan(1e-13);
});

test("symmetric matrices agree with the Jacobi method; repeated values keep their vectors", () => {
  const half = randomMatrix(8, 30, 30);
  const other = transpose(half, 30, 30);
  const a = half.map((v, at) => v + other[at]);
  const { re, im } = kernels.eigen(a, 30);
  expect(matrixError(re, kernels.symmetricEigen(a, 30).values)).toBeLessThan(1e-14);
  expect(im.every((v) => v === 0)).toBe(true);
  const repeated = Float64Array.of(2, 1, 1, 1, 2, 1, 1, 1, 2);
  const { re: values, vectors } = kernels.eigen(repeated, 3);
  expect(matrixError(values, [1, 1, 4])).toBeLessThan(1e-15);
  expect(Math.abs(kernels.determinant(vectors, 3))).toBeGreaterThan(0.1);
  const unit = kernels.eigen(identity(6), 6);
  expect([...unit.re]).toEqual([1, 1, 1, 1, 1, 1]);
  expect([...unit.vectors]).toEqual([...identity(6)]);
  expect([...kernels.eigen(new Float64Array(9), 3).vectors]).toEqual([...identity(3)]);
});

test("a rotation: the convention of complex pairs", () => {
  const { re, im, vectors } = kernels.eigen(Float64Array.of(0, -2, 2, 0), 2);
  expect([...re]).toEqual([0, 0]);
  expect([...im]).toEqual([2, -2]);
  // 2 i belongs to (1, -i) / sqrt 2
  expect(matrixError(vectors, [Math.SQRT1_2, 0, 0, -Math.SQRT1_2])).toBeLessThan(1e-15);
});

test.each([3, 4, 5, 8, 17, 64])("the roots of unity from the companion matrix of x^%i - 1", (n) => {
  const a = companion([-1, ...new Array(n - 1).fill(0)]);
  const roots = Array.from({ length: n }, (_, k): [number, number] => {
    const angle = (2 * Math.PI * k) / n;
    return [Math.cos(angle), Math.sin(angle)];
  });
  expect(distance(kernels.eigen(a, n), roots)).toBeLessThan(1e-13);
  expect(residual(a, n)).toBeLessThan(1e-13);
});

test("companion matrices with known real and complex roots", () => {
  // (x - 1)(x - 2)(x - 3)(x - 4)
  const real = kernels.eigen(companion([24, -50, 35, -10]), 4);
  expect(matrixError(real.re, [1, 2, 3, 4])).toBeLessThan(1e-12);
  // (x^2 + 1)(x^2 - 2 x + 5)(x - 3)
  const mixed = kernels.eigen(companion([-15, 11, -20, 12, -5]), 5);
  expect(relativeError(mixed.re, [0, 0, 1, 1, 3])).toBeLessThan(1e-14);
  expect(relativeError(mixed.im, [1, -1, 2, -2, 0])).toBeLessThan(1e-14);
  const fibonacci = kernels.eigen(Float64Array.of(1, 1, 1, 0), 2);
  const golden = (1 + Math.sqrt(5)) / 2;
  expect(matrixError(fibonacci.re, [1 - golden, golden])).toBeLessThan(4e-16);
});

test.each([2, 3, 4, 6])("a defective Jordan block of size %i, hidden by a similarity", (k) => {
  // exact while it is triangular
  expect([...kernels.eigen(jordanBlock(3, k), k).re]).toEqual(new Array(k).fill(3));
  const s = randomMatrix(k, k, k).map((v, at) => Math.round(4 * v) + (at % (k + 1) === 0 ? 5 : 0));
  const a = product(product(s, jordanBlock(3, k), k, k, k), kernels.inverse(s, k), k, k, k);
  const found = kernels.eigen(a, k);
  // a perturbation of the size of rounding error moves a k-fold value by its k-th root
  expect(distance(found, new Array(k).fill([3, 0]))).toBeLessThan(4 * (2 ** -52) ** (1 / k) * 3);
  expect(residual(a, k)).toBeLessThan(1e-13);
  const mean = found.re.reduce((p, q) => p + q, 0) / k;
  expect(Math.abs(mean - 3)).toBeLessThan(1e-13);
});

test("a defective complex pair: two rotations coupled into a Jordan block", () => {
  const a = Float64Array.of(1, -2, 1, 0, 2, 1, 0, 1, 0, 0, 1, -2, 0, 0, 2, 1);
  const pair: [number, number][] = [
    [1, 2],
    [1, -2],
    [1, 2],
    [1, -2],
  ];
  expect(distance(kernels.eigen(a, 4), pair)).toBeLessThan(1e-7);
  expect(residual(a, 4)).toBeLessThan(1e-13);
});

test("triangular matrices, upper, lower or shuffled, give their diagonal exactly", () => {
  const n = 9;
  const upper = randomMatrix(4, n, n).map((v, at) => (Math.floor(at / n) <= at % n ? v : 0));
  const diagonal = [...upper].filter((_, at) => at % (n + 1) === 0).sort((p, q) => p - q);
  const shuffle = [4, 7, 1, 8, 0, 3, 6, 2, 5];
  const shuffled = upper.map((_, at) => upper[shuffle[Math.floor(at / n)] * n + shuffle[at % n]]);
  for (const a of [upper, transpose(upper, n, n), shuffled]) {
    expect([...kernels.eigen(a, n).re]).toEqual(diagonal);
    expect(residual(a, n)).toBeLessThan(1e-13);
  }
});

test("balancing recovers the values of a badly scaled matrix", () => {
  const n = 6;
  const good = randomMatrix(21, n, n);
  const power = (i: number) => 2 ** (10 * i);
  const bad = good.map((v, at) => (v * power(Math.floor(at / n))) / power(at % n));
  const { re, im } = kernels.eigen(good, n);
  const expected = Array.from(re, (v, k): [number, number] => [v, im[k]]);
  expect(distance(kernels.eigen(bad, n), expected)).toBeLessThan(1e-13);
  expect(distance(kernels.eigen(bad, n, { balance: false }), expected)).toBeGreaterThan(1e-10);
});

test.each([1e300, 1e-300])("extreme scales: %d", (scale) => {
  const a = randomMatrix(6, 5, 5);
  const found = kernels.eigen(a, 5);
  const scaled = kernels.eigen(
    a.map((v) => v * scale),
    5,
  );
  expect(
    matrixError(
      scaled.re,
      found.re.map((v) => v * scale),
    ),
  ).toBeLessThan(1e-13);
  expect(matrixError(scaled.vectors, found.vectors)).toBeLessThan(1e-12);
});

test("misuse names the argument", () => {
  expect(() => kernels.eigen(new Float64Array(3), 2)).toThrow("a has length 3, [n, n] needs 4");
  expect(() => kernels.eigen(Float64Array.of(Number.NaN), 1)).toThrow("a[0] is NaN");
  expect(() => kernels.eigen(new Float64Array(0), 513)).toThrow("n is 513");
});
