// The general real eigenproblem (Golub and Van Loan, "Matrix Computations", 7.5 and 7.6):
// balancing, Hessenberg form, Francis's QR iteration, then eigenvectors by back substitution as in
// EISPACK's hqr2.

import { balance, unbalance } from "./balance";
import { reduceToHessenberg } from "./hessenberg";
import { scaleTowardsOne } from "./scaling";
import { reduceToSchur } from "./schur";
import { peakOf } from "./vectors";

const EPSILON: f64 = 2.220446049250313e-16;
/** Instead of a smaller difference of eigenvalues, relative to the matrix, as a divisor. */
const LEAST_GAP: f64 = 3.054936363499605e-151; // 2^-500

let quotientRe: f64 = 0;
let quotientIm: f64 = 0;

/** (a + b i) / (c + d i) (Smith 1962). */
function divide(a: f64, b: f64, c: f64, d: f64): void {
  if (abs(c) > abs(d)) {
    const r = d / c;
    const whole = c + r * d;
    quotientRe = (a + r * b) / whole;
    quotientIm = (b - r * a) / whole;
  } else {
    const r = c / d;
    const whole = d + r * c;
    quotientRe = (r * a + b) / whole;
    quotientIm = (r * b - a) / whole;
  }
}

/** What columns `from` to `to` of row i of t give with column `column` of t. */
function combine(t: Float64Array, n: i32, i: i32, from: i32, to: i32, column: i32): f64 {
  let sum = 0.0;
  for (let j = from; j <= to; j++) sum += unchecked(t[i * n + j] * t[j * n + column]);
  return sum;
}

/** Keeps the entries from row i on of a column from overflowing in the rows above. */
function restrain(t: Float64Array, n: i32, i: i32, end: i32, column: i32, size: f64): void {
  if (EPSILON * size * size <= 1) return;
  for (let j = i; j <= end; j++) unchecked(t[j * n + column] /= size);
}

/** Replaces column `end` of t by the eigenvector of the real eigenvalue `end`. */
function realVector(t: Float64Array, n: i32, end: i32, re: Float64Array, im: Float64Array): void {
  const value = unchecked(re[end]);
  const least = max(EPSILON * abs(value), LEAST_GAP);
  let start = end;
  let belowDifference = 0.0;
  let belowSum = 0.0;
  unchecked(t[end * n + end] = 1);
  for (let i = end - 1; i >= 0; i--) {
    const at = i * n + i;
    const difference = unchecked(t[at]) - value;
    const sum = combine(t, n, i, start, end, end);
    if (unchecked(im[i]) < 0) {
      // the lower row of a pair waits for the upper one
      belowDifference = difference;
      belowSum = sum;
      continue;
    }
    start = i;
    const imaginary = unchecked(im[i]);
    if (imaginary == 0) {
      unchecked(t[i * n + end] = -sum / (abs(difference) < least ? least : difference));
    } else {
      const upper = unchecked(t[at + 1]);
      const lower = unchecked(t[at + n]);
      const gap = unchecked(re[i]) - value;
      const x = (upper * belowSum - belowDifference * sum) / (gap * gap + imaginary * imaginary);
      unchecked(t[i * n + end] = x);
      unchecked(
        t[i * n + n + end] =
          abs(upper) > abs(belowDifference)
            ? (-sum - difference * x) / upper
            : (-belowSum - lower * x) / belowDifference,
      );
    }
    restrain(t, n, i, end, end, abs(unchecked(t[i * n + end])));
  }
}

/**
 * Replaces columns `end - 1` and `end` of t by the real and imaginary parts of the eigenvector of
 * the eigenvalue with im > 0 of the pair `end - 1`, `end`.
 */
