// Hidden states h ~ A z + b with z integer, for a proposed A: finds b, corrects both from the
// middle of the cloud outwards, and keeps the lattice with the shortest description.

import { codeBits, residualBits } from "./description-length";
import { leastSquaresSolve } from "../linear-algebra/least-squares";

const RANK_TOLERANCE: f64 = 1e-12;
/** Codes of few states determine no basis: a correction of more than this share is not one. */
const CLOSE: f64 = 0.1;
const LARGEST_CODE: f64 = 9007199254740991;

/**
 * The pseudoinverse [dimension][n] of `basis`, n vectors [n][dimension], turned to [n][dimension].
 */
export function decoderOf(basis: Float64Array, n: i32, dimension: i32): Float64Array {
  const columns = new Float64Array(dimension * n);
  const unit = new Float64Array(dimension * dimension);
  for (let i = 0; i < dimension; i++) {
    unchecked(unit[i * dimension + i] = 1);
    for (let k = 0; k < n; k++) unchecked(columns[i * n + k] = basis[k * dimension + i]);
  }
  return leastSquaresSolve(columns, dimension, n, unit, dimension, RANK_TOLERANCE);
}

/** The inner product of `length` numbers from a[i] and b[j] on. */
export function dot(a: Float64Array, i: i32, b: Float64Array, j: i32, length: i32): f64 {
  let sum = 0.0;
  for (let k = 0; k < length; k++) sum += unchecked(a[i + k] * b[j + k]);
  return sum;
}

/** Hidden states h [rows][dimension] and the best lattice proposed for them. */
export class LatticeFit {
  readonly mean: Float64Array;
  /** Rows by their distance from the mean, the nearest first. */
  readonly order: Int32Array;
  /** Bits a state of the best lattice; infinite before there is one. */
  private best: f64 = Infinity;
  private result: Float64Array;
  private last: Float64Array;
  // reused, since nothing is collected during a call
  private left: Float64Array;
  private right: Float64Array;
  private codes: Float64Array;

