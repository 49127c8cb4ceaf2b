// The columns of the candidates on a list are hashed, four candidates at a time, without being stored.

import {
  ABS, ADD, AND, compute, EQUAL, FLOOR_DIVIDE, IF, LESS, MAX, MIN, MODULO, MULTIPLY, NEGATE, NOT, OR,
  SMALL_FLOOR_DIVIDE, SMALL_MODULO, SUBTRACT, XOR,
} from "./column-operators";
import { LIST } from "./candidate-list";
import { addNarrow, addWide, finish } from "./column-hashes";

const VECTOR: usize = 16;

/** The vector of results at the addresses of the arguments, or the one after it. */
// @ts-ignore: decorator
@inline
function resultAt<T extends number>(op: i32, a: usize, b: usize, c: usize, after: bool): v128 {
  const x = (after ? v128.load(a, VECTOR) : v128.load(a));
  const y = op > NOT ? (after ? v128.load(b, VECTOR) : v128.load(b)) : x;
  const z = op == IF ? (after ? v128.load(c, VECTOR) : v128.load(c)) : x;
  return compute<T>(op, x, y, z);
}

/** See `hashNarrow`. */
// @ts-ignore: decorator
@inline
function eachNarrow(
  op: i32, bytes: usize, list: usize, count: i32, keys: usize, hashes: usize,
): void {
  const end = keys + bytes;
  for (let k = 0; k < count; k += 4) {
    let a0 = load<u32>(list);
    let a1 = load<u32>(list, 4);
    let a2 = load<u32>(list, 8);
    let a3 = load<u32>(list, 12);
    let b0 = op > NOT ? load<u32>(list, LIST) : a0;
    let b1 = op > NOT ? load<u32>(list, LIST + 4) : a1;
    let b2 = op > NOT ? load<u32>(list, LIST + 8) : a2;
    let b3 = op > NOT ? load<u32>(list, LIST + 12) : a3;
    let c0 = op == IF ? load<u32>(list, 2 * LIST) : a0;
    let c1 = op == IF ? load<u32>(list, 2 * LIST + 4) : a1;
    let c2 = op == IF ? load<u32>(list, 2 * LIST + 8) : a2;
    let c3 = op == IF ? load<u32>(list, 2 * LIST + 12) : a3;
    let f0 = i32x4.splat(0);
    let s0 = f0;
    let f1 = i32x4.splat(0);
    let s1 = f1;
    let f2 = i32x4.splat(0);
    let s2 = f2;
    let f3 = i32x4.splat(0);
    let s3 = f3;
    let key = keys;
    do {
      const multipliers = v128.load(key);
      f0 = addNarrow(f0, resultAt<i32>(op, a0, b0, c0, false), multipliers);
      s0 = i32x4.add(s0, f0);
      f1 = addNarrow(f1, resultAt<i32>(op, a1, b1, c1, false), multipliers);
      s1 = i32x4.add(s1, f1);
      f2 = addNarrow(f2, resultAt<i32>(op, a2, b2, c2, false), multipliers);
      s2 = i32x4.add(s2, f2);
      f3 = addNarrow(f3, resultAt<i32>(op, a3, b3, c3, false), multipliers);
      s3 = i32x4.add(s3, f3);
      a0 += VECTOR;
      a1 += VECTOR;
      a2 += VECTOR;
      a3 += VECTOR;
      if (op > NOT) b0 += VECTOR;
      if (op > NOT) b1 += VECTOR;
      if (op > NOT) b2 += VECTOR;
      if (op > NOT) b3 += VECTOR;
      if (op == IF) c0 += VECTOR;
      if (op == IF) c1 += VECTOR;
      if (op == IF) c2 += VECTOR;
      if (op == IF) c3 += VECTOR;
      key += VECTOR;
    } while (key < end);
    store<u64>(hashes, finish(f0, s0));
    store<u64>(hashes, finish(f1, s1), 8);
    store<u64>(hashes, finish(f2, s2), 16);
    store<u64>(hashes, finish(f3, s3), 24);
    list += 16;
    hashes += 32;
  }
}

