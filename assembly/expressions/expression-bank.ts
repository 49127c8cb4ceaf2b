// A bank keeps one term for every column of values that was met: its operator and arguments, its
// column, and the bounds of its values. A bank of i64 also holds a column of i32 for every term
// whose values fit: half the memory traffic, and twice the rows a vector.

import { high, low } from "./column-operators";
import { BLOCK, LIST_BYTES } from "./candidate-list";
import { fillMultipliers, hashColumn } from "./column-hashes";
import {
  boundsFit, columnBytes, columnExtent, fillColumn, hasZero, narrowColumn, needsRows, storeColumn,
  widenColumn,
} from "./columns";
import { Arena, draftOf, release, settle } from "../memory";

// How candidates are computed, by their bounds.
/** Some may overflow, or need division row by row. */
export const CHECKED: i32 = 0;
/** In i64. */
export const WIDE: i32 = 1;
/** In i32, as arguments and results fit. */
export const NARROW: i32 = 2;
/** In i32, and divided in f32. */
export const SMALL_DIVISION: i32 = 3;

@unmanaged
export class Bank {
  rows: i32;
  width: i32;
  capacity: i32;
  size: i32;
  /** Slots of the hash table - 1; a power of two - 1, at least twice the capacity. */
  mask: u32;
  bytes: usize;
  narrowBytes: usize;
  keys: usize;
  columns: usize;
  /** Columns of i32, of the terms whose bounds fit; the columns themselves when the width is 32. */
  narrow: usize;
  /** f64 [capacity][2] */
  bounds: usize;
  /** u8 [capacity]: whether the column has a 0. */
  zeros: usize;
  /** Operator and arguments, i32 [capacity][4]; an operator of -1 for what was added. */
  terms: usize;
  /** u64 hash of each term. */
  termHashes: usize;
  /** Hash table: for each slot i32 index of its term + 1, 0 for a free one. */
  slots: usize;
  /** Candidates that wait to be hashed, all of one kind. */
  list: usize;
  listed: i32;
  kind: i32;
  /** u64 hash of each candidate on the list. */
  hashes: usize;
  /** u32 [BLOCK][2]: how many overflowed, and divided by zero, since the list was empty. */
  skipped: usize;
  /** What is searched for, 0 when new terms are kept instead. */
  target: u64;
  targetColumn: usize;
  // of the call that runs
  op: i32;
  /** Kind of all candidates, CHECKED when it differs. */
  allKind: i32;
  candidates: i64;
  overflowed: i64;
  divided: i64;
  // the same when the list was last empty
  startCandidates: i64;
  startOverflowed: i64;
  startDivided: i64;
  /** The candidate with the target's values. */
  foundA: i32;
  foundB: i32;
  foundC: i32;
}

function layout(bank: Bank, arena: Arena): void {
  const capacity = <usize>bank.capacity;
  const slots = <usize>bank.mask + 1;
  bank.keys = arena.take(bank.bytes);
  // one more, for the candidate when all are taken
  bank.columns = arena.take((capacity + 1) * bank.bytes);
  bank.narrow = bank.width == 32 ? bank.columns : arena.take((capacity + 1) * bank.narrowBytes);
  bank.bounds = arena.take(capacity << 4);
  bank.zeros = arena.take(capacity);
  bank.terms = arena.take(capacity << 4);
  bank.termHashes = arena.take(capacity << 3);
  bank.slots = arena.take(slots << 2);
  bank.list = arena.take(LIST_BYTES);
  bank.hashes = arena.take(<usize>BLOCK << 3);
  bank.skipped = arena.take(<usize>BLOCK << 3);
  bank.targetColumn = arena.take(bank.bytes);
}

export function bankCreate(rows: i32, capacity: i32, width: i32): usize {
  const draft = draftOf<Bank>();
  draft.rows = rows;
  draft.width = width;
  draft.capacity = capacity;
  draft.kind = NARROW;
  draft.bytes = columnBytes(rows, width);
  draft.narrowBytes = columnBytes(rows, 32);
  let slots: u32 = 4;
  while (slots < 2 * <u32>capacity) slots <<= 1;
  draft.mask = slots - 1;
  // but for the slots and the keys, everything is written before it is read
  const bank = settle<Bank>(layout, false);
  memory.fill(bank.slots, 0, <usize>slots << 2);
  fillMultipliers(bank.keys, bank.bytes);
  return changetype<usize>(bank);
}

export function bankDispose(handle: usize): void {
  release(handle);
}

// @ts-ignore: decorator
@inline
export function column(bank: Bank, index: i32): usize {
  return bank.columns + <usize>index * bank.bytes;
}

// @ts-ignore: decorator
@inline
export function narrowOf(bank: Bank, index: i32): usize {
  return bank.narrow + <usize>index * bank.narrowBytes;
}