  constructor(readonly h: Float64Array, readonly rows: i32, readonly dimension: i32, most: i32) {
    const mean = new Float64Array(dimension);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < dimension; j++) unchecked(mean[j] += h[i * dimension + j] / <f64>rows);
    }
    const distance = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < dimension; j++) {
        const d = unchecked(h[i * dimension + j] - mean[j]);
        unchecked(distance[i] += d * d);
      }
    }
    this.mean = mean;
    this.order = sortedOrder(distance);
    this.result = new Float64Array(0);
    this.last = new Float64Array(0);
    this.left = new Float64Array(rows * (most + 1));
    this.right = new Float64Array(rows * dimension);
    this.codes = new Float64Array(rows * most);
  }

  /** Codes of the first `used` rows in order; false where one is too large to be exact. */
  private encode(decoder: Float64Array, offset: Float64Array, n: i32, used: i32): bool {
    const dimension = this.dimension;
    for (let i = 0; i < used; i++) {
      const row = unchecked(this.order[i]);
      for (let k = 0; k < n; k++) {
        const value = dot(decoder, k * dimension, this.h, row * dimension, dimension);
        const code = nearest(value + unchecked(offset[k]));
        if (!(abs(code) <= LARGEST_CODE)) return false;
        unchecked(this.codes[row * n + k] = code + 0.0); // not -0
      }
    }
    return true;
  }

  /** Fits n vectors and an offset, [n + 1][dimension], to the codes of the first `used` rows. */
  private fitCodes(n: i32, used: i32): Float64Array {
    const dimension = this.dimension;
    for (let i = 0; i < used; i++) {
      const row = unchecked(this.order[i]);
      for (let k = 0; k < n; k++) unchecked(this.left[i * (n + 1) + k] = this.codes[row * n + k]);
      unchecked(this.left[i * (n + 1) + n] = 1);
      for (let j = 0; j < dimension; j++) {
        unchecked(this.right[i * dimension + j] = this.h[row * dimension + j]);
      }
    }
    return leastSquaresSolve(this.left, used, n + 1, this.right, dimension, RANK_TOLERANCE);
  }

  /** Judges the lattice of n vectors [n][dimension], whose place is found from the states. */
  propose(basis: Float64Array, n: i32): void {
    if (sameNumbers(basis, this.last)) return;
    this.last = basis;
    const dimension = this.dimension;
    const h = this.h;
    let decoder = decoderOf(basis, n, dimension);
    const offset = new Float64Array(n);
    const anchor = unchecked(this.order[0]) * dimension;
    for (let k = 0; k < n; k++) {
      unchecked(offset[k] = -dot(decoder, k * dimension, h, anchor, dimension));
    }
    // the anchor has noise of its own: the mean fraction of its neighbours corrects it
    const near = (this.rows + 7) >> 3;
    for (let k = 0; k < n; k++) {
      let sum = 0.0;
      for (let i = 0; i < near; i++) {
        const at = unchecked(this.order[i]) * dimension;
        const value = dot(decoder, k * dimension, h, at, dimension) + unchecked(offset[k]);
        sum += value - nearest(value);
      }
      unchecked(offset[k] -= sum / <f64>near);
    }
    let used = near;
    let fit = new Float64Array(0);
    let current = basis;
    for (let pass = 0; pass < 5; pass++) {
      if (!this.encode(decoder, offset, n, used)) return;
      fit = this.fitCodes(n, used);
      if (used == this.rows || isClose(current, fit, n, dimension)) {
        current = fit;
        decoder = decoderOf(fit, n, dimension);
        for (let k = 0; k < n; k++) {
          unchecked(offset[k] = -dot(decoder, k * dimension, fit, n * dimension, dimension));
        }
      }
      used = min(2 * used, this.rows);
    }
    // the last pass changed the basis under the codes
    if (!this.encode(decoder, offset, n, this.rows)) return;
    this.keep(fit, n);
  }

  private keep(fit: Float64Array, n: i32): void {
    const dimension = this.dimension;
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < dimension; j++) {
        let rest = unchecked(this.h[i * dimension + j] - fit[n * dimension + j]);
        for (let k = 0; k < n; k++) {
          unchecked((rest -= fit[k * dimension + j] * this.codes[i * n + k]));
        }
        unchecked(this.right[i * dimension + j] = rest);
      }
    }
    const ofCodes = codeBits(this.codes, this.rows * n);
    const ofResiduals = residualBits(this.right, this.rows * dimension);
    // a state's: by the mean of an entry, a needless coordinate that is always 0 would look cheap
    const total = <f64>n * ofCodes + <f64>dimension * ofResiduals;
    if (!(total < this.best)) return;
    this.best = total;
    const head = 2 + dimension * (n + 1);
    const length = head + this.rows * n;
    if (this.result.length != length) this.result = new Float64Array(length);
    const result = this.result;
    unchecked(result[0] = ofCodes + ofResiduals);
    unchecked(result[1] = n);
    for (let j = 0; j < dimension; j++) {
      for (let k = 0; k < n; k++) unchecked(result[2 + j * n + k] = fit[k * dimension + j]);
      unchecked(result[2 + dimension * n + j] = fit[n * dimension + j]);
    }
    for (let i = 0; i < this.rows * n; i++) unchecked(result[head + i] = this.codes[i]);
  }

  /**
   * Of the best lattice: its bits, its dimension n, A [dimension][n], b [dimension], z [rows][n].
   * Empty when there is none.
   */
  packed(): Float64Array {
    return this.result;
  }
}

function sameNumbers(a: Float64Array, b: Float64Array): bool {
  if (a.length != b.length) return false;
  for (let i = 0; i < a.length; i++) if (unchecked(a[i] != b[i])) return false;
  return true;
}

/** Whether each of n vectors of b is within CLOSE of that of a. */
function isClose(a: Float64Array, b: Float64Array, n: i32, dimension: i32): bool {
  for (let k = 0; k < n; k++) {
    let change = 0.0;
    for (let j = k * dimension; j < (k + 1) * dimension; j++) {
      const d = unchecked(a[j] - b[j]);
      change += d * d;
    }
    const size = dot(a, k * dimension, a, k * dimension, dimension);
    if (!(change <= CLOSE * CLOSE * size)) return false;
  }
  return true;
}

/** The places of the numbers in ascending order, equal ones by place (Shell 1959). */
export function sortedOrder(keys: Float64Array): Int32Array {
  const count = keys.length;
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) unchecked(order[i] = i);
  let gap = 1;
  while (gap < count) gap = 3 * gap + 1;
  for (; gap > 0; gap /= 3) {
    for (let i = gap; i < count; i++) {
      const taken = unchecked(order[i]);
      const key = unchecked(keys[taken]);
      let j = i;
      for (; j >= gap; j -= gap) {
        const other = unchecked(order[j - gap]);
        const otherKey = unchecked(keys[other]);
        if (otherKey < key || (otherKey == key && other < taken)) break;
        unchecked(order[j] = other);
      }
      unchecked(order[j] = taken);
    }
  }
  return order;
}
