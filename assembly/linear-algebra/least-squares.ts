// Householder QR with column pivoting (Golub and Van Loan, "Matrix Computations", 5.4.2).

import { exchange } from "./vectors";

/**
 * Solves min |A x - b| for each column of b. a is [rows][columns] and b [rows][sides], both
 * row-major and overwritten. Columns whose remaining norm falls below `tolerance` times the largest
 * column norm count as dependent and get 0. Returns x [columns][sides].
 */
export function leastSquaresSolve(
  a: Float64Array, rows: i32, columns: i32, b: Float64Array, sides: i32, tolerance: f64,
): Float64Array {
  const result = new Float64Array(columns * sides);
  const order = new Int32Array(columns);
  const diagonal = new Float64Array(columns);
  for (let j = 0; j < columns; j++) order[j] = j;
  let largest = 0.0;
  let rank = 0;
  const steps = min(rows, columns);
  for (let k = 0; k < steps; k++) {
    let best = -1.0;
    let pivot = k;
    for (let j = k; j < columns; j++) {
      let norm = 0.0;
      for (let i = k; i < rows; i++) {
        const v = unchecked(a[i * columns + j]);
        norm += v * v;
      }
      if (norm > best) {
        best = norm;
        pivot = j;
      }
    }
    let norm = Math.sqrt(best);
    if (k == 0) largest = norm;
    if (!(norm > tolerance * largest)) break;
    if (pivot != k) {
      exchange(a, k, pivot, columns, rows);
      exchange(order, k, pivot, 1, 1);
    }
    const head = unchecked(a[k * columns + k]);
    if (head > 0) norm = -norm;
    // v = column - norm e_k, kept in place; R's diagonal apart
    unchecked(a[k * columns + k] = head - norm);
    diagonal[k] = norm;
    const scale = 1 / (norm * (norm - head));
    for (let j = k + 1; j < columns; j++) {
      let dot = 0.0;
      for (let i = k; i < rows; i++) dot += unchecked(a[i * columns + k] * a[i * columns + j]);
      dot *= scale;
      for (let i = k; i < rows; i++) {
        unchecked(a[i * columns + j] = a[i * columns + j] - dot * a[i * columns + k]);
      }
    }
    for (let j = 0; j < sides; j++) {
      let dot = 0.0;
      for (let i = k; i < rows; i++) dot += unchecked(a[i * columns + k] * b[i * sides + j]);
      dot *= scale;
      for (let i = k; i < rows; i++) {
        unchecked(b[i * sides + j] = b[i * sides + j] - dot * a[i * columns + k]);
      }
    }
    rank++;
  }
  for (let j = 0; j < sides; j++) {
    for (let k = rank - 1; k >= 0; k--) {
      let sum = unchecked(b[k * sides + j]);
      for (let i = k + 1; i < rank; i++) {
        sum -= unchecked(a[k * columns + i] * result[order[i] * sides + j]);
      }
      unchecked(result[order[k] * sides + j] = sum / diagonal[k]);
    }
  }
  return result;
}
