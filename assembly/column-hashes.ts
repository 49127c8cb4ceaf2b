// Hashes of columns, and of the columns of many candidates, which are computed in registers only.
//
// A hash is 64 bits that depend on every row, never 0. Each of four lanes sums its words times odd
// multipliers (multilinear hashing: Carter and Wegman 1979), and sums these sums once more: two
// columns that differ in one word of a lane always differ in the first sum, those that differ in two
// of them by little in one of both. The words of an i64 are its low half, and what its high half
// differs by from a copy of the low half's sign; the latter is 0 where the value fits into 32 bits, so
// that a column has the same hash whether it is held in 32 or in 64 bits.

import {
  ABS, ADD, AND, compute, EQUAL, FLOOR_DIVIDE, IF, LESS, MAX, MIN, MODULO, MULTIPLY, NEGATE, NOT, OR,
  SMALL_FLOOR_DIVIDE, SMALL_MODULO, SUBTRACT, XOR,
} from "./column-operators";

/** Candidates that are hashed together. */
export const BLOCK: i32 = 256;

/** Bytes of one argument's addresses in a list of candidates, with room for a vector after them. */
const LIST: usize = 1040;

/** Bytes of a list of candidates: the addresses of their first, second and third arguments. */
export const LIST_BYTES: usize = 3 * LIST;

const VECTOR: usize = 16;

/** Puts candidate number `count`, an operator on the columns at a, b and c, on a list. */
// @ts-ignore: decorator
@inline
export function putCandidate(list: usize, count: i32, a: usize, b: usize, c: usize): void {
  const at = list + (<usize>count << 2);
  store<u32>(at, <u32>a);
  store<u32>(at, <u32>b, LIST);
  store<u32>(at, <u32>c, 2 * LIST);
}

/** `putCandidate` for `more` candidates, whose arguments lie a step apart each. */
export function putCandidates(
  list: usize, count: i32, more: i32, a: usize, stepA: usize, b: usize, stepB: usize, c: usize, stepC: usize,
): void {
  const numbers = i32x4(0, 1, 2, 3);
  let x = i32x4.add(i32x4.splat(<i32>a), i32x4.mul(numbers, i32x4.splat(<i32>stepA)));
  let y = i32x4.add(i32x4.splat(<i32>b), i32x4.mul(numbers, i32x4.splat(<i32>stepB)));
  let z = i32x4.add(i32x4.splat(<i32>c), i32x4.mul(numbers, i32x4.splat(<i32>stepC)));
  const nextX = i32x4.splat(<i32>stepA << 2);
  const nextY = i32x4.splat(<i32>stepB << 2);
  const nextZ = i32x4.splat(<i32>stepC << 2);
  let at = list + (<usize>count << 2);
  const end = at + (<usize>more << 2);
  for (; at < end; at += VECTOR) {
    v128.store(at, x);
    v128.store(at, y, LIST);
    v128.store(at, z, 2 * LIST);
    x = i32x4.add(x, nextX);
    y = i32x4.add(y, nextY);
    z = i32x4.add(z, nextZ);
  }
}

/**
 * `putCandidate` for every pair of `countA` columns from a on and `countB` from b on, a step apart each,
 * a first.
 */
export function putPairs(
  list: usize, count: i32, a: usize, countA: i32, b: usize, countB: i32, step: usize,
): void {
  const firstB = i32x4.add(i32x4.splat(<i32>b), i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(<i32>step)));
  const next = i32x4.splat(<i32>step << 2);
  let end = list + (<usize>count << 2);
  for (const last = a + <usize>countA * step; a < last; a += step) {
    const x = i32x4.splat(<i32>a);
    let y = firstB;
    let at = end;
    end += <usize>countB << 2;
    for (; at < end; at += VECTOR) {
      v128.store(at, x);
      v128.store(at, y, LIST);
      y = i32x4.add(y, next);
    }
  }
}

/** Address of argument `which` of candidate number k. */
export function candidateArgument(list: usize, k: i32, which: i32): usize {
  return load<u32>(list + <usize>which * LIST + (<usize>k << 2));
}

// Products modulo 2^32 lose what differs in high bits only, so these go into the low ones too.
// @ts-ignore: decorator
@inline
function mixed(v: v128): v128 {
  return v128.xor(v, i32x4.shr_u(v, 16));
}

// @ts-ignore: decorator
@inline
function addNarrow(sum: v128, words: v128, multipliers: v128): v128 {
  return i32x4.add(sum, i32x4.mul(mixed(words), multipliers));
}

// @ts-ignore: decorator
@inline
function addWide(sum: v128, v: v128, w: v128, multipliers: v128, highMultipliers: v128): v128 {
  const words = v128.shuffle<i32>(v, w, 0, 2, 4, 6);
  const excess = i32x4.sub(v128.shuffle<i32>(v, w, 1, 3, 5, 7), i32x4.shr_s(words, 31));
  return addNarrow(addNarrow(sum, words, multipliers), excess, highMultipliers);
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

/** Hash of a column of integers of 32 or 64 bits, as described above. */
export function hashColumn(column: usize, bytes: usize, width: i32, keys: usize): u64 {
  let first = i32x4.splat(0);
  let second = first;
  const words = width == 32 ? bytes : bytes >> 1;
  const end = keys + words;
  do {
    const v = v128.load(column);
    if (width == 32) {
      first = addNarrow(first, v, v128.load(keys));
    } else {
      column += VECTOR;
      first = addWide(first, v, v128.load(column), v128.load(keys), v128.load(keys + words));
    }
    second = i32x4.add(second, first);
    column += VECTOR;
    keys += VECTOR;
  } while (keys < end);
  return finish(first, second);
}

/** Fills `bytes` with odd multipliers, one of 32 bits for each 32 bits of a column. */
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

/** The vector of results at the addresses of the arguments, or the one after it. */
// @ts-ignore: decorator
@inline
function resultAt<T extends number>(op: i32, a: usize, b: usize, c: usize, after: bool): v128 {
  const x = (after ? v128.load(a, VECTOR) : v128.load(a));
  const y = op > NOT ? (after ? v128.load(b, VECTOR) : v128.load(b)) : x;
  const z = op == IF ? (after ? v128.load(c, VECTOR) : v128.load(c)) : x;
  return compute<T>(op, x, y, z);
}

/** `hashCandidates` for columns of i32. */
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

/** `hashCandidates` for columns of i64. */
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
      f0 = addWide(f0, resultAt<i64>(op, a0, b0, c0, false), resultAt<i64>(op, a0, b0, c0, true), multipliers, highMultipliers);
      s0 = i32x4.add(s0, f0);
      f1 = addWide(f1, resultAt<i64>(op, a1, b1, c1, false), resultAt<i64>(op, a1, b1, c1, true), multipliers, highMultipliers);
      s1 = i32x4.add(s1, f1);
      f2 = addWide(f2, resultAt<i64>(op, a2, b2, c2, false), resultAt<i64>(op, a2, b2, c2, true), multipliers, highMultipliers);
      s2 = i32x4.add(s2, f2);
      f3 = addWide(f3, resultAt<i64>(op, a3, b3, c3, false), resultAt<i64>(op, a3, b3, c3, true), multipliers, highMultipliers);
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
