// The operators of expressions over integers, as packages/program defines them, evaluated strictly:
// their bounds by interval arithmetic, and a vector of results.

export const NEGATE: i32 = 0;
export const ABS: i32 = 1;
export const NOT: i32 = 2;
export const ADD: i32 = 3;
export const SUBTRACT: i32 = 4;
export const MULTIPLY: i32 = 5;
export const FLOOR_DIVIDE: i32 = 6;
export const MODULO: i32 = 7;
export const MIN: i32 = 8;
export const MAX: i32 = 9;
export const EQUAL: i32 = 10;
export const LESS: i32 = 11;
export const AND: i32 = 12;
export const OR: i32 = 13;
export const XOR: i32 = 14;
export const IF: i32 = 15;

// FLOOR_DIVIDE and MODULO of i32 that are at most SMALL in size, 0 included as a divisor's bound.
export const SMALL_FLOOR_DIVIDE: i32 = 16;
export const SMALL_MODULO: i32 = 17;
export const SMALL: f64 = 4194304; // 2^22

/** Number of arguments of an operator. */
export function arity(op: i32): i32 {
  return op <= NOT ? 1 : op == IF ? 3 : 2;
}

/** Whether op(a, b) equals op(b, a). */
export function commutes(op: i32): bool {
  if (op >= AND && op <= XOR) return true;
  return op == ADD || op == MULTIPLY || op == MIN || op == MAX || op == EQUAL;
}

// Bounds of the last `boundsOf`, or of the last column whose extent was taken. f64 rounds those of
// i64, hence the margin in `fits`.
export let low: f64 = 0;
export let high: f64 = 0;

// @ts-ignore: decorator
@inline
export function setBounds(least: f64, most: f64): void {
  low = least;
  high = most;
}

/** A power of two minus 1 that is not below x. */
function onesAbove(x: f64): f64 {
  let power = 1.0;
  while (power <= x) power *= 2;
  return power - 1;
}

/** Bounds of op's result for arguments within the bounds given, left in `low` and `high`. */
export function boundsOf(
  op: i32, lowA: f64, highA: f64, lowB: f64, highB: f64, lowC: f64, highC: f64,
): void {
  switch (op) {
    case NEGATE:
      return setBounds(-highA, -lowA);
    case ABS:
      return setBounds(max(0, max(lowA, -highA)), max(-lowA, highA));
    case ADD:
      return setBounds(lowA + lowB, highA + highB);
    case SUBTRACT:
      return setBounds(lowA - highB, highA - lowB);
    case MULTIPLY: {
      const p = lowA * lowB;
      const q = lowA * highB;
      const r = highA * lowB;
      const s = highA * highB;
      return setBounds(min(min(p, q), min(r, s)), max(max(p, q), max(r, s)));
    }
    case FLOOR_DIVIDE: {
      // a divisor is at least 1 in size, and rounding down leaves |a // b| <= |a|
      const size = max(-lowA, highA);
      return setBounds(-size, size);
    }
    case MODULO:
      return setBounds(min(0, lowB + 1), max(0, highB - 1));
    case MIN:
      return setBounds(min(lowA, lowB), min(highA, highB));
    case MAX:
      return setBounds(max(lowA, lowB), max(highA, highB));
    case XOR: {
      const least = min(lowA, lowB);
      const ones = onesAbove(max(-least, max(highA, highB)));
      return setBounds(least < 0 ? -1 - ones : 0, ones);
    }
    case IF:
      return setBounds(min(lowB, lowC), max(highB, highC));
    default:
      return setBounds(0, 1);
  }
}

/** Whether everything from `least` to `most` is a T. */
// @ts-ignore: decorator
@inline
export function fits<T extends number>(least: f64, most: f64): bool {
  return sizeof<T>() == 4
    ? least >= -2147483648 && most <= 2147483647
    : least > -9.2e18 && most < 9.2e18;
}

/** Whether the quotients of i64 in these bounds are exact when f64 divides: see `quotients`. */
export function dividesExactly(least: f64, most: f64): bool {
  return least >= -1125899906842624 && most <= 1125899906842624; // 2^50
}

// Adding 2^52 + 2^51 to an f64 below 2^51 in size leaves the integer in its lowest bits.
const MAGIC: f64 = 6755399441055744;
const MAGIC_BITS: i64 = 0x4338000000000000;

// @ts-ignore: decorator
@inline
function toFloats(v: v128): v128 {
  return f64x2.sub(i64x2.add(v, i64x2.splat(MAGIC_BITS)), f64x2.splat(MAGIC));
}

