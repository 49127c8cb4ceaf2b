// Integer operators over columns: a column holds the value of one expression on every row, i32 or
// i64, padded with copies of its first row to whole vectors, so that padding never divides by zero
// or overflows where no row does. The operators mean what packages/program says, evaluated
// strictly. Results are exact: bounds that interval arithmetic carries along decide whether a
// column can be computed by wrapping SIMD, or needs a check of every row.

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

export const VALID: i32 = 0;
export const OVERFLOWS: i32 = 1;
export const DIVIDES_BY_ZERO: i32 = 2;

const VECTOR: usize = 16;

/** Bytes of a column of `rows` integers of `width` bits. */
export function columnBytes(rows: i32, width: i32): usize {
  return (((<usize>rows * width) >> 3) + 15) & ~15;
}

/** Number of arguments of an operator. */
export function arity(op: i32): i32 {
  return op <= NOT ? 1 : op == IF ? 3 : 2;
}

/** Whether op(a, b) equals op(b, a). */
export function commutes(op: i32): bool {
  return op == ADD || op == MULTIPLY || op == MIN || op == MAX || op == EQUAL || op >= AND && op <= XOR;
}

/** Copies `rows` integers into a column and pads it. */
export function fillColumn(column: usize, values: usize, rows: i32, width: i32): void {
  const item = <usize>(width >> 3);
  const used = <usize>rows * item;
  memory.copy(column, values, used);
  const bytes = columnBytes(rows, width);
  for (let at = used; at < bytes; at += item) memory.copy(column + at, values, item);
}

// Bounds of the last `boundsOf` or `extent`.
export let low: f64 = 0;
export let high: f64 = 0;

/** The smallest and the largest value of a column, left in `low` and `high`. */
export function extent<T extends number>(column: usize, bytes: usize): void {
  let least = v128.load(column);
  let most = least;
  for (let at = VECTOR; at < bytes; at += VECTOR) {
    const v = v128.load(column + at);
    least = v128.bitselect(v, least, v128.lt<T>(v, least));
    most = v128.bitselect(v, most, v128.gt<T>(v, most));
  }
  if (sizeof<T>() == 4) {
    least = v128.min<i32>(least, v128.shuffle<i32>(least, least, 2, 3, 0, 1));
    most = v128.max<i32>(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1));
    low = <f64>min(v128.extract_lane<i32>(least, 0), v128.extract_lane<i32>(least, 1));
    high = <f64>max(v128.extract_lane<i32>(most, 0), v128.extract_lane<i32>(most, 1));
  } else {
    low = <f64>min(v128.extract_lane<i64>(least, 0), v128.extract_lane<i64>(least, 1));
    high = <f64>max(v128.extract_lane<i64>(most, 0), v128.extract_lane<i64>(most, 1));
  }
}

// @ts-ignore: decorator
@inline
function setBounds(least: f64, most: f64): void {
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
function fits<T extends number>(least: f64, most: f64): bool {
  return sizeof<T>() == 4
    ? least >= -2147483648 && most <= 2147483647
    : least > -9.2e18 && most < 9.2e18;
}

function hasZero<T extends number>(column: usize, bytes: usize): bool {
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    if (!v128.all_true<T>(v128.load(column + at))) return true;
  }
  return false;
}

// @ts-ignore: decorator
@inline
function floorQuotients(a: v128, b: v128): v128 {
  // Exact: a quotient of two i32 that is not whole is at least 1/|b| away from a whole number, and
  // rounding to f64 moves it by less. The quotient 2^31 saturates.
  const q0 = f64x2.floor(f64x2.div(f64x2.convert_low_i32x4_s(a), f64x2.convert_low_i32x4_s(b)));
  const q1 = f64x2.floor(
    f64x2.div(
      f64x2.convert_low_i32x4_s(v128.shuffle<i32>(a, a, 2, 3, 2, 3)),
      f64x2.convert_low_i32x4_s(v128.shuffle<i32>(b, b, 2, 3, 2, 3)),
    ),
  );
  return v128.shuffle<i32>(
    i32x4.trunc_sat_f64x2_s_zero(q0), i32x4.trunc_sat_f64x2_s_zero(q1), 0, 1, 4, 5,
  );
}

