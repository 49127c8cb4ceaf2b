// Columns hold the value of an expression on every row, i32 or i64, padded to whole rounds of two
// vectors with copies of the first row, so that padding never divides by zero or overflows where no
// row does. Results are exact: bounds that interval arithmetic carries along decide whether SIMD that
// wraps can compute a column, or every row needs a check.

import {
  ABS, ADD, AND, compute, dividesExactly, EQUAL, fits, FLOOR_DIVIDE, high, IF, LESS, low, MAX, MIN,
  MODULO, MULTIPLY, NEGATE, NOT, OR, setBounds, SUBTRACT, XOR,
} from "./column-operators";

export const VALID: i32 = 0;
export const OVERFLOWS: i32 = 1;
export const DIVIDES_BY_ZERO: i32 = 2;

const VECTOR: usize = 16;
const ROUND: usize = 32;

/** Bytes of a column of `rows` integers of `width` bits. */
export function columnBytes(rows: i32, width: i32): usize {
  return (((<usize>rows * width) >> 3) + ROUND - 1) & ~(ROUND - 1);
}

/** Copies `rows` integers into a column and pads it. */
export function fillColumn(column: usize, values: usize, rows: i32, width: i32): void {
  const item = <usize>(width >> 3);
  const used = <usize>rows * item;
  memory.copy(column, values, used);
  const bytes = columnBytes(rows, width);
  for (let at = used; at < bytes; at += item) memory.copy(column + at, values, item);
}

/** The smallest and the largest value of a column, left in `low` and `high`. */
function extent<T extends number>(column: usize, bytes: usize): void {
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
    setBounds(
      <f64>min(v128.extract_lane<i32>(least, 0), v128.extract_lane<i32>(least, 1)),
      <f64>max(v128.extract_lane<i32>(most, 0), v128.extract_lane<i32>(most, 1)),
    );
  } else {
    setBounds(
      <f64>min(v128.extract_lane<i64>(least, 0), v128.extract_lane<i64>(least, 1)),
      <f64>max(v128.extract_lane<i64>(most, 0), v128.extract_lane<i64>(most, 1)),
    );
  }
}

/** The smallest and the largest value of a column, left in `low` and `high`. */
export function columnExtent(column: usize, bytes: usize, width: i32): void {
  if (width == 32) extent<i32>(column, bytes);
  else extent<i64>(column, bytes);
}

function containsZero<T extends number>(column: usize, bytes: usize): bool {
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    if (!v128.all_true<T>(v128.load(column + at))) return true;
  }
  return false;
}

/** Whether op overflows on one row; only the operators whose bounds can leave those of a T. */
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
 * Whether op has a value on every row: VALID, OVERFLOWS or DIVIDES_BY_ZERO. `low` and `high` bound
 * the results, [lowB, highB] the values of b. A column that op does not take may be any address.
 */
function check<T extends number>(
  op: i32, a: usize, b: usize, bytes: usize, lowB: f64, highB: f64,
): i32 {
  if ((op == FLOOR_DIVIDE || op == MODULO) && lowB <= 0 && highB >= 0 && containsZero<T>(b, bytes)) {
    return DIVIDES_BY_ZERO;
  }
  return fits<T>(low, high) || !overflows<T>(op, a, b, bytes) ? VALID : OVERFLOWS;
}

/** `check` for integers of 32 or 64 bits. */
export function checkColumn(
  op: i32, a: usize, b: usize, bytes: usize, width: i32, lowB: f64, highB: f64,
): i32 {
  return width == 32
    ? check<i32>(op, a, b, bytes, lowB, highB)
    : check<i64>(op, a, b, bytes, lowB, highB);
}

/** Whether a column of integers of 32 or 64 bits has a 0. */
export function hasZero(column: usize, bytes: usize, width: i32): bool {
  return width == 32 ? containsZero<i32>(column, bytes) : containsZero<i64>(column, bytes);
}

/** Whether `low` and `high` fit into integers of 32 or 64 bits. */
export function boundsFit(width: i32): bool {
  return width == 32 ? fits<i32>(low, high) : fits<i64>(low, high);
}

