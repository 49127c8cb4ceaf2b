// The integer autoencoder's finders (Michaud et al. 2024, section 4.2 and appendix): lattices that
// hidden states may lie near, each setting of a sweep judged by its description length.

import { decoderOf, dot, LatticeFit, sortedOrder } from "./lattice-fit";
import { leastSquaresSolve } from "../linear-algebra/least-squares";
import { symmetricEigenSolve } from "../linear-algebra/symmetric-eigen";

const POWERS: i32 = 10;
const SWEEP: i32 = 10;
const SWEEP_START: f64 = 1e-3;
const SWEEP_FACTOR: f64 = 2.154434690031884; // 10^(1/3)
const MOST_GCD_DIMENSIONS: i32 = 3;
/**
 * States closer to dependent than this, relative to the widest column, are noise to the dynamics.
 */
const RANK_TOLERANCE: f64 = 1e-5;
/** A vector this close (relative to its length) to the span of those before adds no dimension, */
const INDEPENDENT: f64 = 0.02;
/** nor one this close relative to the longest. */
const NEGLIGIBLE: f64 = 0.003;
/** Euclid's algorithm halves the cell at each step; further ones would divide noise. */
const MOST_STEPS: i32 = 40;

/** Subtracts from vector `to` a multiple of vector `from`. */
function subtractVector(
  a: Float64Array, to: i32, multiple: f64, b: Float64Array, from: i32, dimension: i32,
): void {
  for (let j = 0; j < dimension; j++) unchecked(a[to + j] -= multiple * b[from + j]);
}

/** Subtracts from each of n vectors multiples of the others while that makes it shorter. */
function sizeReduce(basis: Float64Array, n: i32, dimension: i32): void {
  let changed = true;
  while (changed) {
    changed = false;
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) {
        if (i == k) continue;
        const product = dot(basis, i * dimension, basis, k * dimension, dimension);
        const square = dot(basis, k * dimension, basis, k * dimension, dimension);
        const multiple = nearest(product / square);
        if (multiple == 0) continue;
        // strictly, with room for rounding, so that the loop ends
        const before = dot(basis, i * dimension, basis, i * dimension, dimension);
        if (!(multiple * (multiple * square - 2 * product) < -1e-9 * before)) continue;
        subtractVector(basis, i * dimension, multiple, basis, k * dimension, dimension);
        changed = true;
      }
    }
  }
}

/** What the n orthogonal vectors of `frame` leave of a vector, appended to them; its square. */
function appendRest(
  frame: Float64Array, n: i32, vectors: Float64Array, at: i32, dimension: i32,
): f64 {
  const end = n * dimension;
  for (let j = 0; j < dimension; j++) unchecked(frame[end + j] = vectors[at + j]);
  for (let k = 0; k < n; k++) {
    const from = k * dimension;
    const square = dot(frame, from, frame, from, dimension);
    const component = dot(frame, end, frame, from, dimension) / square;
    subtractVector(frame, end, component, frame, from, dimension);
  }
  return dot(frame, end, frame, end, dimension);
}

/**
 * Proposes the first 1, 2, ... independent ones of the candidates [count][dimension] in an order.
 */
function proposeIndependent(
  fit: LatticeFit, candidates: Float64Array, order: Int32Array, longest: f64,
): void {
  const dimension = fit.dimension;
  const frame = new Float64Array((dimension + 1) * dimension);
  const taken = new Float64Array(dimension * dimension);
  let n = 0;
  for (let i = 0; i < order.length && n < dimension; i++) {
    const at = unchecked(order[i]) * dimension;
    const square = dot(candidates, at, candidates, at, dimension);
    const rest = appendRest(frame, n, candidates, at, dimension);
    const least = max(INDEPENDENT * INDEPENDENT * square, NEGLIGIBLE * NEGLIGIBLE * longest);
    if (!(rest > least)) continue;
    for (let j = 0; j < dimension; j++) unchecked(taken[n * dimension + j] = candidates[at + j]);
    n++;
    const basis = taken.slice(0, n * dimension);
    sizeReduce(basis, n, dimension);
    fit.propose(basis, n);
  }
}

/**
 * The linear finder, for states h [count][length][dimension] under inputs x
 * [count][length][inputs]: least squares h_t ~ W_h h_(t-1) + W_x x_t + c, and the candidates W_x,
 * W_h W_x, ... Of these the longest that are independent, or the earliest, 1 and more, are
 * proposed. Returns what LatticeFit.packed does.
 */
export function linearLattice(
  h: Float64Array, x: Int32Array, count: i32, length: i32, dimension: i32, inputs: i32,
): Float64Array {
  const rows = count * (length - 1);
  const columns = dimension + inputs + 1;
  const a = new Float64Array(rows * columns);
  const b = new Float64Array(rows * dimension);
  let row = 0;
  for (let i = 0; i < count; i++) {
    for (let t = 1; t < length; t++, row++) {
      const now = i * length + t;
      const at = row * columns;
      for (let j = 0; j < dimension; j++) {
        unchecked(a[at + j] = h[(now - 1) * dimension + j]);
        unchecked(b[row * dimension + j] = h[now * dimension + j]);
      }
      for (let j = 0; j < inputs; j++) unchecked(a[at + dimension + j] = <f64>x[now * inputs + j]);
      unchecked(a[at + columns - 1] = 1);
    }
  }
  const dynamics = leastSquaresSolve(a, rows, columns, b, dimension, RANK_TOLERANCE);

  const candidates = new Float64Array(POWERS * inputs * dimension);
  candidates.set(dynamics.subarray(dimension * dimension, (dimension + inputs) * dimension));
  for (let i = inputs; i < POWERS * inputs; i++) {
    const before = (i - inputs) * dimension;
    for (let k = 0; k < dimension; k++) {
      const v = unchecked(candidates[before + k]);
      subtractVector(candidates, i * dimension, -v, dynamics, k * dimension, dimension);
    }
  }
  const shortness = new Float64Array(POWERS * inputs);
  let longest = 0.0;
  for (let i = 0; i < POWERS * inputs; i++) {
    const square = dot(candidates, i * dimension, candidates, i * dimension, dimension);
    unchecked(shortness[i] = -square);
    longest = max(longest, square);
  }
  const fit = new LatticeFit(h, count * length, dimension, min(dimension, POWERS * inputs));
  proposeIndependent(fit, candidates, sortedOrder(shortness), longest);
  shortness.fill(0);
  proposeIndependent(fit, candidates, sortedOrder(shortness), longest);
  return fit.packed();
}

