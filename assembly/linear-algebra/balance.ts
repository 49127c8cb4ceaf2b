// Balancing before an eigenproblem: permutations that isolate eigenvalues (Parlett and Reinsch
// 1969, EISPACK's balanc), then a diagonal scaling by powers of two that brings the norms of every
// row and column together (2-norms with the diagonal, as James, Langou and Lowery 2014 advise: it
// leaves alone what scaling would spoil).

import { exchange } from "./vectors";

/** No single step scales by more, so that squares stay finite. */
const MOST: f64 = 1.2676506002282294e30; // 2^100
const MOST_IN_ALL: f64 = 1.6069380442589903e60; // 2^200

/**
 * Replaces a [n][n] by D^-1 P^T a P D. Swap k of P is in places[k], D's diagonal in scales [n].
 * Eigenvalues outside the rows and columns `range[0]` to `range[1]` stand on the diagonal already.
 */
export function balance(
  a: Float64Array, n: i32, places: Int32Array, scales: Float64Array, range: Int32Array,
): void {
  let low = 0;
  let high = n - 1;
  for (let found = true; found && high > 0; ) {
    found = false;
    for (let row = high; row >= 0 && !found; row--) {
      if (!isolated(a, n, row, 0, high, true)) continue;
      moveTo(a, n, row, high, places);
      high--;
      found = true;
    }
  }
  for (let found = true; found && low < high; ) {
    found = false;
    for (let column = low; column <= high && !found; column++) {
      if (!isolated(a, n, column, low, high, false)) continue;
      moveTo(a, n, column, low, places);
      low++;
      found = true;
    }
  }
  range[0] = low;
  range[1] = high;
  for (let changed = true; changed; ) {
    changed = false;
    for (let k = low; k <= high; k++) changed = equalize(a, n, k, low, high, scales) || changed;
  }
}

/** Whether row (or column) k is 0 off the diagonal, between low and high. */
function isolated(a: Float64Array, n: i32, k: i32, low: i32, high: i32, isRow: bool): bool {
  for (let j = low; j <= high; j++) {
    if (j != k && unchecked(a[isRow ? k * n + j : j * n + k]) != 0) return false;
  }
  return true;
}

function moveTo(a: Float64Array, n: i32, k: i32, to: i32, places: Int32Array): void {
  unchecked(places[to] = k);
  if (k == to) return;
  exchange(a, k, to, n, n);
  exchange(a, k * n, to * n, 1, n);
}

/** Scales row and column k; false where that would gain less than 5 %. */
function equalize(
  a: Float64Array, n: i32, k: i32, low: i32, high: i32, scales: Float64Array,
): bool {
  let columnSum = 0.0;
  let rowSum = 0.0;
  for (let j = low; j <= high; j++) {
    const c = unchecked(a[j * n + k]);
    const r = unchecked(a[k * n + j]);
    columnSum += c * c;
    rowSum += r * r;
  }
  let column = Math.sqrt(columnSum);
  let row = Math.sqrt(rowSum);
  if (column == 0 || row == 0) return false;
  const before = column + row;
  let scale = 1.0;
  while (column < row / 2 && scale < MOST) {
    scale *= 2;
    column *= 2;
    row /= 2;
  }
  while (column >= row * 2 && scale > 1 / MOST) {
    scale /= 2;
    column /= 2;
    row *= 2;
  }
  if (column + row >= 0.95 * before) return false;
  const whole = unchecked(scales[k]) * scale;
  if (whole > MOST_IN_ALL || whole < 1 / MOST_IN_ALL) return false;
  unchecked(scales[k] = whole);
  for (let j = 0; j < n; j++) unchecked(a[k * n + j] /= scale);
  for (let i = 0; i < n; i++) unchecked(a[i * n + k] *= scale);
  return true;
}

/**
 * v [n][n] becomes P D v: eigenvectors of the balanced matrix become those of the matrix itself.
 */
export function unbalance(
  v: Float64Array, n: i32, places: Int32Array, scales: Float64Array, range: Int32Array,
): void {
  for (let i = 0; i < n; i++) {
    const scale = unchecked(scales[i]);
    if (scale == 1) continue;
    for (let j = 0; j < n; j++) unchecked(v[i * n + j] *= scale);
  }
  // the swaps undone, the last first: columns went to `low`, after rows had gone to `high`
  for (let i = unchecked(range[0]) - 1; i >= 0; i--) swapRows(v, n, i, unchecked(places[i]));
  for (let i = unchecked(range[1]) + 1; i < n; i++) swapRows(v, n, i, unchecked(places[i]));
}

function swapRows(v: Float64Array, n: i32, p: i32, q: i32): void {
  if (p != q) exchange(v, p * n, q * n, 1, n);
}