/** Whether op on i64 in these bounds must divide row by row. */
export function needsRows(
  op: i32, width: i32, lowA: f64, highA: f64, lowB: f64, highB: f64,
): bool {
  if (width == 32 || (op != FLOOR_DIVIDE && op != MODULO)) return false;
  return !dividesExactly(lowA, highA) || !dividesExactly(lowB, highB);
}

/** out = a // b or a % b for i64 of any size, row by row; no b is 0. */
function divideRows(modulo: bool, a: usize, b: usize, out: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 8) {
    const p = load<i64>(a + at);
    const q = load<i64>(b + at);
    if (q == -1) {
      store<i64>(out + at, modulo ? 0 : -p); // the machine's division traps on the smallest i64
      continue;
    }
    const r = p % q;
    const down = r != 0 && (p < 0) != (q < 0);
    store<i64>(out + at, modulo ? (down ? r + q : r) : p / q - <i64>down);
  }
}

// Products modulo 2^32 lose what differs in high bits only, so these go into the low ones too.
// @ts-ignore: decorator
@inline
function mixed(v: v128): v128 {
  return v128.xor(v, i32x4.shr_u(v, 16));
}

// @ts-ignore: decorator
@inline
function finish(first: v128, second: v128): u64 {
  let h = (i64x2.extract_lane(first, 0) ^ rotl<i64>(i64x2.extract_lane(second, 1), 29)) * 0x9e3779b97f4a7c15;
  h ^= <i64>(<u64>h >> 32);
  h += (i64x2.extract_lane(first, 1) ^ rotl<i64>(i64x2.extract_lane(second, 0), 17)) * 0xbf58476d1ce4e5b9;
  h = (h ^ <i64>(<u64>h >> 29)) * 0x94d049bb133111eb;
  h ^= <i64>(<u64>h >> 32);
  return h == 0 ? 1 : <u64>h;
}

/**
 * 64 bits that depend on every row, never 0. Each of four lanes sums its words times odd multipliers
 * (multilinear hashing), and sums these sums once more: two columns that differ in one word of a lane
 * always differ in the first sum, those that differ in two of them by little in one of both.
 */
