// One-sided Jacobi on the rows of R from a pivoted QR, which orders them almost as the singular
// values and so saves sweeps (Drmac and Veselic 2008, "New fast and accurate Jacobi SVD
// algorithm"). Small singular values come out as accurate as the data determine them.

import { applyQ, reflect } from "./qr";
import { scaleTowardsOne } from "./scaling";
import { jacobiTangent, peakOf, rotate } from "./vectors";

const MAX_SWEEPS: i32 = 60;
/** Squared norms below this, of a matrix scaled towards 1, would lose bits; the row counts as 0. */
const TINY: f64 = 1.1830521861667747e-271; // 2^-900

/**
 * Rotates the rows of r [n][n] among each other until they are orthogonal, and the rows of j [n][n]
 * with them. False when the sweeps did not converge.
 */
function orthogonalizeRows(r: Float64Array, j: Float64Array, n: i32): bool {
  const tolerance = 2.220446049250313e-16 * (1 + Math.sqrt(<f64>n));
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        let pp = 0.0;
        let qq = 0.0;
        let pq = 0.0;
        for (let i = 0; i < n; i++) {
          const x = unchecked(r[p * n + i]);
          const y = unchecked(r[q * n + i]);
          pp += x * x;
          qq += y * y;
          pq += x * y;
        }
        if (pp < TINY || qq < TINY) continue;
        if (abs(pq) <= tolerance * Math.sqrt(pp) * Math.sqrt(qq)) continue;
        rotated = true;
        const tau = (qq - pp) / (2 * pq);
        const t = jacobiTangent(tau);
        const c = 1 / Math.sqrt(1 + t * t);
        rotate(r, p * n, q * n, 1, n, c, t * c);
        rotate(j, p * n, q * n, 1, n, c, t * c);
      }
    }
    if (!rotated) return true;
  }
  return false;
}

/**
 * Makes row `row` of w [n][n] a unit vector orthogonal to the rows before it, which are
 * orthonormal.
 */
function completeRow(w: Float64Array, row: i32, n: i32): void {
  // the unit vector that the rows before explain least
  let least = Infinity;
  let axis = 0;
  for (let i = 0; i < n; i++) {
    let explained = 0.0;
    for (let k = 0; k < row; k++) explained += unchecked(w[k * n + i] * w[k * n + i]);
    if (explained < least) {
      least = explained;
      axis = i;
    }
  }
  for (let i = 0; i < n; i++) unchecked(w[row * n + i] = i == axis ? 1 : 0);
  // twice is enough (Parlett, "The symmetric eigenvalue problem", 6.9)
  for (let pass = 0; pass < 2; pass++) {
    for (let k = 0; k < row; k++) {
      let dot = 0.0;
      for (let i = 0; i < n; i++) dot += unchecked(w[k * n + i] * w[row * n + i]);
      for (let i = 0; i < n; i++) unchecked(w[row * n + i] -= dot * w[k * n + i]);
    }
    let sum = 0.0;
    for (let i = 0; i < n; i++) sum += unchecked(w[row * n + i] * w[row * n + i]);
    const norm = Math.sqrt(sum);
    for (let i = 0; i < n; i++) unchecked(w[row * n + i] /= norm);
  }
}

/**
 * Singular values [k], k = min(rows, columns), in descending order, then u [rows][k], then
 * v [columns][k], of a [rows][columns], which may be overwritten. The entry of largest magnitude of
 * every column of u is positive. Empty when the sweeps did not converge.
 */
export function svdDecompose(a: Float64Array, rows: i32, columns: i32): Float64Array {
  const wide = rows < columns;
  const m = max(rows, columns);
  const n = min(rows, columns);
  let tall = a;
  if (wide) {
    tall = new Float64Array(m * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) unchecked(tall[j * n + i] = a[i * m + j]);
    }
  }
  const factor = scaleTowardsOne(tall);
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) unchecked(order[i] = i);
  const diagonal = new Float64Array(n);
  const beta = new Float64Array(n);
  reflect(tall, m, n, diagonal, beta, order);
  const r = new Float64Array(n * n);
  const rotations = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    unchecked(rotations[i * n + i] = 1);
    unchecked(r[i * n + i] = diagonal[i]);
    for (let j = i + 1; j < n; j++) unchecked(r[i * n + j] = tall[i * n + j]);
  }
  if (!orthogonalizeRows(r, rotations, n)) return new Float64Array(0);

  // rotations R = S W^T, so a with its columns in order is (Q rotations^T) S W^T
  const norms = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0.0;
    for (let j = 0; j < n; j++) unchecked((sum += r[i * n + j] * r[i * n + j]));
    unchecked(norms[i] = sum < TINY ? 0 : Math.sqrt(sum));
  }
  const result = new Float64Array(n + (m + n) * n);
  const left = new Float64Array(m * n);
  const w = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    let next = 0;
    for (let i = 1; i < n; i++) if (unchecked(norms[i] > norms[next])) next = i;
    const norm = unchecked(norms[next]);
    unchecked(norms[next] = -1); // taken
    unchecked(result[k] = norm / factor);
    if (norm > 0) {
      for (let i = 0; i < n; i++) unchecked(w[k * n + i] = r[next * n + i] / norm);
    } else {
      completeRow(w, k, n);
    }
    for (let i = 0; i < n; i++) unchecked(left[i * n + k] = rotations[next * n + i]);
  }
  applyQ(tall, m, n, beta, left, n);
  const atLeft = wide ? n + n * n : n;
  const atRight = wide ? n : n + m * n;
  result.set(left, atLeft);
  for (let i = 0; i < n; i++) {
    const row = atRight + unchecked(order[i]) * n;
    for (let k = 0; k < n; k++) unchecked(result[row + k] = w[k * n + i]);
  }
  for (let k = 0; k < n; k++) {
    if (peakOf(result, n + k, n, rows) >= 0) continue;
    for (let i = 0; i < m + n; i++) unchecked(result[n + i * n + k] = 0 - result[n + i * n + k]);
  }
  return result;
}

/**
 * The rank of a [rows][columns], which counts singular values above `tolerance` times the largest,
 * then an orthonormal basis [columns][columns - rank] of the vectors that a takes to 0; the entry
 * of largest magnitude of every one is positive. Empty when the sweeps did not converge.
 */
export function nullSpaceBasis(
  a: Float64Array, rows: i32, columns: i32, tolerance: f64,
): Float64Array {
  // rows of zeros make v square
  let padded = a;
  if (rows < columns) {
    padded = new Float64Array(columns * columns);
    padded.set(a);
  }
  const svd = svdDecompose(padded, max(rows, columns), columns);
  if (svd.length == 0) return svd;
  let rank = 0;
  while (rank < columns && unchecked(svd[rank]) > tolerance * unchecked(svd[0])) rank++;
  const width = columns - rank;
  const result = new Float64Array(1 + columns * width);
  result[0] = rank;
  const v = columns + max(rows, columns) * columns;
  for (let k = 0; k < width; k++) {
    const peak = peakOf(svd, v + rank + k, columns, columns);
    for (let i = 0; i < columns; i++) {
      const x = unchecked(svd[v + i * columns + rank + k]);
      unchecked(result[1 + i * width + k] = peak < 0 ? 0 - x : x);
    }
  }
  return result;
}
