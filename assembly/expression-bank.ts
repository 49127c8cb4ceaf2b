// Bottom-up enumeration: a bank keeps one term for every column of values that was met. A candidate
// is one operator over the columns of terms in the bank; it is computed into the next free place,
// and the place is taken only when no term there has the same hash.

import { arity, boundsOf, commutes, FLOOR_DIVIDE, high, low, MODULO } from "./column-operators";
import {
  boundsFit, checkColumn, columnBytes, columnExtent, fillColumn, fillMultipliers, hashColumn, hashColumns,
  hasZero, needsRows, storeColumn, VALID,
} from "./columns";
import { arenaAt, release, reserve } from "./memory";

/** Candidates that are hashed together. */
const BLOCK: i32 = 64;

@unmanaged
class Bank {
  rows: i32;
  width: i32;
  capacity: i32;
  size: i32;
  /** Slots of the hash table - 1; a power of two - 1, at least twice the capacity. */
  mask: u32;
  bytes: usize;
  keys: usize;
  columns: usize;
  /** f64 [capacity][2] */
  bounds: usize;
  /** u8 [capacity]: whether the column has a 0. */
  zeros: usize;
  /** Operator and arguments, i32 [capacity][4]; an operator of -1 for what was added. */
  terms: usize;
  /** u64 hash of each slot, 0 for a free one. */
  slots: usize;
  /** i32 index of the term of each slot. */
  places: usize;
  /** u64 hash of each candidate of the block, 0 for those without a value on every row. */
  hashes: usize;
  /** What is searched for, 0 when new terms are kept instead. */
  target: u64;
  targetColumn: usize;
  // of the call that runs
  candidates: i64;
  overflowed: i64;
  divided: i64;
  /** The candidate with the target's values. */
  foundA: i32;
  foundB: i32;
  foundC: i32;
  op: i32;
}

const BANK_BYTES: usize = offsetof<Bank>();
const draft = memory.data(offsetof<Bank>(), 16);

/** Lays a bank out from its record on; returns the size of it all. */
function layout(bank: Bank): u64 {
  const base = changetype<usize>(bank);
  const arena = arenaAt(base);
  arena.take(BANK_BYTES);
  const capacity = <usize>bank.capacity;
  const slots = <usize>bank.mask + 1;
  bank.keys = arena.take(bank.bytes);
  // one more, for the candidate when all are taken
  bank.columns = arena.take((capacity + 1) * bank.bytes);
  bank.bounds = arena.take(capacity << 4);
  bank.zeros = arena.take(capacity);
  bank.terms = arena.take(capacity << 4);
  bank.slots = arena.take(slots << 3);
  bank.places = arena.take(slots << 2);
  bank.hashes = arena.take(<usize>BLOCK << 3);
  bank.targetColumn = arena.take(bank.bytes);
  return arena.next - base;
}

export function bankCreate(rows: i32, capacity: i32, width: i32): usize {
  let bank = changetype<Bank>(draft);
  bank.rows = rows;
  bank.width = width;
  bank.capacity = capacity;
  bank.size = 0;
  bank.bytes = columnBytes(rows, width);
  let slots: u32 = 4;
  while (slots < 2 * <u32>capacity) slots <<= 1;
  bank.mask = slots - 1;
  const block = reserve(layout(bank));
  memory.copy(block, draft, BANK_BYTES);
  bank = changetype<Bank>(block);
  layout(bank);
  // everything else is written before it is read
  memory.fill(bank.slots, 0, <usize>slots << 3);
  fillMultipliers(bank.keys, bank.bytes);
  return block;
}

export function bankDispose(handle: usize): void {
  release(handle);
}

// @ts-ignore: decorator
@inline
function column(bank: Bank, index: i32): usize {
  return bank.columns + <usize>index * bank.bytes;
}

/** The slot of a hash: its own, or the free one where it belongs. */
// @ts-ignore: decorator
@inline
function slotOf(bank: Bank, hash: u64): usize {
  let slot = <u32>hash & bank.mask;
  let there = load<u64>(bank.slots + (<usize>slot << 3));
  while (there != hash && there != 0) {
    slot = (slot + 1) & bank.mask;
    there = load<u64>(bank.slots + (<usize>slot << 3));
  }
  return <usize>slot;
}

/** Takes the column after the last for a new term. */
function take(bank: Bank, slot: usize, hash: u64, op: i32, a: i32, b: i32, c: i32): void {
  const index = bank.size++;
  store<u64>(bank.slots + (slot << 3), hash);
  store<i32>(bank.places + (slot << 2), index);
  const term = bank.terms + (<usize>index << 4);
  store<i32>(term, op);
  store<i32>(term, a, 4);
  store<i32>(term, b, 8);
  store<i32>(term, c, 12);
  store<u8>(bank.zeros + <usize>index, hasZero(column(bank, index), bank.bytes, bank.width) ? 1 : 0);
  columnExtent(column(bank, index), bank.bytes, bank.width);
  const bounds = bank.bounds + (<usize>index << 4);
  store<f64>(bounds, low);
  store<f64>(bounds, high, 8);
}