export function hashColumn(column: usize, bytes: usize, keys: usize): u64 {
  let first = i32x4.splat(0);
  let second = first;
  const end = column + bytes;
  do {
    first = i32x4.add(first, i32x4.mul(mixed(v128.load(column)), v128.load(keys)));
    second = i32x4.add(second, first);
    first = i32x4.add(first, i32x4.mul(mixed(v128.load(column, VECTOR)), v128.load(keys, VECTOR)));
    second = i32x4.add(second, first);
    column += ROUND;
    keys += ROUND;
  } while (column < end);
  return finish(first, second);
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
 * One operator for `count` candidates, whose last argument is one of `count` columns that follow each
 * other from `last` on; `fixed` and `middle` are the arguments before it. Stores the hash of each
 * candidate's column in `hashes`, and with `out` the column itself (then count must be 1).
 */
// @ts-ignore: decorator
@inline
function each<T extends number>(
  op: i32, fixed: usize, middle: usize, last: usize, count: i32, bytes: usize, keys: usize,
  hashes: usize, out: usize,
): void {
  for (let k = 0; k < count; k++) {
    let first = i32x4.splat(0);
    let second = first;
    let a = fixed;
    let b = middle;
    let key = keys;
    const end = last + bytes;
    do {
      const z0 = v128.load(last);
      const z1 = v128.load(last, VECTOR);
      const a0 = op <= NOT ? z0 : v128.load(a);
      const a1 = op <= NOT ? z1 : v128.load(a, VECTOR);
      const b0 = op == IF ? v128.load(b) : z0;
      const b1 = op == IF ? v128.load(b, VECTOR) : z1;
      const r0 = compute<T>(op, a0, b0, z0);
      const r1 = compute<T>(op, a1, b1, z1);
      if (out) {
        v128.store(out, r0);
        v128.store(out, r1, VECTOR);
        out += ROUND;
      } else {
        first = i32x4.add(first, i32x4.mul(mixed(r0), v128.load(key)));
        second = i32x4.add(second, first);
        first = i32x4.add(first, i32x4.mul(mixed(r1), v128.load(key, VECTOR)));
        second = i32x4.add(second, first);
        key += ROUND;
      }
      last += ROUND;
      if (op > NOT) a += ROUND;
      if (op == IF) b += ROUND;
    } while (last < end);
    if (!out) store<u64>(hashes + (<usize>k << 3), finish(first, second));
  }
}

// A function for each operator: one with a switch over the loops has their ends folded together by the
// optimiser, and the operator chosen anew for every vector (5 ns instead of 1).
function hashNegate<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(NEGATE, a, b, z, count, bytes, keys, hashes, 0);
}
function storeNegate<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(NEGATE, a, b, z, 1, bytes, 0, 0, out);
}
function hashAbs<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(ABS, a, b, z, count, bytes, keys, hashes, 0);
}
function storeAbs<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(ABS, a, b, z, 1, bytes, 0, 0, out);
}
function hashNot<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(NOT, a, b, z, count, bytes, keys, hashes, 0);
}
function storeNot<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(NOT, a, b, z, 1, bytes, 0, 0, out);
}
function hashAdd<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(ADD, a, b, z, count, bytes, keys, hashes, 0);
}
function storeAdd<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(ADD, a, b, z, 1, bytes, 0, 0, out);
}
function hashSubtract<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(SUBTRACT, a, b, z, count, bytes, keys, hashes, 0);
}
function storeSubtract<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(SUBTRACT, a, b, z, 1, bytes, 0, 0, out);
}
function hashMultiply<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(MULTIPLY, a, b, z, count, bytes, keys, hashes, 0);
}
function storeMultiply<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(MULTIPLY, a, b, z, 1, bytes, 0, 0, out);
}
function hashFloorDivide<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(FLOOR_DIVIDE, a, b, z, count, bytes, keys, hashes, 0);
}
function storeFloorDivide<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(FLOOR_DIVIDE, a, b, z, 1, bytes, 0, 0, out);
}
function hashModulo<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(MODULO, a, b, z, count, bytes, keys, hashes, 0);
}
function storeModulo<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(MODULO, a, b, z, 1, bytes, 0, 0, out);
}
function hashMin<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(MIN, a, b, z, count, bytes, keys, hashes, 0);
}
function storeMin<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(MIN, a, b, z, 1, bytes, 0, 0, out);
}
function hashMax<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(MAX, a, b, z, count, bytes, keys, hashes, 0);
}
function storeMax<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(MAX, a, b, z, 1, bytes, 0, 0, out);
}
function hashEqual<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(EQUAL, a, b, z, count, bytes, keys, hashes, 0);
}
function storeEqual<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(EQUAL, a, b, z, 1, bytes, 0, 0, out);
}
function hashLess<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(LESS, a, b, z, count, bytes, keys, hashes, 0);
}
function storeLess<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(LESS, a, b, z, 1, bytes, 0, 0, out);
}
function hashAnd<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(AND, a, b, z, count, bytes, keys, hashes, 0);
}
function storeAnd<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(AND, a, b, z, 1, bytes, 0, 0, out);
}
function hashOr<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(OR, a, b, z, count, bytes, keys, hashes, 0);
}
function storeOr<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(OR, a, b, z, 1, bytes, 0, 0, out);
}
function hashXor<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(XOR, a, b, z, count, bytes, keys, hashes, 0);
}
function storeXor<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(XOR, a, b, z, 1, bytes, 0, 0, out);
}
function hashIf<T extends number>(a: usize, b: usize, z: usize, count: i32, bytes: usize, keys: usize, hashes: usize): void {
  each<T>(IF, a, b, z, count, bytes, keys, hashes, 0);
}
function storeIf<T extends number>(a: usize, b: usize, z: usize, out: usize, bytes: usize): void {
  each<T>(IF, a, b, z, 1, bytes, 0, 0, out);
}