// @ts-ignore: decorator
@inline
function floorDivide(a: i64, b: i64): i64 {
  if (b == -1) return -a; // the machine's division traps on the smallest i64
  const q = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

// @ts-ignore: decorator
@inline
function floorModulo(a: i64, b: i64): i64 {
  if (b == -1) return 0;
  const r = a % b;
  return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

// @ts-ignore: decorator
@inline
function isZero<T extends number>(v: v128): v128 {
  return v128.eq<T>(v, i64x2.splat(0));
}

/** One vector of op's result, modulo 2^width; the divisors are not 0. */
// @ts-ignore: decorator
@inline
function compute<T extends number>(op: i32, a: v128, b: v128, c: v128): v128 {
  const one = v128.splat<T>(<T>1);
  if (op == NEGATE) return v128.neg<T>(a);
  if (op == ABS) return v128.abs<T>(a);
  if (op == NOT) return v128.and(isZero<T>(a), one);
  if (op == ADD) return v128.add<T>(a, b);
  if (op == SUBTRACT) return v128.sub<T>(a, b);
  if (op == MULTIPLY) return v128.mul<T>(a, b);
  if (op == FLOOR_DIVIDE) return floorQuotients(a, b);
  if (op == MODULO) {
    const r = i32x4.sub(a, i32x4.mul(floorQuotients(a, b), b));
    return v128.andnot(r, i32x4.eq(b, i32x4.splat(-1))); // the quotient -2^31 // -1 saturates
  }
  if (op == MIN) return v128.bitselect(a, b, v128.lt<T>(a, b));
  if (op == MAX) return v128.bitselect(a, b, v128.gt<T>(a, b));
  if (op == EQUAL) return v128.and(v128.eq<T>(a, b), one);
  if (op == LESS) return v128.and(v128.lt<T>(a, b), one);
  if (op == AND) return v128.andnot(one, v128.or(isZero<T>(a), isZero<T>(b)));
  if (op == OR) return v128.andnot(one, isZero<T>(v128.or(a, b)));
  if (op == XOR) return v128.xor(a, b);
  return v128.bitselect(c, b, isZero<T>(a));
}

// @ts-ignore: decorator
@inline
function loop<T extends number>(
  op: i32, a: usize, b: usize, c: usize, out: usize, bytes: usize,
): void {
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    const va = v128.load(a + at);
    const vb = op <= NOT ? va : v128.load(b + at);
    const vc = op == IF ? v128.load(c + at) : va;
    v128.store(out + at, compute<T>(op, va, vb, vc));
  }
}

function wrapping<T extends number>(
  op: i32, a: usize, b: usize, c: usize, out: usize, bytes: usize,
): void {
  switch (op) {
    case NEGATE: return loop<T>(NEGATE, a, b, c, out, bytes);
    case ABS: return loop<T>(ABS, a, b, c, out, bytes);
    case NOT: return loop<T>(NOT, a, b, c, out, bytes);
    case ADD: return loop<T>(ADD, a, b, c, out, bytes);
    case SUBTRACT: return loop<T>(SUBTRACT, a, b, c, out, bytes);
    case MULTIPLY: return loop<T>(MULTIPLY, a, b, c, out, bytes);
    case FLOOR_DIVIDE:
      if (sizeof<T>() == 4) return loop<T>(FLOOR_DIVIDE, a, b, c, out, bytes);
      for (let at: usize = 0; at < bytes; at += 8) {
        store<i64>(out + at, floorDivide(load<i64>(a + at), load<i64>(b + at)));
      }
      return;
    case MODULO:
      if (sizeof<T>() == 4) return loop<T>(MODULO, a, b, c, out, bytes);
      for (let at: usize = 0; at < bytes; at += 8) {
        store<i64>(out + at, floorModulo(load<i64>(a + at), load<i64>(b + at)));
      }
      return;
    case MIN: return loop<T>(MIN, a, b, c, out, bytes);
    case MAX: return loop<T>(MAX, a, b, c, out, bytes);
    case EQUAL: return loop<T>(EQUAL, a, b, c, out, bytes);
    case LESS: return loop<T>(LESS, a, b, c, out, bytes);
    case AND: return loop<T>(AND, a, b, c, out, bytes);
    case OR: return loop<T>(OR, a, b, c, out, bytes);
    case XOR: return loop<T>(XOR, a, b, c, out, bytes);
    default: return loop<T>(IF, a, b, c, out, bytes);
  }
}

/** Whether op overflows for one row; only the operators whose bounds can leave those of a T. */
function rowOverflows<T extends number>(op: i32, a: i64, b: i64): bool {
  if (sizeof<T>() == 4) {
    let r: i64 = 0;
    if (op == NEGATE) r = -a;
    else if (op == ABS) r = a < 0 ? -a : a;
    else if (op == ADD) r = a + b;
    else if (op == SUBTRACT) r = a - b;
    else if (op == MULTIPLY) r = a * b;
    else if (op == FLOOR_DIVIDE) r = b == -1 ? -a : 0;
    return r != <i64>(<i32>r);
  }
  if (op == NEGATE || op == ABS) return a == i64.MIN_VALUE;
  if (op == FLOOR_DIVIDE) return a == i64.MIN_VALUE && b == -1;
  if (op == ADD) return ((a ^ (a + b)) & (b ^ (a + b))) < 0;
  if (op == SUBTRACT) return ((a ^ b) & (a ^ (a - b))) < 0;
  if (op == MULTIPLY) {
    if (a == 0 || b == 0) return false;
    if (a == -1) return b == i64.MIN_VALUE;
    return b == -1 ? a == i64.MIN_VALUE : (a * b) / b != a;
  }
  return false; // of the others no result exceeds the arguments
}

function overflows<T extends number>(op: i32, a: usize, b: usize, bytes: usize): bool {
  for (let at: usize = 0; at < bytes; at += sizeof<T>()) {
    const right = op <= NOT ? 0 : <i64>load<T>(b + at);
    if (rowOverflows<T>(op, <i64>load<T>(a + at), right)) return true;
  }
  return false;
}

/**
 * out = op(a, b, c), all rows; a column that op does not take may be any address. Before: `low` and
 * `high` bound the result and [lowB, highB] bounds b. After: VALID, or OVERFLOWS or
 * DIVIDES_BY_ZERO, which leave out undefined. out must not overlap an argument.
 */
function apply<T extends number>(
  op: i32, a: usize, b: usize, c: usize, out: usize, bytes: usize, lowB: f64, highB: f64,
): i32 {
  if ((op == FLOOR_DIVIDE || op == MODULO) && lowB <= 0 && highB >= 0) {
    if (hasZero<T>(b, bytes)) return DIVIDES_BY_ZERO;
  }
  if (!fits<T>(low, high) && overflows<T>(op, a, b, bytes)) return OVERFLOWS;
  wrapping<T>(op, a, b, c, out, bytes);
  return VALID;
}

/** `apply` for integers of 32 or 64 bits. */
export function applyOperator(
  op: i32, a: usize, b: usize, c: usize, out: usize, bytes: usize, width: i32,
  lowB: f64, highB: f64,
): i32 {
  return width == 32
    ? apply<i32>(op, a, b, c, out, bytes, lowB, highB)
    : apply<i64>(op, a, b, c, out, bytes, lowB, highB);
}

/** `extent` for integers of 32 or 64 bits. */
export function columnExtent(column: usize, bytes: usize, width: i32): void {
  if (width == 32) extent<i32>(column, bytes);
  else extent<i64>(column, bytes);
}

/** Fills a column with odd multipliers, for `hashColumn`. */
export function fillMultipliers(keys: usize, bytes: usize): void {
  let state: u64 = 0;
  for (let at: usize = 0; at < bytes; at += 4) {
    // SplitMix64 (Steele, Lea and Flood 2014)
    state += 0x9e3779b97f4a7c15;
    let z = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    store<u32>(keys + at, <u32>(z >> 32) | 1);
  }
}

/**
 * 64 bits that depend on every row, never 0. Each of four lanes sums its words times odd multipliers
 * (multilinear hashing), and sums these sums once more: two columns that differ in one word of a lane
 * always differ in the first sum, those that differ in two of them by little in one of both.
 */
export function hashColumn(column: usize, bytes: usize, keys: usize): u64 {
  let first = i32x4.splat(0);
  let second = first;
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    const v = v128.load(column + at);
    // products modulo 2^32 lose what differs in high bits only, so these go into the low ones too
    const mixed = v128.xor(v, i32x4.shr_u(v, 16));
    first = i32x4.add(first, i32x4.mul(mixed, v128.load(keys + at)));
    second = i32x4.add(second, first);
  }
  let h = (i64x2.extract_lane(first, 0) ^ rotl<i64>(i64x2.extract_lane(second, 1), 29)) * 0x9e3779b97f4a7c15;
  h ^= <i64>(<u64>h >> 32);
  h += (i64x2.extract_lane(first, 1) ^ rotl<i64>(i64x2.extract_lane(second, 0), 17)) * 0xbf58476d1ce4e5b9;
  h = (h ^ <i64>(<u64>h >> 29)) * 0x94d049bb133111eb;
  h ^= <i64>(<u64>h >> 32);
  return h == 0 ? 1 : <u64>h;
}
