// The columns of the candidates on a list are hashed, four candidates at a time, without being
// stored.

import {
  ABS, ADD, AND, compute, EQUAL, FLOOR_DIVIDE, IF, LESS, MAX, MIN, MODULO, MULTIPLY, NEGATE, NOT,
  OR, SMALL_FLOOR_DIVIDE, SMALL_MODULO, SUBTRACT, XOR,
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

/**
 * The next of a candidate's first sums, by multipliers of words and, where `T` is i64, of high
 * halves.
 */
// @ts-ignore: decorator
@inline
function next<T extends number>(
  op: i32, sum: v128, a: usize, b: usize, c: usize, multipliers: v128, highMultipliers: v128,
): v128 {
  const v = resultAt<T>(op, a, b, c, false);
  if (sizeof<T>() == 4) return addNarrow(sum, v, multipliers);
  return addWide(sum, v, resultAt<T>(op, a, b, c, true), multipliers, highMultipliers);
}

/** See `hashNarrow` and `hashWide`. */
// @ts-ignore: decorator
@inline
function each<T extends number>(
  op: i32, bytes: usize, list: usize, count: i32, keys: usize, hashes: usize,
): void {
  const step = 4 * sizeof<T>();
  const words = sizeof<T>() == 4 ? bytes : bytes >> 1;
  const end = keys + words;
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
      const highMultipliers = sizeof<T>() == 4 ? multipliers : v128.load(key + words);
      f0 = next<T>(op, f0, a0, b0, c0, multipliers, highMultipliers);
      s0 = i32x4.add(s0, f0);
      f1 = next<T>(op, f1, a1, b1, c1, multipliers, highMultipliers);
      s1 = i32x4.add(s1, f1);
      f2 = next<T>(op, f2, a2, b2, c2, multipliers, highMultipliers);
      s2 = i32x4.add(s2, f2);
      f3 = next<T>(op, f3, a3, b3, c3, multipliers, highMultipliers);
      s3 = i32x4.add(s3, f3);
      a0 += step;
      a1 += step;
      a2 += step;
      a3 += step;
      if (op > NOT) b0 += step;
      if (op > NOT) b1 += step;
      if (op > NOT) b2 += step;
      if (op > NOT) b3 += step;
      if (op == IF) c0 += step;
      if (op == IF) c1 += step;
      if (op == IF) c2 += step;
      if (op == IF) c3 += step;
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

type Hash = (bytes: usize, list: usize, count: i32, keys: usize, hashes: usize) => void;

// A function for each operator, or it would be chosen anew for every vector: see columns.ts.
const narrowHashes: StaticArray<Hash> = [
  (bytes, list, count, keys, hashes) => each<i32>(NEGATE, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(ABS, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(NOT, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(ADD, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(SUBTRACT, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(MULTIPLY, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(FLOOR_DIVIDE, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(MODULO, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(MIN, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(MAX, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(EQUAL, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(LESS, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(AND, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(OR, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(XOR, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(IF, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) =>
    each<i32>(SMALL_FLOOR_DIVIDE, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i32>(SMALL_MODULO, bytes, list, count, keys, hashes),
];
const wideHashes: StaticArray<Hash> = [
  (bytes, list, count, keys, hashes) => each<i64>(NEGATE, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(ABS, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(NOT, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(ADD, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(SUBTRACT, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(MULTIPLY, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(FLOOR_DIVIDE, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(MODULO, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(MIN, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(MAX, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(EQUAL, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(LESS, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(AND, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(OR, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(XOR, bytes, list, count, keys, hashes),
  (bytes, list, count, keys, hashes) => each<i64>(IF, bytes, list, count, keys, hashes),
];

/**
 * Hashes of op's columns for the `count` candidates on a list, whose arguments are columns of
 * i32, `bytes` long. All have a value on every row. The list must go on with valid addresses up to
 * the next multiple of 4, and so will the hashes.
 */
export function hashNarrow(
  op: i32, bytes: usize, list: usize, count: i32, keys: usize, hashes: usize,
): void {
  unchecked(narrowHashes[op])(bytes, list, count, keys, hashes);
}

/** `hashNarrow` for columns of i64, of an operator that does not `needsRows`. */
export function hashWide(
  op: i32, bytes: usize, list: usize, count: i32, keys: usize, hashes: usize,
): void {
  unchecked(wideHashes[op])(bytes, list, count, keys, hashes);
}