function hashEach<T extends number>(
  op: i32, a: usize, b: usize, last: usize, count: i32, bytes: usize, keys: usize, hashes: usize,
): void {
  switch (op) {
    case NEGATE:
      return hashNegate<T>(a, b, last, count, bytes, keys, hashes);
    case ABS:
      return hashAbs<T>(a, b, last, count, bytes, keys, hashes);
    case NOT:
      return hashNot<T>(a, b, last, count, bytes, keys, hashes);
    case ADD:
      return hashAdd<T>(a, b, last, count, bytes, keys, hashes);
    case SUBTRACT:
      return hashSubtract<T>(a, b, last, count, bytes, keys, hashes);
    case MULTIPLY:
      return hashMultiply<T>(a, b, last, count, bytes, keys, hashes);
    case FLOOR_DIVIDE:
      return hashFloorDivide<T>(a, b, last, count, bytes, keys, hashes);
    case MODULO:
      return hashModulo<T>(a, b, last, count, bytes, keys, hashes);
    case MIN:
      return hashMin<T>(a, b, last, count, bytes, keys, hashes);
    case MAX:
      return hashMax<T>(a, b, last, count, bytes, keys, hashes);
    case EQUAL:
      return hashEqual<T>(a, b, last, count, bytes, keys, hashes);
    case LESS:
      return hashLess<T>(a, b, last, count, bytes, keys, hashes);
    case AND:
      return hashAnd<T>(a, b, last, count, bytes, keys, hashes);
    case OR:
      return hashOr<T>(a, b, last, count, bytes, keys, hashes);
    case XOR:
      return hashXor<T>(a, b, last, count, bytes, keys, hashes);
    default:
      return hashIf<T>(a, b, last, count, bytes, keys, hashes);
  }
}

function storeOne<T extends number>(
  op: i32, a: usize, b: usize, last: usize, out: usize, bytes: usize,
): void {
  switch (op) {
    case NEGATE:
      return storeNegate<T>(a, b, last, out, bytes);
    case ABS:
      return storeAbs<T>(a, b, last, out, bytes);
    case NOT:
      return storeNot<T>(a, b, last, out, bytes);
    case ADD:
      return storeAdd<T>(a, b, last, out, bytes);
    case SUBTRACT:
      return storeSubtract<T>(a, b, last, out, bytes);
    case MULTIPLY:
      return storeMultiply<T>(a, b, last, out, bytes);
    case FLOOR_DIVIDE:
      return storeFloorDivide<T>(a, b, last, out, bytes);
    case MODULO:
      return storeModulo<T>(a, b, last, out, bytes);
    case MIN:
      return storeMin<T>(a, b, last, out, bytes);
    case MAX:
      return storeMax<T>(a, b, last, out, bytes);
    case EQUAL:
      return storeEqual<T>(a, b, last, out, bytes);
    case LESS:
      return storeLess<T>(a, b, last, out, bytes);
    case AND:
      return storeAnd<T>(a, b, last, out, bytes);
    case OR:
      return storeOr<T>(a, b, last, out, bytes);
    case XOR:
      return storeXor<T>(a, b, last, out, bytes);
    default:
      return storeIf<T>(a, b, last, out, bytes);
  }
}

/**
 * out = op(a, b, c), which has a value on every row; `byRows` as `needsRows` says. A column that op
 * does not take may be any address. out must not overlap an argument.
 */
export function storeColumn(
  op: i32, a: usize, b: usize, c: usize, out: usize, bytes: usize, width: i32, byRows: bool,
): void {
  if (byRows) return divideRows(op == MODULO, a, b, out, bytes);
  const last = op == IF ? c : op <= NOT ? a : b;
  if (width == 32) storeOne<i32>(op, a, b, last, out, bytes);
  else storeOne<i64>(op, a, b, last, out, bytes);
}

/**
 * Hashes of op's columns for `count` candidates that differ in their last argument only: the columns
 * that follow each other from `last` on. a and b are the arguments before it, as many as op takes. All
 * candidates have a value on every row, and none `needsRows`.
 */
export function hashColumns(
  op: i32, a: usize, b: usize, last: usize, count: i32, bytes: usize, width: i32, keys: usize,
  hashes: usize,
): void {
  if (width == 32) hashEach<i32>(op, a, b, last, count, bytes, keys, hashes);
  else hashEach<i64>(op, a, b, last, count, bytes, keys, hashes);
}
