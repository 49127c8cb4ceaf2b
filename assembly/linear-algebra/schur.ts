// Francis's implicit double-shift QR iteration (Golub and Van Loan, "Matrix Computations", 7.5; the
// steps are those of EISPACK's hqr2, the exceptional shifts those of LAPACK's dlahqr).

import { rotate } from "./vectors";

const EPSILON: f64 = 2.220446049250313e-16;
/** Steps that one eigenvalue or pair may take; it rarely takes more than 5. */
const MAX_STEPS: i32 = 60;
const EXCEPTIONAL_EVERY: i32 = 10;
/** Of entries near 1, what is smaller is 0: dividing by it would overflow. */
const NEGLIGIBLE: f64 = 1e-290;

/**
 * Makes the Hessenberg matrix h [n][n], of entries near 1, quasi-triangular by orthogonal
 * similarities, which v [n][n] accumulates: 2 by 2 blocks on the diagonal stand for pairs of
 * complex eigenvalues. The eigenvalues are in re and im [n], of a pair that with im > 0 first.
 * False when the steps did not converge.
 */
export function reduceToSchur(
  h: Float64Array, n: i32, v: Float64Array, re: Float64Array, im: Float64Array,
): bool {
  let norm = 0.0;
  for (let i = 0; i < n * n; i++) norm += abs(unchecked(h[i]));
  let end = n - 1;
  let steps = 0;
  while (end >= 0) {
    const start = splitBefore(h, n, end, norm);
    if (start == end) {
      unchecked(re[end] = h[end * n + end]);
      unchecked(im[end] = 0);
      end--;
      steps = 0;
    } else if (start == end - 1) {
      solvePair(h, n, end, v, re, im);
      end -= 2;
      steps = 0;
    } else {
      if (steps == MAX_STEPS) return false;
      steps++;
      francisStep(h, n, start, end, v, steps % EXCEPTIONAL_EVERY == 0);
    }
  }
  return true;
}

/**
 * The first row of the block that ends at row `end`: a negligible subdiagonal entry is before it.
 */
function splitBefore(h: Float64Array, n: i32, end: i32, norm: f64): i32 {
  for (let k = end; k > 0; k--) {
    const at = k * n + k;
    let size = abs(unchecked(h[at - n - 1])) + abs(unchecked(h[at]));
    if (size == 0) size = norm;
    if (abs(unchecked(h[at - 1])) <= max(EPSILON * size, NEGLIGIBLE)) {
      unchecked(h[at - 1] = 0);
      return k;
    }
  }
  return 0;
}

/** The two eigenvalues of the block that ends at row `end`; a real pair is made triangular. */
function solvePair(
  h: Float64Array, n: i32, end: i32, v: Float64Array, re: Float64Array, im: Float64Array,
): void {
  const k = end - 1;
  const lower = unchecked(h[end * n + k]);
  const product = lower * unchecked(h[k * n + end]);
  const last = unchecked(h[end * n + end]);
  const half = 0.5 * (unchecked(h[k * n + k]) - last);
  const discriminant = half * half + product;
  const root = Math.sqrt(abs(discriminant));
  if (discriminant < 0) {
    unchecked(re[k] = last + half);
    unchecked(re[end] = last + half);
    unchecked(im[k] = root);
    unchecked(im[end] = -root);
    return;
  }
  const z = half >= 0 ? half + root : half - root;
  unchecked(re[k] = last + z);
  unchecked(re[end] = z != 0 ? last - product / z : last + z);
  unchecked(im[k] = 0);
  unchecked(im[end] = 0);
  const size = abs(lower) + abs(z);
  let p = lower / size;
  let q = z / size;
  const r = Math.sqrt(p * p + q * q);
  p /= r;
  q /= r;
  rotate(h, k * n + k, end * n + k, 1, n - k, q, -p);
  rotate(h, k, end, n, end + 1, q, -p);
  rotate(v, k, end, n, n, q, -p);
  unchecked(h[end * n + k] = 0);
  unchecked(h[k * n + k] = re[k]);
  unchecked(h[end * n + end] = re[end]);
}

