// Columns hold the value of an expression on every row, i32 or i64, padded to a multiple of four
// rows with copies of the first row, so that padding never divides by zero or overflows where no
// row does. Results are exact: bounds that interval arithmetic carries along decide whether SIMD
// that wraps can compute a column, or every row needs a check.

import {
  ABS, ADD, AND, compute, dividesExactly, EQUAL, fits, FLOOR_DIVIDE, high, IF, LESS, low, MAX, MIN,
  MODULO, MULTIPLY, NEGATE, NOT, OR, setBounds, SUBTRACT, XOR,
} from "./column-operators";

export const VALID: i32 = 0;
export const OVERFLOWS: i32 = 1;
export const DIVIDES_BY_ZERO: i32 = 2;

const VECTOR: usize = 16;

/** Bytes of a column of `rows` integers of `width` bits. */
export function columnBytes(rows: i32, width: i32): usize {
  return ((<usize>rows + 3) & ~3) * (<usize>width >> 3);
}

/** Copies `rows` integers into a column and pads it. */
export function fillColumn(column: usize, values: usize, rows: i32, width: i32): void {
  const item = <usize>(width >> 3);
  const used = <usize>rows * item;
  memory.copy(column, values, used);
  const bytes = columnBytes(rows, width);
  for (let at = used; at < bytes; at += item) memory.copy(column + at, values, item);
}

/** Copies a column of i32 into one of i64; `bytes` of the latter. */
export function widenColumn(narrow: usize, wide: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    v128.store(wide + at, i64x2.extend_low_i32x4_s(v128.load64_zero(narrow + (at >> 1))));
  }
}

/** Copies a column of i64 that fit into i32 into one of i32; `bytes` of the former. */
export function narrowColumn(wide: usize, narrow: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 2 * VECTOR) {
    const words = v128.shuffle<i32>(v128.load(wide + at), v128.load(wide + at, VECTOR), 0, 2, 4, 6);
    v128.store(narrow + (at >> 1), words);
  }
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
  const divides = op == FLOOR_DIVIDE || op == MODULO;
  if (divides && lowB <= 0 && highB >= 0 && containsZero<T>(b, bytes)) return DIVIDES_BY_ZERO;
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

// @ts-ignore: decorator
@inline
function storeVector<T extends number>(op: i32, a: usize, b: usize, c: usize, out: usize): void {
  const x = v128.load(a);
  const y = op > NOT ? v128.load(b) : x;
  const z = op == IF ? v128.load(c) : x;
  v128.store(out, compute<T>(op, x, y, z));
}

/** out = op(a, b, c) */
// @ts-ignore: decorator
@inline
function each<T extends number>(
  op: i32, a: usize, b: usize, c: usize, out: usize, bytes: usize,
): void {
  const end = out + bytes;
  // in rounds of two vectors, and at most one more
  if ((bytes & VECTOR) != 0) {
    storeVector<T>(op, a, b, c, out);
    a += VECTOR;
    if (op > NOT) b += VECTOR;
    if (op == IF) c += VECTOR;
    out += VECTOR;
  }
  while (out < end) {
    storeVector<T>(op, a, b, c, out);
    storeVector<T>(op, a + VECTOR, b + VECTOR, c + VECTOR, out + VECTOR);
    a += 2 * VECTOR;
    if (op > NOT) b += 2 * VECTOR;
    if (op == IF) c += 2 * VECTOR;
    out += 2 * VECTOR;
  }
}

// A function for each operator: one with a switch over the loops has their ends folded together by
// the optimiser, and the operator chosen anew for every vector (5 ns instead of 1). A table of
// functions takes 6 ns longer a column than this switch.
function storeNegate<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(NEGATE, a, b, c, out, bytes);
}
function storeAbs<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(ABS, a, b, c, out, bytes);
}
function storeNot<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(NOT, a, b, c, out, bytes);
}
function storeAdd<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(ADD, a, b, c, out, bytes);
}
function storeSubtract<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(SUBTRACT, a, b, c, out, bytes);
}
function storeMultiply<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(MULTIPLY, a, b, c, out, bytes);
}
function storeFloorDivide<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(FLOOR_DIVIDE, a, b, c, out, bytes);
}
function storeModulo<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(MODULO, a, b, c, out, bytes);
}
function storeMin<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(MIN, a, b, c, out, bytes);
}
function storeMax<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(MAX, a, b, c, out, bytes);
}
function storeEqual<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(EQUAL, a, b, c, out, bytes);
}
function storeLess<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(LESS, a, b, c, out, bytes);
}
function storeAnd<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(AND, a, b, c, out, bytes);
}
function storeOr<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(OR, a, b, c, out, bytes);
}
function storeXor<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(XOR, a, b, c, out, bytes);
}
function storeIf<T>(a: usize, b: usize, c: usize, out: usize, bytes: usize): void {
  each<T>(IF, a, b, c, out, bytes);
}

function storeOne<T extends number>(
  op: i32, a: usize, b: usize, c: usize, out: usize, bytes: usize,
): void {
  switch (op) {
    case NEGATE:
      return storeNegate<T>(a, b, c, out, bytes);
    case ABS:
      return storeAbs<T>(a, b, c, out, bytes);
    case NOT:
      return storeNot<T>(a, b, c, out, bytes);
    case ADD:
      return storeAdd<T>(a, b, c, out, bytes);
    case SUBTRACT:
      return storeSubtract<T>(a, b, c, out, bytes);
    case MULTIPLY:
      return storeMultiply<T>(a, b, c, out, bytes);
    case FLOOR_DIVIDE:
      return storeFloorDivide<T>(a, b, c, out, bytes);
    case MODULO:
      return storeModulo<T>(a, b, c, out, bytes);
    case MIN:
      return storeMin<T>(a, b, c, out, bytes);
    case MAX:
      return storeMax<T>(a, b, c, out, bytes);
    case EQUAL:
      return storeEqual<T>(a, b, c, out, bytes);
    case LESS:
      return storeLess<T>(a, b, c, out, bytes);
    case AND:
      return storeAnd<T>(a, b, c, out, bytes);
    case OR:
      return storeOr<T>(a, b, c, out, bytes);
    case XOR:
      return storeXor<T>(a, b, c, out, bytes);
    default:
      return storeIf<T>(a, b, c, out, bytes);
  }
}

/**
 * out = op(a, b, c), which has a value on every row; `byRows` as `needsRows` says. A column that op
 * does not take may be any address. out must not overlap an argument.
 */
export function storeColumn(
  op: i32, a: usize, b: usize, c: usize, out: usize, bytes: usize, width: i32, byRows: bool,
): void {
  if (byRows) divideRows(op == MODULO, a, b, out, bytes);
  else if (width == 32) storeOne<i32>(op, a, b, c, out, bytes);
  else storeOne<i64>(op, a, b, c, out, bytes);
}