/**
 * A basis [n][n] of the lattice that the first `count` of vectors [][n] generate, where lengths to
 * `threshold` count as 0: the determinant of the basis with one vector replaced is a multiple of
 * the basis's own, but for a share below 1/2, the remainder of Euclid's algorithm, with which it
 * goes on. Empty when they span fewer dimensions, or no end is found.
 */
function primitiveCell(vectors: Float64Array, count: i32, n: i32, threshold: f64): Float64Array {
  const basis = new Float64Array(n * n);
  const frame = new Float64Array((n + 1) * n);
  const vector = new Float64Array(n);
  const share = new Float64Array(n);
  const least = threshold * threshold;
  let decoder = basis;
  let size = 0;
  let steps = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < n; j++) unchecked(vector[j] = vectors[i * n + j]);
    while (dot(vector, 0, vector, 0, n) > least) {
      for (let k = 0; k < size; k++) {
        unchecked(share[k] = dot(decoder, k * n, vector, 0, n));
      }
      for (let k = 0; k < size; k++) {
        const multiple = nearest(unchecked(share[k]));
        subtractVector(vector, 0, multiple, basis, k * n, n);
        unchecked(share[k] -= multiple);
      }
      if (!(dot(vector, 0, vector, 0, n) > least)) break;
      for (let k = 0; k < size; k++) appendRest(frame, k, basis, k * n, n);
      let place = size; // a new vector's, unless none is independent
      if (size < n && appendRest(frame, size, vector, 0, n) > least) {
        size++;
      } else {
        if (steps++ == MOST_STEPS) return new Float64Array(0);
        place = 0;
        for (let k = 1; k < size; k++) {
          if (abs(unchecked(share[k])) > abs(unchecked(share[place]))) place = k;
        }
      }
      for (let j = 0; j < n; j++) {
        const v = unchecked(basis[place * n + j]);
        unchecked(basis[place * n + j] = vector[j]);
        unchecked(vector[j] = v); // 0 where the place is new
      }
      sizeReduce(basis, size, n);
      decoder = decoderOf(basis, size, n);
    }
  }
  return size < n ? new Float64Array(0) : basis;
}

/**
 * The GCD finder, for states h [rows][dimension]: differences of the states from the one nearest to
 * their mean, in their 1 to 3 widest directions. The share of the states, from the middle outwards,
 * and the threshold, in units of the middle's spread, take 10 values from 0.001 to 1 each. Returns
 * what LatticeFit.packed does.
 */
export function gcdLattice(h: Float64Array, rows: i32, dimension: i32): Float64Array {
  const most = min(dimension, MOST_GCD_DIMENSIONS);
  const fit = new LatticeFit(h, rows, dimension, most);
  const covariance = new Float64Array(dimension * dimension);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < dimension; j++) {
      const v = unchecked(h[i * dimension + j] - fit.mean[j]);
      for (let k = 0; k < dimension; k++) {
        unchecked(covariance[j * dimension + k] += v * (h[i * dimension + k] - fit.mean[k]));
      }
    }
  }
  const eigen = symmetricEigenSolve(covariance, dimension);
  if (eigen.length == 0) return eigen;
  const differences = new Float64Array(rows * most);
  const lengths = new Float64Array(rows);
  const middle = unchecked(fit.order[0]) * dimension;
  for (let n = 1; n <= most; n++) {
    for (let i = 0; i < rows; i++) {
      const at = unchecked(fit.order[i]) * dimension;
      let square = 0.0;
      for (let k = 0; k < n; k++) {
        let value = 0.0;
        for (let j = 0; j < dimension; j++) {
          // eigenvectors are columns, the widest last
          const axis = unchecked(eigen[dimension + j * dimension + dimension - 1 - k]);
          unchecked((value += axis * (h[at + j] - h[middle + j])));
        }
        unchecked(differences[i * n + k] = value);
        square += value * value;
      }
      unchecked(lengths[i] = square);
    }
    let share = SWEEP_START;
    for (let s = 0; s < SWEEP; s++, share *= SWEEP_FACTOR) {
      const used = min(rows, max(n + 1, <i32>Math.ceil(share * <f64>rows)));
      let squares = 0.0;
      for (let i = 0; i < used; i++) squares += unchecked(lengths[i]);
      const spread = Math.sqrt(squares / <f64>used);
      let relative = SWEEP_START;
      for (let t = 0; t < SWEEP; t++, relative *= SWEEP_FACTOR) {
        const cell = primitiveCell(differences, used, n, relative * spread);
        if (cell.length == 0) continue;
        const basis = new Float64Array(n * dimension);
        for (let k = 0; k < n; k++) {
          for (let m = 0; m < n; m++) {
            for (let j = 0; j < dimension; j++) {
              const axis = unchecked(eigen[dimension + j * dimension + dimension - 1 - m]);
              unchecked(basis[k * dimension + j] += cell[k * n + m] * axis);
            }
          }
        }
        fit.propose(basis, n);
      }
    }
  }
  return fit.packed();
}