/** Index of the term with these values; a new one where there is none, -1 when the bank is full. */
export function bankAdd(handle: usize, values: Uint8Array): i32 {
  const bank = changetype<Bank>(handle);
  const next = column(bank, bank.size);
  fillColumn(next, values.dataStart, bank.rows, bank.width);
  const hash = hashColumn(next, bank.bytes, bank.keys);
  const slot = slotOf(bank, hash);
  if (load<u64>(bank.slots + (slot << 3)) == hash) return load<i32>(bank.places + (slot << 2));
  if (bank.size == bank.capacity) return -1;
  take(bank, slot, hash, -1, 0, 0, 0);
  return bank.size - 1;
}

/** Index of the term with these values, -1 for none. */
export function bankFind(handle: usize, values: Uint8Array): i32 {
  const bank = changetype<Bank>(handle);
  const next = column(bank, bank.size);
  fillColumn(next, values.dataStart, bank.rows, bank.width);
  const hash = hashColumn(next, bank.bytes, bank.keys);
  const slot = slotOf(bank, hash);
  if (load<u64>(bank.slots + (slot << 3)) != hash) return -1;
  const index = load<i32>(bank.places + (slot << 2));
  return memory.compare(column(bank, index), next, bank.bytes) == 0 ? index : -1;
}

// @ts-ignore: decorator
@inline
function lowOf(bank: Bank, index: i32): f64 {
  return load<f64>(bank.bounds + (<usize>index << 4));
}

// @ts-ignore: decorator
@inline
function highOf(bank: Bank, index: i32): f64 {
  return load<f64>(bank.bounds + (<usize>index << 4), 8);
}

/** Leaves the bounds of op(a, b, c) in `low` and `high`. */
function boundTerm(bank: Bank, a: i32, b: i32, c: i32): void {
  boundsOf(
    bank.op, lowOf(bank, a), highOf(bank, a), lowOf(bank, b), highOf(bank, b), lowOf(bank, c), highOf(bank, c),
  );
}

/** Computes op(a, b, c), which has a value on every row, into the column after the last. */
function compose(bank: Bank, a: i32, b: i32, c: i32): usize {
  const next = column(bank, bank.size);
  const byRows = needsRows(
    bank.op, bank.width, lowOf(bank, a), highOf(bank, a), lowOf(bank, b), highOf(bank, b),
  );
  storeColumn(
    bank.op, column(bank, a), column(bank, b), column(bank, c), next, bank.bytes, bank.width, byRows,
  );
  return next;
}

/** Hash of the candidate op(a, b, c), which doesn't divide by zero; 0 when it overflows, which is counted. */
function hashOne(bank: Bank, a: i32, b: i32, c: i32): u64 {
  boundTerm(bank, a, b, c);
  const status = checkColumn(
    bank.op, column(bank, a), column(bank, b), bank.bytes, bank.width, lowOf(bank, b), highOf(bank, b),
  );
  if (status == VALID) return hashColumn(compose(bank, a, b, c), bank.bytes, bank.keys);
  bank.overflowed++;
  return 0;
}

/** Whether the bounds of all `count` last arguments together show that no candidate overflows. */
function blockFits(bank: Bank, a: i32, b: i32, first: i32, count: i32): bool {
  let at = bank.bounds + (<usize>first << 4);
  let least = v128.load(at);
  let most = least;
  for (let k = 1; k < count; k++) {
    at += 16;
    const v = v128.load(at);
    least = f64x2.pmin(least, v);
    most = f64x2.pmax(most, v);
  }
  const op = bank.op;
  const lowZ = f64x2.extract_lane(least, 0);
  const highZ = f64x2.extract_lane(most, 1);
  const taken = arity(op);
  const lowA = taken == 1 ? lowZ : lowOf(bank, a);
  const highA = taken == 1 ? highZ : highOf(bank, a);
  const lowB = taken == 3 ? lowOf(bank, b) : lowZ;
  const highB = taken == 3 ? highOf(bank, b) : highZ;
  boundsOf(op, lowA, highA, lowB, highB, lowZ, highZ);
  return boundsFit(bank.width) && !needsRows(op, bank.width, lowA, highA, lowB, highB);
}

/** Hashes of candidates that fit by their bounds, and whose last arguments are `count` terms. */
// @ts-ignore: decorator
@inline
function hashRun(bank: Bank, a: i32, b: i32, first: i32, count: i32): void {
  hashColumns(
    bank.op, column(bank, a), column(bank, b), column(bank, first), count, bank.bytes, bank.width,
    bank.keys, bank.hashes,
  );
}

/**
 * Candidates whose last argument is one of the terms [first, end), and a and b those before it. Keeps
 * new ones, or looks for the target. Returns false when the bank is full, or the target was found.
 */
