// 64-bit integers that report overflow instead of wrapping. -2^63 counts as overflow, so that every
// other value has a negative. Where one overflowed, what is computed from it means nothing.

import { exchange } from "../linear-algebra/vectors";

const OUTSIDE: i64 = i64.MIN_VALUE;
const TWO_64: f64 = 1.8446744073709552e19; // 2^64

let overflow = false;

export function clearOverflow(): void {
  overflow = false;
}

/** Whether a result since the last `clearOverflow` was outside -2^63 < result < 2^63. */
export function overflowed(): bool {
  return overflow;
}

export function subtract(a: i64, b: i64): i64 {
  const difference = a - b;
  if (((a ^ b) & (a ^ difference)) < 0 || difference == OUTSIDE) overflow = true;
  return difference;
}

export function multiply(a: i64, b: i64): i64 {
  const product = a * b;
  if (<i64>(<i32>a) == a && <i64>(<i32>b) == b) return product;
  if (product == OUTSIDE || (a != 0 && product / a != b)) overflow = true;
  return product;
}

/** The integer nearest to x; beyond 9.2e18, which is short of 2^63, it counts as overflow. */
export function nearestInteger(x: f64): i64 {
  if (!(abs(x) < 9.2e18)) {
    overflow = true;
    return 0;
  }
  return <i64>nearest(x);
}

/** Row `to` minus `multiple` times row `from`, of w [][width]. */
export function subtractRow(w: Int64Array, width: i32, to: i32, multiple: i64, from: i32): void {
  if (multiple == 0) return;
  const target = to * width;
  const source = from * width;
  for (let j = 0; j < width; j++) {
    const v = unchecked(w[source + j]);
    if (v == 0) continue;
    unchecked(w[target + j] = subtract(w[target + j], multiply(multiple, v)));
  }
}

export function swapRows(w: Int64Array, width: i32, a: i32, b: i32): void {
  exchange(w, a * width, b * width, 1, width);
}

/** Puts row `from` at place `to` before it; the rows between move one place down. */
export function raiseRow(w: Int64Array, width: i32, from: i32, to: i32): void {
  for (let i = from; i > to; i--) swapRows(w, width, i, i - 1);
}

/** The high 64 bits of the product (Warren, "Hacker's Delight", 8-2). */
function multiplyHigh(a: i64, b: i64): i64 {
  const aLow = a & 0xffffffff;
  const bLow = b & 0xffffffff;
  const aHigh = a >> 32;
  const bHigh = b >> 32;
  const low = <i64>(<u64>(aLow * bLow) >> 32);
  const middle = aHigh * bLow + low;
  const other = aLow * bHigh + (middle & 0xffffffff);
  return aHigh * bHigh + (middle >> 32) + (other >> 32);
}

/** The inner product of w[a ...] and w[b ...], summed exactly in 128 bits and rounded to f64. */
export function innerProduct(w: Int64Array, a: i32, b: i32, length: i32): f64 {
  let low: u64 = 0;
  let high: i64 = 0;
  for (let j = 0; j < length; j++) {
    const x = unchecked(w[a + j]);
    const y = unchecked(w[b + j]);
    const product = <u64>(x * y);
    // within 2^125, so the sum with the carry does not overflow before it is checked
    low += product;
    const more = multiplyHigh(x, y) + (low < product ? 1 : 0);
    const sum = high + more;
    if (((high ^ sum) & (more ^ sum)) < 0) overflow = true;
    high = sum;
  }
  if (high >= 0) return <f64>high * TWO_64 + <f64>low;
  // its magnitude, since the high part of a small negative number is -2^64
  low = ~low + 1;
  high = ~high + (low == 0 ? 1 : 0);
  return -(<f64>(<u64>high) * TWO_64 + <f64>low);
}
