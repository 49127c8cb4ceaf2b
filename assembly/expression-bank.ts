// Bottom-up enumeration: a bank keeps one term for every column of values that was met. A candidate
// is one operator over the columns of terms in the bank; it is computed into the next free place,
// and the place is taken only when no term there has the same hash.

import {
  applyOperator, arity, boundsOf, columnBytes, columnExtent, commutes, fillColumn,
  fillMultipliers, hashColumn, high, low, OVERFLOWS, VALID,
} from "./columns";
import { arenaAt, release, reserve } from "./memory";

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
  /** Operator and arguments, i32 [capacity][4]; an operator of -1 for what was added. */
  terms: usize;
  /** u64 hash of each slot, 0 for a free one. */
  slots: usize;
  /** i32 index of the term of each slot. */
  places: usize;
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
  bank.terms = arena.take(capacity << 4);
  bank.slots = arena.take(slots << 3);
  bank.places = arena.take(slots << 2);
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

function report(candidates: i64, overflowed: i64, divided: i64, complete: f64): Float64Array {
  const numbers = new Float64Array(4);
  unchecked(numbers[0] = <f64>candidates);
  unchecked(numbers[1] = <f64>overflowed);
  unchecked(numbers[2] = <f64>divided);
  unchecked(numbers[3] = complete);
  return numbers;
}

/**
 * Applies op to every combination of terms from the ranges [aFrom, aTo), [bFrom, bTo) and
 * [cFrom, cTo), a first; the ranges that op does not take are [0, 1). Where op commutes and the
 * combination with a and b exchanged is also there, one of both is left out. Stops when a new term
 * finds the bank full. Returns the numbers of candidates, of those that overflowed, and of those
 * that divided by zero; then 1, or 0 when it stopped.
 */
export function bankApply(
  handle: usize, op: i32, aFrom: i32, aTo: i32, bFrom: i32, bTo: i32, cFrom: i32, cTo: i32,
): Float64Array {
  const bank = changetype<Bank>(handle);
  const bytes = bank.bytes;
  const width = bank.width;
  const symmetric = commutes(op);
  let candidates: i64 = 0;
  let overflowed: i64 = 0;
  let divided: i64 = 0;
  for (let a = aFrom; a < aTo; a++) {
    const boundsA = bank.bounds + (<usize>a << 4);
    const lowA = load<f64>(boundsA);
    const highA = load<f64>(boundsA, 8);
    const columnA = column(bank, a);
    const exchanged = symmetric && a >= bFrom && a < bTo;
    for (let b = bFrom; b < bTo; b++) {
      if (exchanged && b < a && b >= aFrom) continue;
      const boundsB = bank.bounds + (<usize>b << 4);
      const lowB = load<f64>(boundsB);
      const highB = load<f64>(boundsB, 8);
      for (let c = cFrom; c < cTo; c++) {
        candidates++;
        const boundsC = bank.bounds + (<usize>c << 4);
        boundsOf(op, lowA, highA, lowB, highB, load<f64>(boundsC), load<f64>(boundsC, 8));
        const next = column(bank, bank.size);
        const status = applyOperator(op, columnA, column(bank, b), column(bank, c), next, bytes, width, lowB, highB);
        if (status != VALID) {
          if (status == OVERFLOWS) overflowed++;
          else divided++;
          continue;
        }
        const hash = hashColumn(next, bytes, bank.keys);
        const slot = slotOf(bank, hash);
        if (load<u64>(bank.slots + (slot << 3)) == hash) continue;
        if (bank.size == bank.capacity) return report(candidates, overflowed, divided, 0);
        take(bank, slot, hash, op, a, arity(op) > 1 ? b : 0, arity(op) > 2 ? c : 0);
      }
    }
  }
  return report(candidates, overflowed, divided, 1);
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
