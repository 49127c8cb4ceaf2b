// Gaussian elimination with partial pivoting (Golub and Van Loan, "Matrix Computations", 3.4).

import { towardsOne } from "./scaling";
import { exchange } from "./vectors";

const EPSILON: f64 = 2.220446049250313e-16;

/**
 * Factors a [n][n] in place: row order[i] of the former a is row i of L U, with U on and above the
 * diagonal, and L, of unit diagonal, below it. Returns the determinant of the permutation, 1 or -1.
 */
function eliminate(a: Float64Array, n: i32, order: Int32Array): f64 {
  let sign = 1.0;
  for (let i = 0; i < n; i++) unchecked(order[i] = i);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (abs(unchecked(a[i * n + k])) > abs(unchecked(a[pivot * n + k]))) pivot = i;
    }
    if (pivot != k) {
      exchange(a, k * n, pivot * n, 1, n);
      exchange(order, k, pivot, 1, 1);
      sign = -sign;
    }
    const head = unchecked(a[k * n + k]);
    if (head == 0) continue; // so is the column below
    for (let i = k + 1; i < n; i++) {
      const multiple = unchecked(a[i * n + k]) / head;
      unchecked(a[i * n + k] = multiple);
      if (multiple == 0) continue;
      for (let j = k + 1; j < n; j++) unchecked(a[i * n + j] -= multiple * a[k * n + j]);
    }
  }
  return sign;
}

/**
 * The first pivot that is 0 within rounding error, or -1. The error of U's diagonal entry k is at
 * most about n epsilon times (|L| |U|)[k][k] (Higham, "Accuracy and stability of numerical
 * algorithms", theorem 9.3), a bound that scaling rows or columns doesn't change.
 */
function singularPivot(a: Float64Array, n: i32): i32 {
  for (let k = 0; k < n; k++) {
    let magnitude = abs(unchecked(a[k * n + k]));
    const pivot = magnitude;
    for (let j = 0; j < k; j++) {
      magnitude += abs(unchecked(a[k * n + j])) * abs(unchecked(a[j * n + k]));
    }
    if (!(pivot > <f64>n * EPSILON * magnitude)) return k;
  }
  return -1;
}

/** L and U in one [n][n] as `eliminate` leaves them, then the order of the rows [n]. */
export function luDecompose(a: Float64Array, n: i32): Float64Array {
  const order = new Int32Array(n);
  eliminate(a, n, order);
  const result = new Float64Array(n * n + n);
  result.set(a);
  for (let i = 0; i < n; i++) unchecked(result[n * n + i] = <f64>order[i]);
  return result;
}

/**
 * Solves a x = b for each column of b. a is [n][n] and overwritten, b [n][sides]. Returns
 * x [n][sides], then the place and the value of the pivot that makes a singular, -1 and 0 for none.
 */
export function luSolve(a: Float64Array, n: i32, b: Float64Array, sides: i32): Float64Array {
  const order = new Int32Array(n);
  eliminate(a, n, order);
  const x = new Float64Array(n * sides + 2);
  const singular = singularPivot(a, n);
  unchecked(x[n * sides] = singular);
  if (singular >= 0) {
    unchecked(x[n * sides + 1] = a[singular * n + singular]);
    return x;
  }
  for (let i = 0; i < n; i++) {
    const from = unchecked(order[i]) * sides;
    for (let j = 0; j < sides; j++) unchecked(x[i * sides + j] = b[from + j]);
    for (let k = 0; k < i; k++) {
      const l = unchecked(a[i * n + k]);
      if (l == 0) continue;
      for (let j = 0; j < sides; j++) unchecked(x[i * sides + j] -= l * x[k * sides + j]);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) {
      const u = unchecked(a[i * n + k]);
      if (u == 0) continue;
      for (let j = 0; j < sides; j++) unchecked(x[i * sides + j] -= u * x[k * sides + j]);
    }
    const pivot = unchecked(a[i * n + i]);
    for (let j = 0; j < sides; j++) unchecked(x[i * sides + j] /= pivot);
  }
  return x;
}

/** The determinant of a [n][n], which is overwritten; infinite or 0 only when it is beyond f64. */
export function luDeterminant(a: Float64Array, n: i32): f64 {
  let product = eliminate(a, n, new Int32Array(n));
  let exponent = 0;
  for (let k = 0; k < n; k++) {
    // both factors near 1, so that no order of large and small pivots overflows on the way
    const pivot = unchecked(a[k * n + k]);
    const down = towardsOne(pivot);
    product *= pivot * down;
    const again = towardsOne(product);
    product *= again;
    exponent -= exponentOf(down) + exponentOf(again);
  }
  return NativeMath.scalbn(product, exponent);
}

function exponentOf(power: f64): i32 {
  return <i32>(reinterpret<u64>(power) >> 52) - 1023;
}
