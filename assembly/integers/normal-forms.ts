// Hermite and Smith normal forms. Rows enter one at a time and every row stays reduced by the
// pivots below it (Kannan and Bachem 1979; Havas, Majewski and Matthews 1998), which keeps the
// numbers on the way no larger than those of the result: elimination by columns needs 160 bits for
// a random 8 x 8 matrix with entries to 100, this 53, as its result does (medians of 40).

import { clearOverflow, overflowed, raiseRow, subtractRow, swapRows } from "./checked";
import { Orthogonalization, reduceRelations } from "./lll";

/** 96 of 100 random 8 x 8 matrices with entries to 100 succeed in 32 attempts, 53 in the first. */
const ATTEMPTS: i32 = 32;

/** [a | 1], for a [rows][columns]; clears the overflow flag. */
export function besideIdentity(a: Int64Array, rows: i32, columns: i32): Int64Array {
  clearOverflow();
  const width = columns + rows;
  const w = new Int64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) unchecked(w[i * width + j] = a[i * columns + j]);
    unchecked(w[i * width + columns + i] = 1);
  }
  return w;
}

/** `head`, then w. */
export function withHead(head: i64, w: Int64Array): Int64Array {
  const result = new Int64Array(1 + w.length);
  unchecked(result[0] = head);
  result.set(w, 1);
  return result;
}

/** The quotient a / b for b > 0, to the nearest integer or downwards. */
function quotient(a: i64, b: i64, down: bool): i64 {
  const q = a / b;
  const rest = a - q * b;
  if (down) return rest < 0 ? q - 1 : q;
  if (rest > 0) return rest > b - rest ? q + 1 : q;
  return -rest > b + rest ? q - 1 : q;
}

/** Reduces a row by the pivots of rows `from` to `rank` - 1. */
function reduceByPivots(
  w: Int64Array, width: i32, row: i32, pivots: Int32Array, from: i32, rank: i32, down: bool,
): void {
  for (let i = from; i < rank; i++) {
    const column = unchecked(pivots[i]);
    const entry = unchecked(w[row * width + column]);
    if (entry == 0) continue;
    const pivot = unchecked(w[i * width + column]);
    subtractRow(w, width, row, quotient(entry, pivot, down), i);
  }
}

function negateRow(w: Int64Array, width: i32, row: i32): void {
  for (let j = 0; j < width; j++) unchecked(w[row * width + j] = -w[row * width + j]);
}

/**
 * Brings the first `columns` columns of w [rows][width] to Hermite form by operations on whole
 * rows; the other columns hold the transform. Returns the rank, or -1 on overflow.
 */
function echelon(w: Int64Array, rows: i32, columns: i32, width: i32): i32 {
  const pivots = new Int32Array(rows);
  let rank = 0;
  for (let row = 0; row < rows; row++) {
    for (;;) {
      reduceByPivots(w, width, row, pivots, 0, rank, false);
      if (overflowed()) return -1;
      let lead = 0;
      while (lead < columns && unchecked(w[row * width + lead]) == 0) lead++;
      if (lead == columns) {
        if (!reduceRelations(w, width, columns, rank, row + 1 - rank, 0, rank)) return -1;
        break;
      }
      if (unchecked(w[row * width + lead]) < 0) negateRow(w, width, row);
      let place = 0;
      while (place < rank && unchecked(pivots[place]) < lead) place++;
      const euclid = place < rank && unchecked(pivots[place]) == lead;
      if (euclid) {
        swapRows(w, width, row, place);
      } else {
        raiseRow(w, width, row, place);
        for (let i = rank; i > place; i--) unchecked(pivots[i] = pivots[i - 1]);
        unchecked(pivots[place] = lead);
        rank++;
      }
      for (let i = place; i >= 0; i--) reduceByPivots(w, width, i, pivots, i + 1, rank, false);
      if (!euclid) break;
    }
  }
  for (let i = rank - 1; i >= 0; i--) reduceByPivots(w, width, i, pivots, i + 1, rank, true);
  return overflowed() ? -1 : rank;
}

/**
 * The rank of a [rows][columns], then [h | u] [rows][columns + rows] with u a = h in Hermite form.
 * Empty on overflow.
 */
