// The cyclic Jacobi method (Golub and Van Loan, "Matrix Computations", 8.5.3): slower than
// tridiagonal QR for large matrices, but accurate to the last digits of small eigenvalues.

import { jacobiTangent, peakOf, rotate } from "./vectors";

const MAX_SWEEPS: i32 = 60;

/**
 * Eigenvalues in ascending order, then the eigenvectors as the columns of a row-major [n][n]
 * matrix, of the symmetric matrix a [n][n], which is overwritten. The entry of largest magnitude
 * of every eigenvector is positive. Empty when the sweeps did not converge (NaN or infinity in a).
 */
export function symmetricEigenSolve(a: Float64Array, n: i32): Float64Array {
  const v = new Float64Array(n * n);
  let total = 0.0;
  for (let i = 0; i < n; i++) {
    unchecked(v[i * n + i] = 1);
    for (let j = 0; j < n; j++) total += unchecked(a[i * n + j] * a[i * n + j]);
  }
  let converged = false;
  for (let sweep = 0; sweep < MAX_SWEEPS && !converged; sweep++) {
    let off = 0.0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) off += unchecked(a[p * n + q] * a[p * n + q]);
    }
    converged = off <= 1e-32 * total;
    if (converged) break;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = unchecked(a[p * n + q]);
        if (apq == 0) continue;
        const tau = (unchecked(a[q * n + q]) - unchecked(a[p * n + p])) / (2 * apq);
        const t = jacobiTangent(tau);
        const c = 1 / Math.sqrt(1 + t * t);
        const s = t * c;
        rotate(a, p, q, n, n, c, s);
        rotate(a, p * n, q * n, 1, n, c, s);
        // exact zeros, or rounding would keep the sweeps from ever ending
        unchecked(a[p * n + q] = 0);
        unchecked(a[q * n + p] = 0);
        rotate(v, p, q, n, n, c, s);
      }
    }
  }
  if (!converged) return new Float64Array(0);
  const result = new Float64Array(n + n * n);
  const taken = new Uint8Array(n);
  for (let k = 0; k < n; k++) {
    let next = -1;
    for (let i = 0; i < n; i++) {
      if (!taken[i] && (next < 0 || a[i * n + i] < a[next * n + next])) next = i;
    }
    taken[next] = 1;
    result[k] = a[next * n + next];
    const sign: f64 = peakOf(v, next, n, n) < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) result[n + i * n + k] = sign * v[i * n + next];
  }
  return result;
}