/** See `hashWide`. */
// @ts-ignore: decorator
@inline
function eachWide(
  op: i32, bytes: usize, list: usize, count: i32, keys: usize, hashes: usize,
): void {
  const end = keys + (bytes >> 1);
  for (let k = 0; k < count; k += 4) {
    let a0 = load<u32>(list);
    let a1 = load<u32>(list, 4);
    let a2 = load<u32>(list, 8);
    let a3 = load<u32>(list, 12);
    let b0 = op > NOT ? load<u32>(list, LIST) : a0;
    let b1 = op > NOT ? load<u32>(list, LIST + 4) : a1;
    let b2 = op > NOT ? load<u32>(list, LIST + 8) : a2;
    let b3 = op > NOT ? load<u32>(list, LIST + 12) : a3;
    let c0 = op == IF ? load<u32>(list, 2 * LIST) : a0;
    let c1 = op == IF ? load<u32>(list, 2 * LIST + 4) : a1;
    let c2 = op == IF ? load<u32>(list, 2 * LIST + 8) : a2;
    let c3 = op == IF ? load<u32>(list, 2 * LIST + 12) : a3;
    let f0 = i32x4.splat(0);
    let s0 = f0;
    let f1 = i32x4.splat(0);
    let s1 = f1;
    let f2 = i32x4.splat(0);
    let s2 = f2;
    let f3 = i32x4.splat(0);
    let s3 = f3;
    let key = keys;
    do {
      const multipliers = v128.load(key);
      const highMultipliers = v128.load(key + (end - keys));
      const v0 = resultAt<i64>(op, a0, b0, c0, false);
      const w0 = resultAt<i64>(op, a0, b0, c0, true);
      f0 = addWide(f0, v0, w0, multipliers, highMultipliers);
      s0 = i32x4.add(s0, f0);
      const v1 = resultAt<i64>(op, a1, b1, c1, false);
      const w1 = resultAt<i64>(op, a1, b1, c1, true);
      f1 = addWide(f1, v1, w1, multipliers, highMultipliers);
      s1 = i32x4.add(s1, f1);
      const v2 = resultAt<i64>(op, a2, b2, c2, false);
      const w2 = resultAt<i64>(op, a2, b2, c2, true);
      f2 = addWide(f2, v2, w2, multipliers, highMultipliers);
      s2 = i32x4.add(s2, f2);
      const v3 = resultAt<i64>(op, a3, b3, c3, false);
      const w3 = resultAt<i64>(op, a3, b3, c3, true);
      f3 = addWide(f3, v3, w3, multipliers, highMultipliers);
      s3 = i32x4.add(s3, f3);
      a0 += 2 * VECTOR;
      a1 += 2 * VECTOR;
      a2 += 2 * VECTOR;
      a3 += 2 * VECTOR;
      if (op > NOT) b0 += 2 * VECTOR;
      if (op > NOT) b1 += 2 * VECTOR;
      if (op > NOT) b2 += 2 * VECTOR;
      if (op > NOT) b3 += 2 * VECTOR;
      if (op == IF) c0 += 2 * VECTOR;
      if (op == IF) c1 += 2 * VECTOR;
      if (op == IF) c2 += 2 * VECTOR;
      if (op == IF) c3 += 2 * VECTOR;
      key += VECTOR;
    } while (key < end);
    store<u64>(hashes, finish(f0, s0));
    store<u64>(hashes, finish(f1, s1), 8);
    store<u64>(hashes, finish(f2, s2), 16);
    store<u64>(hashes, finish(f3, s3), 24);
    list += 16;
    hashes += 32;
  }
}

// A function for each operator, or it would be chosen anew for every vector: see columns.ts.
function hashNarrowNegate(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(NEGATE, bytes, list, count, keys, hashes);
}
function hashNarrowAbs(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(ABS, bytes, list, count, keys, hashes);
}
function hashNarrowNot(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(NOT, bytes, list, count, keys, hashes);
}
function hashNarrowAdd(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(ADD, bytes, list, count, keys, hashes);
}
function hashNarrowSubtract(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(SUBTRACT, bytes, list, count, keys, hashes);
}
function hashNarrowMultiply(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(MULTIPLY, bytes, list, count, keys, hashes);
}
function hashNarrowFloorDivide(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(FLOOR_DIVIDE, bytes, list, count, keys, hashes);
}
function hashNarrowModulo(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(MODULO, bytes, list, count, keys, hashes);
}
function hashNarrowSmallFloorDivide(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(SMALL_FLOOR_DIVIDE, bytes, list, count, keys, hashes);
}
function hashNarrowSmallModulo(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(SMALL_MODULO, bytes, list, count, keys, hashes);
}
function hashNarrowMin(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(MIN, bytes, list, count, keys, hashes);
}
function hashNarrowMax(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(MAX, bytes, list, count, keys, hashes);
}
function hashNarrowEqual(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(EQUAL, bytes, list, count, keys, hashes);
}
function hashNarrowLess(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(LESS, bytes, list, count, keys, hashes);
}
function hashNarrowAnd(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(AND, bytes, list, count, keys, hashes);
}
function hashNarrowOr(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(OR, bytes, list, count, keys, hashes);
}
function hashNarrowXor(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(XOR, bytes, list, count, keys, hashes);
}
function hashNarrowIf(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachNarrow(IF, bytes, list, count, keys, hashes);
}
function hashWideNegate(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(NEGATE, bytes, list, count, keys, hashes);
}
function hashWideAbs(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(ABS, bytes, list, count, keys, hashes);
}
function hashWideNot(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(NOT, bytes, list, count, keys, hashes);
}
function hashWideAdd(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(ADD, bytes, list, count, keys, hashes);
}
function hashWideSubtract(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(SUBTRACT, bytes, list, count, keys, hashes);
}
function hashWideMultiply(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(MULTIPLY, bytes, list, count, keys, hashes);
}
function hashWideFloorDivide(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(FLOOR_DIVIDE, bytes, list, count, keys, hashes);
}
function hashWideModulo(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(MODULO, bytes, list, count, keys, hashes);
}
function hashWideMin(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(MIN, bytes, list, count, keys, hashes);
}
function hashWideMax(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(MAX, bytes, list, count, keys, hashes);
}
function hashWideEqual(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(EQUAL, bytes, list, count, keys, hashes);
}
function hashWideLess(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(LESS, bytes, list, count, keys, hashes);
}
function hashWideAnd(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(AND, bytes, list, count, keys, hashes);
}
function hashWideOr(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(OR, bytes, list, count, keys, hashes);
}
function hashWideXor(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(XOR, bytes, list, count, keys, hashes);
}
function hashWideIf(bytes: usize, list: usize, count: i32, keys: usize, hashes: usize): void {
  eachWide(IF, bytes, list, count, keys, hashes);
}

