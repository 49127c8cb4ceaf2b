// Lattice reduction with an exact basis and floating-point Gram-Schmidt on exact inner products
// (Nguyen and Stehle 2009, "An LLL algorithm with quadratic complexity"). Dependent vectors shrink
// to 0 on the way, as in Pohst's modified LLL.

import {
  innerProduct, nearestInteger, overflowed, raiseRow, subtractRow, swapRows,
} from "./checked";

const ETA: f64 = 0.51;
const RELATION_DELTA: f64 = 0.75;
/** Row visits before the reduction gives up: f64 may be too coarse for it to end. */
const MOST_VISITS: i32 = 10_000_000;

/** The Gram-Schmidt coefficients of the `count` rows of w [][width] that start at row `base`. */
export class Orthogonalization {
  readonly mu: Float64Array;
  readonly r: Float64Array;
  /** Rows before this one are 0. */
  first: i32 = 0;

  constructor(
    readonly w: Int64Array,
    readonly width: i32,
    readonly base: i32,
    readonly count: i32,
    /** The vectors are the columns from `from` on; operations act on whole rows. */
    readonly from: i32,
    readonly columns: i32,
  ) {
    this.mu = new Float64Array((count + 1) * count);
    this.r = new Float64Array((count + 1) * count);
  }

  /**
   * Size-reduces a row of w against vectors `first` to k - 1, which must be in place; its
   * coefficients become those of vector k. Returns its distance squared from their span.
   */
  sizeReduce(k: i32, row: i32): f64 {
    const w = this.w;
    const n = this.count;
    const at = row * this.width + this.from;
    for (;;) {
      for (let j = this.first; j < k; j++) {
        const other = (this.base + j) * this.width + this.from;
        let sum = innerProduct(w, at, other, this.columns);
        for (let i = this.first; i < j; i++) {
          sum -= unchecked(this.mu[j * n + i] * this.r[k * n + i]);
        }
        unchecked(this.r[k * n + j] = sum);
        unchecked(this.mu[k * n + j] = sum / this.r[j * n + j]);
      }
      let changed = false;
      for (let j = k - 1; j >= this.first; j--) {
        const coefficient = unchecked(this.mu[k * n + j]);
        if (abs(coefficient) <= ETA) continue;
        changed = true;
        const multiple = nearestInteger(coefficient);
        subtractRow(w, this.width, row, multiple, this.base + j);
        for (let i = this.first; i < j; i++) {
          unchecked(this.mu[k * n + i] -= <f64>multiple * this.mu[j * n + i]);
        }
      }
      if (overflowed()) return 0;
      if (!changed) break;
    }
    let rest = innerProduct(w, at, at, this.columns);
    for (let i = this.first; i < k; i++) rest -= unchecked(this.mu[k * n + i] * this.r[k * n + i]);
    return rest;
  }

  private isZero(row: i32): bool {
    const at = row * this.width + this.from;
    for (let j = 0; j < this.columns; j++) if (unchecked(this.w[at + j]) != 0) return false;
    return true;
  }

  /** Reduces the vectors, zeros first. False when it did not settle or an entry overflowed. */
  reduce(delta: f64): bool {
    const n = this.count;
    let visits = 0;
    let k = 0;
    while (k < n) {
      if (visits++ == MOST_VISITS) return false;
      const row = this.base + k;
      const rest = this.sizeReduce(k, row);
      if (overflowed()) return false;
      if (this.isZero(row)) {
        raiseRow(this.w, this.width, row, this.base + this.first);
        this.first++;
        const reduced = reduceRelations(
          this.w, this.width, this.columns, this.base, this.first,
          this.base + this.first, k + 1 - this.first,
        );
        if (!reduced) return false;
        k = this.first; // the rows in between have moved
        continue;
      }
      unchecked(this.r[k * n + k] = rest);
      if (k > this.first) {
        const mu = unchecked(this.mu[k * n + k - 1]);
        const before = unchecked(this.r[(k - 1) * n + k - 1]);
        if (rest + mu * mu * before < delta * before) {
          swapRows(this.w, this.width, row, row - 1);
          k--;
          continue;
        }
      }
      k++;
    }
    return true;
  }
}

/**
 * The `count` rows of w from `start` on are 0 but for the transform, which begins at `column`:
 * relations. Reduces them as a lattice, and by them the transforms of the `others` rows from `next`
 * on: both would grow without bound otherwise. Relations are independent, so none of them becomes
 * 0.
 */
export function reduceRelations(
  w: Int64Array, width: i32, column: i32, start: i32, count: i32, next: i32, others: i32,
): bool {
  const relations = new Orthogonalization(w, width, start, count, column, width - column);
  if (!relations.reduce(RELATION_DELTA)) return false;
  for (let i = 0; i < others; i++) relations.sizeReduce(count, next + i);
  return !overflowed();
}