/** The slot of a hash: its own, or the free one where it belongs. */
// @ts-ignore: decorator
@inline
export function slotOf(bank: Bank, hash: u64): usize {
  let slot = <u32>hash & bank.mask;
  let index = load<i32>(bank.slots + (<usize>slot << 2)) - 1;
  while (index >= 0 && load<u64>(bank.termHashes + (<usize>index << 3)) != hash) {
    slot = (slot + 1) & bank.mask;
    index = load<i32>(bank.slots + (<usize>slot << 2)) - 1;
  }
  return <usize>slot;
}

/** Index of the term in a slot, -1 for none. */
// @ts-ignore: decorator
@inline
export function termIn(bank: Bank, slot: usize): i32 {
  return load<i32>(bank.slots + (slot << 2)) - 1;
}

/**
 * Takes the column after the last for a new term; in a bank of i64, `narrowed` says whether its
 * column of i32 is there too.
 */
export function take(
  bank: Bank, slot: usize, hash: u64, narrowed: bool, op: i32, a: i32, b: i32, c: i32,
): void {
  const index = bank.size++;
  store<u64>(bank.termHashes + (<usize>index << 3), hash);
  store<i32>(bank.slots + (slot << 2), index + 1);
  const term = bank.terms + (<usize>index << 4);
  store<i32>(term, op);
  store<i32>(term, a, 4);
  store<i32>(term, b, 8);
  store<i32>(term, c, 12);
  const values = narrowed ? narrowOf(bank, index) : column(bank, index);
  const bytes = narrowed ? bank.narrowBytes : bank.bytes;
  const width = narrowed ? 32 : bank.width;
  store<u8>(bank.zeros + <usize>index, hasZero(values, bytes, width) ? 1 : 0);
  columnExtent(values, bytes, width);
  const bounds = bank.bounds + (<usize>index << 4);
  store<f64>(bounds, low);
  store<f64>(bounds, high, 8);
  if (width == 64 && boundsFit(32)) narrowColumn(values, narrowOf(bank, index), bytes);
}

/** Index of the term with these values; a new one where there is none, -1 when the bank is full. */
export function bankAdd(handle: usize, values: Uint8Array): i32 {
  const bank = changetype<Bank>(handle);
  const next = column(bank, bank.size);
  fillColumn(next, values.dataStart, bank.rows, bank.width);
  const hash = hashColumn(next, bank.bytes, bank.width, bank.keys);
  const slot = slotOf(bank, hash);
  const index = termIn(bank, slot);
  if (index >= 0) return index;
  if (bank.size == bank.capacity) return -1;
  take(bank, slot, hash, false, -1, 0, 0, 0);
  return bank.size - 1;
}

/** Index of the term with these values, -1 for none. */
export function bankFind(handle: usize, values: Uint8Array): i32 {
  const bank = changetype<Bank>(handle);
  const next = column(bank, bank.size);
  fillColumn(next, values.dataStart, bank.rows, bank.width);
  const hash = hashColumn(next, bank.bytes, bank.width, bank.keys);
  const index = termIn(bank, slotOf(bank, hash));
  if (index < 0) return -1;
  return memory.compare(column(bank, index), next, bank.bytes) == 0 ? index : -1;
}

// @ts-ignore: decorator
@inline
export function lowOf(bank: Bank, index: i32): f64 {
  return load<f64>(bank.bounds + (<usize>index << 4));
}

// @ts-ignore: decorator
@inline
export function highOf(bank: Bank, index: i32): f64 {
  return load<f64>(bank.bounds + (<usize>index << 4), 8);
}

/** Computes op(a, b, c), which has a value on every row, into the column after the last. */
export function compose(bank: Bank, kind: i32, a: i32, b: i32, c: i32): usize {
  const next = column(bank, bank.size);
  const op = bank.op;
  if (kind >= NARROW) {
    const narrow = narrowOf(bank, bank.size);
    storeColumn(
      op, narrowOf(bank, a), narrowOf(bank, b), narrowOf(bank, c), narrow,
      bank.narrowBytes, 32, false,
    );
    if (bank.width == 64) widenColumn(narrow, next, bank.bytes);
    return next;
  }
  const byRows = needsRows(
    op, bank.width, lowOf(bank, a), highOf(bank, a), lowOf(bank, b), highOf(bank, b),
  );
  storeColumn(
    op, column(bank, a), column(bank, b), column(bank, c), next, bank.bytes, bank.width, byRows,
  );
  return next;
}

/** Operators and arguments of the terms [from, to), [to - from][4]. */
export function bankTerms(handle: usize, from: i32, to: i32): Int32Array {
  const terms = new Int32Array((to - from) << 2);
  const start = changetype<Bank>(handle).terms + (<usize>from << 4);
  memory.copy(terms.dataStart, start, terms.byteLength);
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