// @ts-ignore: decorator
@inline
function toIntegers(v: v128): v128 {
  return i64x2.sub(f64x2.add(v, f64x2.splat(MAGIC)), i64x2.splat(MAGIC_BITS));
}

// Exact: a quotient a / b that is not whole is at least 1/|b| away from a whole number, and
// rounding to f64 moves it by at most 2^-53 |a / b|, which is less. So is the remainder, below 2^52
// in size.
// @ts-ignore: decorator
@inline
function quotients(a: v128, b: v128): v128 {
  return f64x2.floor(f64x2.div(a, b));
}

// @ts-ignore: decorator
@inline
function remainders(a: v128, b: v128): v128 {
  return f64x2.sub(a, f64x2.mul(quotients(a, b), b));
}

// As above, for f32: |a| below 2^24 makes the quotient exact, 2^22 the conversion to integers.
const SMALL_MAGIC: f32 = 12582912; // 2^23 + 2^22
const SMALL_MAGIC_BITS: i32 = 0x4b400000;

// @ts-ignore: decorator
@inline
function divideSmall(modulo: bool, a: v128, b: v128): v128 {
  const p = f32x4.convert_i32x4_s(a);
  const q = f32x4.convert_i32x4_s(b);
  const quotient = f32x4.floor(f32x4.div(p, q));
  const r = modulo ? f32x4.sub(p, f32x4.mul(quotient, q)) : quotient;
  return i32x4.sub(f32x4.add(r, f32x4.splat(SMALL_MAGIC)), i32x4.splat(SMALL_MAGIC_BITS));
}

// @ts-ignore: decorator
@inline
function divide<T extends number>(modulo: bool, a: v128, b: v128): v128 {
  if (sizeof<T>() == 8) {
    const p = toFloats(a);
    const q = toFloats(b);
    return toIntegers(modulo ? remainders(p, q) : quotients(p, q));
  }
  const p0 = f64x2.convert_low_i32x4_s(a);
  const q0 = f64x2.convert_low_i32x4_s(b);
  const p1 = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(a, a, 2, 3, 2, 3));
  const q1 = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(b, b, 2, 3, 2, 3));
  const r0 = f64x2.add(modulo ? remainders(p0, q0) : quotients(p0, q0), f64x2.splat(MAGIC));
  const r1 = f64x2.add(modulo ? remainders(p1, q1) : quotients(p1, q1), f64x2.splat(MAGIC));
  return v128.shuffle<i32>(r0, r1, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function isZero<T extends number>(v: v128): v128 {
  return v128.eq<T>(v, i64x2.splat(0));
}

/** 1 where all bits are set, 0 where none is. */
// @ts-ignore: decorator
@inline
function truth<T extends number>(v: v128): v128 {
  return sizeof<T>() == 4 ? i32x4.shr_u(v, 31) : i64x2.shr_u(v, 63);
}

/**
 * One vector of op's results, modulo 2^width. A divisor must not be 0, those of i64 must divide
 * exactly, and the arguments of small operators must be small. op must be a constant, or it is
 * chosen anew for every vector.
 */
// @ts-ignore: decorator
@inline
export function compute<T extends number>(op: i32, a: v128, b: v128, c: v128): v128 {
  if (op == NEGATE) return v128.neg<T>(a);
  if (op == ABS) return v128.abs<T>(a);
  if (op == NOT) return truth<T>(isZero<T>(a));
  if (op == ADD) return v128.add<T>(a, b);
  if (op == SUBTRACT) return v128.sub<T>(a, b);
  if (op == MULTIPLY) return v128.mul<T>(a, b);
  if (op == FLOOR_DIVIDE) return divide<T>(false, a, b);
  if (op == MODULO) return divide<T>(true, a, b);
  if (op == SMALL_FLOOR_DIVIDE) return divideSmall(false, a, b);
  if (op == SMALL_MODULO) return divideSmall(true, a, b);
  if (op == MIN && sizeof<T>() == 4) return v128.min<i32>(a, b);
  if (op == MAX && sizeof<T>() == 4) return v128.max<i32>(a, b);
  if (op == MIN) return v128.bitselect(a, b, v128.lt<T>(a, b));
  if (op == MAX) return v128.bitselect(a, b, v128.gt<T>(a, b));
  if (op == EQUAL) return truth<T>(v128.eq<T>(a, b));
  if (op == LESS) return truth<T>(v128.lt<T>(a, b));
  if (op == AND) return truth<T>(v128.not(v128.or(isZero<T>(a), isZero<T>(b))));
  if (op == OR) return truth<T>(v128.not(isZero<T>(v128.or(a, b))));
  if (op == XOR) return v128.xor(a, b);
  return v128.bitselect(c, b, isZero<T>(a));
}