/**
 * Hashes of op's columns for the `count` candidates on a list, whose arguments are columns of
 * i32, `bytes` long. All have a value on every row. The list must go on with valid addresses up to the
 * next multiple of 4, and so will the hashes.
 */
export function hashNarrow(
  op: i32, bytes: usize, list: usize, count: i32, keys: usize, hashes: usize,
): void {
  switch (op) {
    case NEGATE:
      return hashNarrowNegate(bytes, list, count, keys, hashes);
    case ABS:
      return hashNarrowAbs(bytes, list, count, keys, hashes);
    case NOT:
      return hashNarrowNot(bytes, list, count, keys, hashes);
    case ADD:
      return hashNarrowAdd(bytes, list, count, keys, hashes);
    case SUBTRACT:
      return hashNarrowSubtract(bytes, list, count, keys, hashes);
    case MULTIPLY:
      return hashNarrowMultiply(bytes, list, count, keys, hashes);
    case FLOOR_DIVIDE:
      return hashNarrowFloorDivide(bytes, list, count, keys, hashes);
    case MODULO:
      return hashNarrowModulo(bytes, list, count, keys, hashes);
    case SMALL_FLOOR_DIVIDE:
      return hashNarrowSmallFloorDivide(bytes, list, count, keys, hashes);
    case SMALL_MODULO:
      return hashNarrowSmallModulo(bytes, list, count, keys, hashes);
    case MIN:
      return hashNarrowMin(bytes, list, count, keys, hashes);
    case MAX:
      return hashNarrowMax(bytes, list, count, keys, hashes);
    case EQUAL:
      return hashNarrowEqual(bytes, list, count, keys, hashes);
    case LESS:
      return hashNarrowLess(bytes, list, count, keys, hashes);
    case AND:
      return hashNarrowAnd(bytes, list, count, keys, hashes);
    case OR:
      return hashNarrowOr(bytes, list, count, keys, hashes);
    case XOR:
      return hashNarrowXor(bytes, list, count, keys, hashes);
    default:
      return hashNarrowIf(bytes, list, count, keys, hashes);
  }
}

/**
 * Hashes of op's columns for the `count` candidates on a list, whose arguments are columns of
 * i64, `bytes` long. All have a value on every row. The list must go on with valid addresses up to the
 * next multiple of 4, and so will the hashes. None `needsRows`.
 */
export function hashWide(
  op: i32, bytes: usize, list: usize, count: i32, keys: usize, hashes: usize,
): void {
  switch (op) {
    case NEGATE:
      return hashWideNegate(bytes, list, count, keys, hashes);
    case ABS:
      return hashWideAbs(bytes, list, count, keys, hashes);
    case NOT:
      return hashWideNot(bytes, list, count, keys, hashes);
    case ADD:
      return hashWideAdd(bytes, list, count, keys, hashes);
    case SUBTRACT:
      return hashWideSubtract(bytes, list, count, keys, hashes);
    case MULTIPLY:
      return hashWideMultiply(bytes, list, count, keys, hashes);
    case FLOOR_DIVIDE:
      return hashWideFloorDivide(bytes, list, count, keys, hashes);
    case MODULO:
      return hashWideModulo(bytes, list, count, keys, hashes);
    case MIN:
      return hashWideMin(bytes, list, count, keys, hashes);
    case MAX:
      return hashWideMax(bytes, list, count, keys, hashes);
    case EQUAL:
      return hashWideEqual(bytes, list, count, keys, hashes);
    case LESS:
      return hashWideLess(bytes, list, count, keys, hashes);
    case AND:
      return hashWideAnd(bytes, list, count, keys, hashes);
    case OR:
      return hashWideOr(bytes, list, count, keys, hashes);
    case XOR:
      return hashWideXor(bytes, list, count, keys, hashes);
    default:
      return hashWideIf(bytes, list, count, keys, hashes);
  }
}