function complexVector(
  t: Float64Array, n: i32, end: i32, re: Float64Array, im: Float64Array,
): void {
  const p = unchecked(re[end]);
  const q = unchecked(im[end]);
  const real = end - 1;
  const least = max(EPSILON * (abs(p) + abs(q)), LEAST_GAP);
  const lowerLeft = unchecked(t[end * n + real]);
  const upperRight = unchecked(t[real * n + end]);
  if (abs(lowerLeft) > abs(upperRight)) {
    quotientRe = q / lowerLeft;
    quotientIm = -(unchecked(t[end * n + end]) - p) / lowerLeft;
  } else {
    divide(0, -upperRight, unchecked(t[real * n + real]) - p, q);
  }
  unchecked(t[real * n + real] = quotientRe);
  unchecked(t[real * n + end] = quotientIm);
  unchecked(t[end * n + real] = 0);
  unchecked(t[end * n + end] = 1);
  let start = real;
  let belowDifference = 0.0;
  let belowRe = 0.0;
  let belowIm = 0.0;
  for (let i = end - 2; i >= 0; i--) {
    const at = i * n + i;
    const difference = unchecked(t[at]) - p;
    const sumRe = combine(t, n, i, start, end, real);
    const sumIm = combine(t, n, i, start, end, end);
    if (unchecked(im[i]) < 0) {
      belowDifference = difference;
      belowRe = sumRe;
      belowIm = sumIm;
      continue;
    }
    start = i;
    const imaginary = unchecked(im[i]);
    if (imaginary == 0) {
      // q is one part of the divisor; both may be small next to the matrix
      const near = abs(difference) + abs(q) < least;
      divide(-sumRe, -sumIm, near ? least : difference, near ? 0 : q);
      unchecked(t[i * n + real] = quotientRe);
      unchecked(t[i * n + end] = quotientIm);
    } else {
      const upper = unchecked(t[at + 1]);
      const lower = unchecked(t[at + n]);
      const gap = unchecked(re[i]) - p;
      let divisorRe = gap * gap + imaginary * imaginary - q * q;
      const divisorIm = gap * 2 * q;
      if (divisorRe == 0 && divisorIm == 0) {
        const size = abs(difference) + abs(q) + abs(upper) + abs(lower) + abs(belowDifference);
        divisorRe = max(EPSILON * size * least, LEAST_GAP);
      }
      divide(
        upper * belowRe - belowDifference * sumRe + q * sumIm,
        upper * belowIm - belowDifference * sumIm - q * sumRe,
        divisorRe, divisorIm,
      );
      const xRe = quotientRe;
      const xIm = quotientIm;
      unchecked(t[i * n + real] = xRe);
      unchecked(t[i * n + end] = xIm);
      if (abs(upper) > abs(belowDifference) + abs(q)) {
        quotientRe = (-sumRe - difference * xRe + q * xIm) / upper;
        quotientIm = (-sumIm - difference * xIm - q * xRe) / upper;
      } else {
        divide(-belowRe - lower * xRe, -belowIm - lower * xIm, belowDifference, q);
      }
      unchecked(t[i * n + n + real] = quotientRe);
      unchecked(t[i * n + n + end] = quotientIm);
    }
    const size = max(abs(unchecked(t[i * n + real])), abs(unchecked(t[i * n + end])));
    restrain(t, n, i, end, real, size);
    restrain(t, n, i, end, end, size);
  }
}

/**
 * Copies column k of v to column `to` of out, both [n][n], with length 1 and its first entry of
 * largest magnitude positive.
 */
function normalizeReal(v: Float64Array, n: i32, k: i32, out: Float64Array, to: i32): void {
  const peak = peakOf(v, k, n, n);
  let sum = 0.0;
  for (let i = 0; i < n; i++) {
    const x = unchecked(v[i * n + k]) / peak;
    unchecked(out[i * n + to] = x);
    sum += x * x;
  }
  const norm = Math.sqrt(sum);
  for (let i = 0; i < n; i++) unchecked(out[i * n + to] /= norm);
}

