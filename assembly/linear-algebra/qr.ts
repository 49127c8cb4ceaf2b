// Householder QR (Golub and Van Loan, "Matrix Computations", 5.2.2), with column pivoting on demand
// (5.4.2). Every reflector is scaled by a power of two, so that no square overflows.

import { towardsOne } from "./scaling";
import { exchange } from "./vectors";

/**
 * Factors a [rows][columns] in place. Reflector k is I - beta[k] v v^T, its v in column k from row
 * k on; R is above the diagonal, and its diagonal in `diagonal`. With an `order`, columns are
 * swapped so that the one of largest remaining norm comes next; column k was column order[k].
 */
export function reflect(
  a: Float64Array, rows: i32, columns: i32, diagonal: Float64Array, beta: Float64Array,
  order: Int32Array | null,
): void {
  const steps = min(rows, columns);
  const w = new Float64Array(columns);
  for (let k = 0; k < steps; k++) {
    if (order) pivotColumn(a, rows, columns, k, w, order);
    let largest = 0.0;
    for (let i = k; i < rows; i++) largest = max(largest, abs(unchecked(a[i * columns + k])));
    if (largest == 0) continue; // beta and the diagonal are 0
    const factor = towardsOne(largest);
    let sum = 0.0;
    for (let i = k; i < rows; i++) {
      const v = unchecked(a[i * columns + k]) * factor;
      unchecked(a[i * columns + k] = v);
      sum += v * v;
    }
    const norm = Math.sqrt(sum);
    const head = unchecked(a[k * columns + k]);
    const signed = head > 0 ? -norm : norm;
    unchecked(a[k * columns + k] = head - signed);
    unchecked(diagonal[k] = signed / factor);
    unchecked(beta[k] = 1 / (norm * (norm + abs(head))));
    applyReflector(a, columns, k, unchecked(beta[k]), a, rows, columns, k + 1, w);
  }
}

/** Swaps the column of largest norm from row k on into place k. `norms` is scratch. */
function pivotColumn(
  a: Float64Array, rows: i32, columns: i32, k: i32, norms: Float64Array, order: Int32Array,
): void {
  norms.fill(0);
  for (let i = k; i < rows; i++) {
    for (let j = k; j < columns; j++) {
      const v = unchecked(a[i * columns + j]);
      unchecked(norms[j] += v * v);
    }
  }
  let pivot = k;
  for (let j = k + 1; j < columns; j++) {
    if (unchecked(norms[j] > norms[pivot])) pivot = j;
  }
  if (pivot == k) return;
  exchange(a, k, pivot, columns, rows);
  exchange(order, k, pivot, 1, 1);
}

/**
 * Applies reflector k, in a with rows of `stride`, to the columns of target [rows][width] from
 * `first` on; `w` is scratch [width]. By rows, since a row is contiguous.
 */
function applyReflector(
  a: Float64Array, stride: i32, k: i32, beta: f64,
  target: Float64Array, rows: i32, width: i32, first: i32, w: Float64Array,
): void {
  if (beta == 0) return;
  for (let j = first; j < width; j++) unchecked(w[j] = 0);
  for (let i = k; i < rows; i++) {
    const v = unchecked(a[i * stride + k]);
    for (let j = first; j < width; j++) unchecked(w[j] += v * target[i * width + j]);
  }
  for (let i = k; i < rows; i++) {
    const v = unchecked(a[i * stride + k]) * beta;
    for (let j = first; j < width; j++) unchecked(target[i * width + j] -= v * w[j]);
  }
}

/** target [rows][width] becomes Q target, with the reflectors that `reflect` left in a. */
export function applyQ(
  a: Float64Array, rows: i32, columns: i32, beta: Float64Array, target: Float64Array, width: i32,
): void {
  const w = new Float64Array(width);
  for (let k = min(rows, columns) - 1; k >= 0; k--) {
    applyReflector(a, columns, k, unchecked(beta[k]), target, rows, width, 0, w);
  }
}

/**
 * q [rows][k] and then r [k][columns], k = min(rows, columns), of a [rows][columns], which is
 * overwritten. The diagonal of r is not negative.
 */
export function qrDecompose(a: Float64Array, rows: i32, columns: i32): Float64Array {
  const k = min(rows, columns);
  const diagonal = new Float64Array(k);
  const beta = new Float64Array(k);
  reflect(a, rows, columns, diagonal, beta, null);
  const q = new Float64Array(rows * k);
  for (let i = 0; i < k; i++) unchecked(q[i * k + i] = diagonal[i] < 0 ? -1 : 1);
  applyQ(a, rows, columns, beta, q, k);
  const result = new Float64Array(rows * k + k * columns);
  result.set(q);
  for (let i = 0; i < k; i++) {
    const row = rows * k + i * columns;
    const d = unchecked(diagonal[i]);
    unchecked(result[row + i] = abs(d));
    for (let j = i + 1; j < columns; j++) {
      const v = unchecked(a[i * columns + j]);
      unchecked(result[row + j] = d < 0 ? 0 - v : v);
    }
  }
  return result;
}