export function hermiteForm(a: Int64Array, rows: i32, columns: i32): Int64Array {
  const w = besideIdentity(a, rows, columns);
  const rank = echelon(w, rows, columns, columns + rows);
  return rank < 0 ? new Int64Array(0) : withHead(rank, w);
}

/** Whether only w[i][i] differ from 0 among the first `columns` columns of w [rows][width]. */
function isDiagonal(w: Int64Array, rows: i32, columns: i32, width: i32): bool {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) if (i != j && unchecked(w[i * width + j]) != 0) return false;
  }
  return true;
}

/** Copies the transpose of the first block [rows][columns] of `from` to that of `to`. */
function transposeBlock(
  from: Int64Array, fromWidth: i32, rows: i32, columns: i32, to: Int64Array, toWidth: i32,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) unchecked(to[j * toWidth + i] = from[i * fromWidth + j]);
  }
}

/**
 * The rank of a [rows][columns], then u [rows][rows], v^T [columns][columns], and the diagonal
 * [min(rows, columns)] of u a v in Smith form. Empty on overflow.
 */
export function smithForm(a: Int64Array, rows: i32, columns: i32): Int64Array {
  let result = new Int64Array(0);
  for (let mixed = 0; mixed < ATTEMPTS && result.length == 0; mixed++) {
    result = smithFormOfMixed(a, rows, columns, mixed);
  }
  return result;
}

/**
 * Hermite forms of rows and columns in turn, after adding 0 to 3 times the next column to each
 * column, as the seed `mixed` says; 0 adds none. Where the first columns share no factor that the
 * others lack, the pivots of the first Hermite form are the divisors, and the transforms stay as
 * small as its own.
 */
function smithFormOfMixed(a: Int64Array, rows: i32, columns: i32, mixed: i32): Int64Array {
  const width = rows + columns;
  const byRows = besideIdentity(a, rows, columns); // [d | u]
  const byColumns = besideIdentity(new Int64Array(columns * rows), columns, rows); // [d^T | v^T]
  transposeBlock(byRows, width, rows, columns, byColumns, width);
  let random: i64 = mixed;
  for (let i = 0; i < columns - 1; i++) {
    random = (random * 48271) % 2147483647;
    subtractRow(byColumns, width, i, -(random % 4), i + 1);
  }
  let rank = 0;
  let turnRows = rows >= columns; // relations between the longer side's vectors keep them small
  transposeBlock(byColumns, width, columns, rows, byRows, width);
  for (;;) {
    if (turnRows) {
      rank = echelon(byRows, rows, columns, width);
      transposeBlock(byRows, width, rows, columns, byColumns, width);
    } else {
      rank = echelon(byColumns, columns, rows, width);
      transposeBlock(byColumns, width, columns, rows, byRows, width);
    }
    if (rank < 0) return new Int64Array(0);
    turnRows = !turnRows;
    if (!isDiagonal(byRows, rows, columns, width)) continue;
    let next = 1;
    while (
      next < rank &&
      unchecked(byRows[next * width + next] % byRows[(next - 1) * width + next - 1]) == 0
    ) next++;
    if (next >= rank) break;
    // two divisors in one column, of which the next Hermite form by rows makes the gcd
    subtractRow(byColumns, width, next - 1, -1, next);
    transposeBlock(byColumns, width, columns, rows, byRows, width);
    turnRows = true;
  }
  const sides = min(rows, columns);
  const result = new Int64Array(1 + rows * rows + columns * columns + sides);
  unchecked(result[0] = rank);
  let at = 1;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) unchecked(result[at++] = byRows[i * width + columns + j]);
  }
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < columns; j++) unchecked(result[at++] = byColumns[i * width + rows + j]);
  }
  for (let i = 0; i < sides; i++) unchecked(result[at++] = byRows[i * width + i]);
  return result;
}

/**
 * Reduces the rows of basis [rows][columns]. Returns the number of zero rows, which come first,
 * then the rows with those of the transform beside them [rows][columns + rows]. Empty on overflow,
 * of length 1 when the reduction did not settle.
 */
export function latticeReduce(basis: Int64Array, rows: i32, columns: i32, delta: f64): Int64Array {
  const w = besideIdentity(basis, rows, columns);
  const lattice = new Orthogonalization(w, columns + rows, 0, rows, 0, columns);
  if (!lattice.reduce(delta)) return new Int64Array(overflowed() ? 0 : 1);
  return withHead(lattice.first, w);
}