/** The same for the complex vector in columns k and k + 1: its largest entry becomes real. */
function normalizeComplex(v: Float64Array, n: i32, k: i32, out: Float64Array, to: i32): void {
  let size = 0.0;
  for (let i = 0; i < n; i++) {
    size = max(size, max(abs(unchecked(v[i * n + k])), abs(unchecked(v[i * n + k + 1]))));
  }
  let largest = 0.0;
  let peak = 0;
  for (let i = 0; i < n; i++) {
    const x = unchecked(v[i * n + k]) / size;
    const y = unchecked(v[i * n + k + 1]) / size;
    if (x * x + y * y > largest) {
      largest = x * x + y * y;
      peak = i;
    }
  }
  const peakRe = unchecked(v[peak * n + k]);
  const peakIm = unchecked(v[peak * n + k + 1]);
  let sum = 0.0;
  for (let i = 0; i < n; i++) {
    divide(unchecked(v[i * n + k]), unchecked(v[i * n + k + 1]), peakRe, peakIm);
    if (i == peak) quotientIm = 0;
    unchecked(out[i * n + to] = quotientRe);
    unchecked(out[i * n + to + 1] = quotientIm);
    sum += quotientRe * quotientRe + quotientIm * quotientIm;
  }
  const norm = Math.sqrt(sum);
  for (let i = 0; i < n; i++) {
    unchecked(out[i * n + to] /= norm);
    unchecked(out[i * n + to + 1] /= norm);
  }
}

/**
 * Real parts [n], imaginary parts [n] and eigenvectors [n][n] of a [n][n], which is overwritten.
 * Ascending by the real part, then by the magnitude of the imaginary part; of a pair k, k + 1 the
 * value with im > 0 comes first, and columns k and k + 1 are the real and the imaginary part of its
 * vector. Empty when the iteration did not converge.
 */
export function eigenDecompose(a: Float64Array, n: i32, balanced: i32): Float64Array {
  const factor = scaleTowardsOne(a);
  const places = new Int32Array(n);
  const scales = new Float64Array(n).fill(1);
  const range = new Int32Array(2);
  if (balanced) balance(a, n, places, scales, range);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) unchecked(v[i * n + i] = 1);
  reduceToHessenberg(a, n, v);
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  if (!reduceToSchur(a, n, v, re, im)) return new Float64Array(0);
  for (let k = n - 1; k >= 0; k--) {
    if (unchecked(im[k]) == 0) realVector(a, n, k, re, im);
    else if (unchecked(im[k]) < 0) complexVector(a, n, k, re, im);
  }
  // the vectors in a are upper triangular: of a pair, the second column alone has the last entry
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const x = unchecked(v[i * n + k]);
      for (let j = k; j < n; j++) unchecked(vectors[i * n + j] += x * a[k * n + j]);
    }
  }
  if (balanced) unbalance(vectors, n, places, scales, range);

  const result = new Float64Array(2 * n + n * n);
  const out = Float64Array.wrap(result.buffer, n << 4, n * n);
  const taken = new Uint8Array(n);
  for (let to = 0; to < n; ) {
    let next = -1;
    for (let k = 0; k < n; k++) {
      if (unchecked(taken[k]) || unchecked(im[k]) < 0) continue;
      if (next >= 0 && unchecked(re[k] > re[next])) continue;
      if (next >= 0 && unchecked(re[k] == re[next]) && unchecked(im[k] >= im[next])) continue;
      next = k;
    }
    const pair = unchecked(im[next]) > 0;
    const width = pair ? 2 : 1;
    for (let k = 0; k < width; k++) {
      unchecked(taken[next + k] = 1);
      unchecked(result[to + k] = re[next + k] / factor);
      unchecked(result[n + to + k] = im[next + k] / factor);
    }
    if (pair) normalizeComplex(vectors, n, next, out, to);
    else normalizeReal(vectors, n, next, out, to);
    to += width;
  }
  return result;
}