function visit(bank: Bank, a: i32, b: i32, first: i32, end: i32): bool {
  const taken = arity(bank.op);
  const divides = bank.op == FLOOR_DIVIDE || bank.op == MODULO;
  for (; first < end; first += BLOCK) {
    const count = min(BLOCK, end - first);
    const fits = blockFits(bank, a, b, first, count);
    // most divisors have a 0 somewhere, and are left out one by one
    if (fits && !divides) hashRun(bank, a, b, first, count);
    for (let k = 0; k < count; k++) {
      const z = first + k;
      const x = taken == 1 ? z : a;
      const y = taken == 2 ? z : b;
      bank.candidates++;
      if (divides && load<u8>(bank.zeros + <usize>y)) {
        bank.divided++;
        continue;
      }
      if (fits && divides) hashRun(bank, a, b, z, 1);
      const at = divides ? 0 : <usize>k << 3;
      const hash = fits ? load<u64>(bank.hashes + at) : hashOne(bank, x, y, z);
      if (hash == 0) continue;
      if (bank.target != 0) {
        if (hash != bank.target) continue;
        const same = memory.compare(compose(bank, x, y, z), bank.targetColumn, bank.bytes) == 0;
        if (!same) continue;
        bank.foundA = x;
        bank.foundB = y;
        bank.foundC = z;
        return false;
      }
      const slot = slotOf(bank, hash);
      if (load<u64>(bank.slots + (slot << 3)) == hash) continue;
      if (bank.size == bank.capacity) return false;
      compose(bank, x, y, z);
      take(bank, slot, hash, bank.op, x, y, z);
    }
  }
  return true;
}

/** `visit` for every combination of the ranges; see bankApply. */
function visitAll(
  bank: Bank, op: i32, aFrom: i32, aTo: i32, bFrom: i32, bTo: i32, cFrom: i32, cTo: i32,
): bool {
  bank.op = op;
  bank.candidates = 0;
  bank.overflowed = 0;
  bank.divided = 0;
  const taken = arity(op);
  if (taken == 1) return visit(bank, 0, 0, aFrom, aTo);
  for (let a = aFrom; a < aTo; a++) {
    if (taken == 3) {
      for (let b = bFrom; b < bTo; b++) {
        if (!visit(bank, a, b, cFrom, cTo)) return false;
      }
    } else if (commutes(op) && a >= bFrom && a < bTo && bFrom < a) {
      // b from aFrom to a - 1 would exchange the arguments of earlier candidates
      if (!visit(bank, a, 0, bFrom, max(bFrom, aFrom)) || !visit(bank, a, 0, a, bTo)) return false;
    } else if (!visit(bank, a, 0, bFrom, bTo)) return false;
  }
  return true;
}

function report(bank: Bank, complete: bool): Float64Array {
  const numbers = new Float64Array(7);
  unchecked(numbers[0] = <f64>bank.candidates);
  unchecked(numbers[1] = <f64>bank.overflowed);
  unchecked(numbers[2] = <f64>bank.divided);
  unchecked(numbers[3] = complete ? 1 : 0);
  unchecked(numbers[4] = bank.foundA);
  unchecked(numbers[5] = bank.foundB);
  unchecked(numbers[6] = bank.foundC);
  return numbers;
}

/**
 * Applies op to every combination of terms from the ranges [aFrom, aTo), [bFrom, bTo) and
 * [cFrom, cTo), a first; ranges that op does not take are left out. Where op commutes and the
 * combination with a and b exchanged is also there, one of both is left out. Keeps new terms, and
 * stops when one finds the bank full. Returns the numbers of candidates, of those that overflowed, and
 * of those that divided by zero; then 1, or 0 when it stopped.
 */
export function bankApply(
  handle: usize, op: i32, aFrom: i32, aTo: i32, bFrom: i32, bTo: i32, cFrom: i32, cTo: i32,
): Float64Array {
  const bank = changetype<Bank>(handle);
  bank.target = 0;
  return report(bank, visitAll(bank, op, aFrom, aTo, bFrom, bTo, cFrom, cTo));
}

/**
 * As `bankApply`, but keeps nothing and stops at the first candidate with the values given. Its
 * arguments follow the four numbers.
 */
export function bankSearch(
  handle: usize, values: Uint8Array, op: i32,
  aFrom: i32, aTo: i32, bFrom: i32, bTo: i32, cFrom: i32, cTo: i32,
): Float64Array {
  const bank = changetype<Bank>(handle);
  fillColumn(bank.targetColumn, values.dataStart, bank.rows, bank.width);
  bank.target = hashColumn(bank.targetColumn, bank.bytes, bank.keys);
  return report(bank, visitAll(bank, op, aFrom, aTo, bFrom, bTo, cFrom, cTo));
}

/** Operators and arguments of the terms [from, to), [to - from][4]. */
export function bankTerms(handle: usize, from: i32, to: i32): Int32Array {
  const terms = new Int32Array((to - from) << 2);
  memory.copy(terms.dataStart, changetype<Bank>(handle).terms + (<usize>from << 4), terms.byteLength);
  return terms;
}

/** Values of a term on all rows, as bytes. */
export function bankValues(handle: usize, index: i32): Uint8Array {
  const bank = changetype<Bank>(handle);
  const values = new Uint8Array((bank.rows * bank.width) >> 3);
  memory.copy(values.dataStart, column(bank, index), values.byteLength);
  return values;
}

export function bankSize(handle: usize): i32 {
  return changetype<Bank>(handle).size;
}
