// Householder reduction to Hessenberg form (Golub and Van Loan, "Matrix Computations", 7.4.2).

import { towardsOne } from "./scaling";

/** Replaces a [n][n] by Q^T a Q, which is 0 below the first subdiagonal, and v [n][n] by v Q. */
export function reduceToHessenberg(a: Float64Array, n: i32, v: Float64Array): void {
  const u = new Float64Array(n);
  const w = new Float64Array(n);
  for (let k = 1; k < n - 1; k++) {
    const column = k - 1;
    let below = 0.0;
    for (let i = k + 1; i < n; i++) below = max(below, abs(unchecked(a[i * n + column])));
    if (below == 0) continue;
    const factor = towardsOne(max(below, abs(unchecked(a[k * n + column]))));
    let sum = 0.0;
    for (let i = k; i < n; i++) {
      const x = unchecked(a[i * n + column]) * factor;
      unchecked(u[i] = x);
      sum += x * x;
    }
    const norm = Math.sqrt(sum);
    const head = unchecked(u[k]);
    const signed = head > 0 ? -norm : norm;
    unchecked(u[k] = head - signed);
    const beta = 1 / (norm * (norm + abs(head)));
    unchecked(a[k * n + column] = signed / factor);
    for (let i = k + 1; i < n; i++) unchecked(a[i * n + column] = 0);

    for (let j = k; j < n; j++) unchecked(w[j] = 0);
    for (let i = k; i < n; i++) {
      const x = unchecked(u[i]);
      for (let j = k; j < n; j++) unchecked(w[j] += x * a[i * n + j]);
    }
    for (let i = k; i < n; i++) {
      const x = unchecked(u[i]) * beta;
      for (let j = k; j < n; j++) unchecked(a[i * n + j] -= x * w[j]);
    }
    reflectRows(a, n, k, u, beta);
    reflectRows(v, n, k, u, beta);
  }
}

/** m [n][n] becomes m (I - beta u u^T), where u is 0 before place k. */
function reflectRows(m: Float64Array, n: i32, k: i32, u: Float64Array, beta: f64): void {
  for (let i = 0; i < n; i++) {
    let dot = 0.0;
    for (let j = k; j < n; j++) dot += unchecked(m[i * n + j] * u[j]);
    dot *= beta;
    for (let j = k; j < n; j++) unchecked(m[i * n + j] -= dot * u[j]);
  }
}