/** One double-shift step on the block of rows `start` to `end`, at least 3 of them. */
function francisStep(
  h: Float64Array, n: i32, start: i32, end: i32, v: Float64Array, exceptional: bool,
): void {
  const last = end * n + end;
  let x = unchecked(h[last]);
  let y = unchecked(h[last - n - 1]);
  let w = unchecked(h[last - 1] * h[last - n]);
  if (exceptional) {
    // breaks the cycles that the standard shifts can fall into, as for permutations
    const s = abs(unchecked(h[last - 1])) + abs(unchecked(h[last - n - 2]));
    x += 0.75 * s;
    y = x;
    w = -0.4375 * s * s;
  }
  // the step may begin where two consecutive subdiagonal entries are small
  let p = 0.0;
  let q = 0.0;
  let r = 0.0;
  let first = end - 2;
  for (; ; first--) {
    const at = first * n + first;
    const z = unchecked(h[at]);
    const dx = x - z;
    const dy = y - z;
    p = (dx * dy - w) / unchecked(h[at + n]) + unchecked(h[at + 1]);
    q = unchecked(h[at + n + 1]) - z - dx - dy;
    r = unchecked(h[at + 2 * n + 1]);
    const size = abs(p) + abs(q) + abs(r);
    p /= size;
    q /= size;
    r /= size;
    if (first == start) break;
    const around = abs(unchecked(h[at - n - 1])) + abs(z) + abs(unchecked(h[at + n + 1]));
    if (abs(unchecked(h[at - 1])) * (abs(q) + abs(r)) <= EPSILON * abs(p) * around) break;
  }
  for (let k = first; k < end; k++) {
    const three = k < end - 1;
    const at = k * n + k;
    let size = 1.0;
    if (k > first) {
      p = unchecked(h[at - 1]);
      q = unchecked(h[at + n - 1]);
      r = three ? unchecked(h[at + 2 * n - 1]) : 0;
      size = abs(p) + abs(q) + abs(r);
      if (size == 0) continue;
      p /= size;
      q /= size;
      r /= size;
    }
    let s = Math.sqrt(p * p + q * q + r * r);
    if (p < 0) s = -s;
    if (k > first) {
      unchecked(h[at - 1] = -s * size);
      unchecked(h[at + n - 1] = 0);
      if (three) unchecked(h[at + 2 * n - 1] = 0);
    } else if (k > start) {
      unchecked(h[at - 1] = -h[at - 1]);
    }
    p += s;
    const fx = p / s;
    const fy = q / s;
    const fz = r / s;
    q /= p;
    r /= p;
    for (let j = k; j < n; j++) {
      const to = k * n + j;
      let sum = unchecked(h[to]) + q * unchecked(h[to + n]);
      if (three) {
        sum += r * unchecked(h[to + 2 * n]);
        unchecked(h[to + 2 * n] -= sum * fz);
      }
      unchecked(h[to] -= sum * fx);
      unchecked(h[to + n] -= sum * fy);
    }
    const bottom = min(end, k + 3);
    for (let i = 0; i <= bottom; i++) reflectTriple(h, i * n + k, three, fx, fy, fz, q, r);
    for (let i = 0; i < n; i++) reflectTriple(v, i * n + k, three, fx, fy, fz, q, r);
  }
}

// @ts-ignore: decorator
@inline
function reflectTriple(
  a: Float64Array, at: i32, three: bool, fx: f64, fy: f64, fz: f64, q: f64, r: f64,
): void {
  let sum = fx * unchecked(a[at]) + fy * unchecked(a[at + 1]);
  if (three) {
    sum += fz * unchecked(a[at + 2]);
    unchecked(a[at + 2] -= sum * r);
  }
  unchecked(a[at] -= sum);
  unchecked(a[at + 1] -= sum * q);
}
