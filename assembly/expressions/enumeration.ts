// Bottom-up enumeration in a bank. A candidate is one operator over the columns of terms in the
// bank. Candidates are put on a list and hashed together; only one whose hash no term has is
// computed again, into the next free place.

import {
  arity, boundsOf, commutes, fits, FLOOR_DIVIDE, MODULO, SMALL, SMALL_FLOOR_DIVIDE, SMALL_MODULO,
} from "./column-operators";
import { hashNarrow, hashWide } from "./candidate-hashes";
import { BLOCK, candidateArgument, putCandidate, putCandidates, putPairs } from "./candidate-list";
import { hashColumn } from "./column-hashes";
import { boundsFit, checkColumn, fillColumn, needsRows, VALID } from "./columns";
import {
  Bank, CHECKED, column, compose, highOf, lowOf, NARROW, slotOf, SMALL_DIVISION, take, termIn, WIDE,
} from "./expression-bank";

/** Last arguments whose bounds are taken together, where those of all of them do not fit. */
const RUN: i32 = 64;

/** Second arguments that are few. */
const FEW: i32 = 32;

/** Leaves the bounds of op(a, b, c) in `low` and `high`. */
function boundTerm(bank: Bank, a: i32, b: i32, c: i32): void {
  boundsOf(
    bank.op, lowOf(bank, a), highOf(bank, a), lowOf(bank, b), highOf(bank, b),
    lowOf(bank, c), highOf(bank, c),
  );
}

/** Keeps a candidate whose hash is new, or compares it with the target. Returns false to stop. */
function settle(bank: Bank, kind: i32, hash: u64, a: i32, b: i32, c: i32): bool {
  if (bank.target != 0) {
    if (hash != bank.target) return true;
    const there = compose(bank, kind, a, b, c);
    if (memory.compare(there, bank.targetColumn, bank.bytes) != 0) return true;
    bank.foundA = a;
    bank.foundB = b;
    bank.foundC = c;
    return false;
  }
  const slot = slotOf(bank, hash);
  if (termIn(bank, slot) >= 0) return true;
  if (bank.size == bank.capacity) return false;
  compose(bank, kind, a, b, c);
  take(bank, slot, hash, kind >= NARROW, bank.op, a, b, c);
  return true;
}

/** The first candidate from k on that has the target's hash; `listed` or more for none. */
function nextMatch(bank: Bank, k: i32, listed: i32): i32 {
  const target = i64x2.splat(bank.target);
  let at = bank.hashes + (<usize>k << 3);
  const end = bank.hashes + (<usize>listed << 3);
  while (at < end && !v128.any_true(i64x2.eq(v128.load(at), target))) at += 16;
  if (at < end && load<u64>(at) != bank.target) at += 8;
  return <i32>((at - bank.hashes) >> 3);
}

/** Hashes and settles the candidates on the list, and empties it. Returns false to stop. */
function flush(bank: Bank): bool {
  const listed = bank.listed;
  if (listed == 0) return true;
  const list = bank.list;
  const kind = bank.kind;
  const last = listed - 1;
  const lastA = candidateArgument(list, last, 0);
  const lastB = candidateArgument(list, last, 1);
  const lastC = candidateArgument(list, last, 2);
  for (let k = listed; (k & 3) != 0; k++) putCandidate(list, k, lastA, lastB, lastC);
  if (kind == WIDE) {
    hashWide(bank.op, bank.bytes, list, listed, bank.keys, bank.hashes);
  } else {
    let op = bank.op;
    if (kind == SMALL_DIVISION) op = op == MODULO ? SMALL_MODULO : SMALL_FLOOR_DIVIDE;
    hashNarrow(op, bank.narrowBytes, list, listed, bank.keys, bank.hashes);
  }
  bank.listed = 0;
  const columns = kind == WIDE ? bank.columns : bank.narrow;
  const bytes = kind == WIDE ? bank.bytes : bank.narrowBytes;
  for (let k = 0; k < listed; k++) {
    if (bank.target != 0) {
      k = nextMatch(bank, k, listed);
      if (k >= listed) break;
    }
    const hash = load<u64>(bank.hashes + (<usize>k << 3));
    if (bank.target == 0 && termIn(bank, slotOf(bank, hash)) >= 0) continue;
    const a = <i32>((candidateArgument(list, k, 0) - columns) / bytes);
    const b = <i32>((candidateArgument(list, k, 1) - columns) / bytes);
    const c = <i32>((candidateArgument(list, k, 2) - columns) / bytes);
    if (settle(bank, kind, hash, a, b, c)) continue;
    const overflowed = <i64>load<u32>(bank.skipped + (<usize>k << 3));
    const divided = <i64>load<u32>(bank.skipped + (<usize>k << 3), 4);
    bank.overflowed = bank.startOverflowed + overflowed;
    bank.divided = bank.startDivided + divided;
    bank.candidates = bank.startCandidates + k + 1 + overflowed + divided;
    return false;
  }
  return true;
}

/** The counts before a candidate that is put on the list next, as they are in `skipped`. */
// @ts-ignore: decorator
@inline
function skippedNow(bank: Bank): u64 {
  const divided = <u64>(bank.divided - bank.startDivided);
  return <u64>(bank.overflowed - bank.startOverflowed) | (divided << 32);
}

/** Makes the list ready for a candidate of a kind. Returns false to stop. */
function open(bank: Bank, kind: i32): bool {
  if ((bank.listed == BLOCK || bank.kind != kind) && !flush(bank)) return false;
  bank.kind = kind;
  if (bank.listed == 0) {
    bank.startCandidates = bank.candidates;
    bank.startOverflowed = bank.overflowed;
    bank.startDivided = bank.divided;
    memory.fill(bank.skipped, 0, <usize>BLOCK << 3);
  }
  return true;
}

/**
 * Kind of candidates whose arguments lie in the bounds given; those that op doesn't take are
 * ignored.
 */
function kindOf(
  bank: Bank, lowA: f64, highA: f64, lowB: f64, highB: f64, lowC: f64, highC: f64,
): i32 {
  const op = bank.op;
  const taken = arity(op);
  const least = min(lowA, min(taken >= 2 ? lowB : lowA, taken == 3 ? lowC : lowA));
  const most = max(highA, max(taken >= 2 ? highB : highA, taken == 3 ? highC : highA));
  boundsOf(op, lowA, highA, lowB, highB, lowC, highC);
  if (fits<i32>(least, most) && boundsFit(32)) {
    const divides = op == FLOOR_DIVIDE || op == MODULO;
    return divides && least >= -SMALL && most <= SMALL ? SMALL_DIVISION : NARROW;
  }
  if (bank.width == 32 || !boundsFit(64)) return CHECKED;
  return needsRows(op, 64, lowA, highA, lowB, highB) ? CHECKED : WIDE;
}

/** Leaves the bounds of the terms [first, end) in `least` and `most`. */
let least: f64 = 0;
let most: f64 = 0;
function boundRange(bank: Bank, first: i32, end: i32): void {
  if (first >= end) {
    least = 0;
    most = 0;
    return;
  }
  let lows = v128.load(bank.bounds + (<usize>first << 4));
  let highs = lows;
  for (let k = first + 1; k < end; k++) {
    const v = v128.load(bank.bounds + (<usize>k << 4));
    lows = f64x2.pmin(lows, v);
    highs = f64x2.pmax(highs, v);
  }
  least = f64x2.extract_lane(lows, 0);
  most = f64x2.extract_lane(highs, 1);
}

/** Lists candidates of one kind that have a value on every row unless they divide by zero. */
function visitRun(bank: Bank, kind: i32, a: i32, b: i32, first: i32, end: i32): bool {
  const op = bank.op;
  const taken = arity(op);
  const divides = op == FLOOR_DIVIDE || op == MODULO;
  const columns = kind == WIDE ? bank.columns : bank.narrow;
  const bytes = kind == WIDE ? bank.bytes : bank.narrowBytes;
  const x = columns + <usize>a * bytes;
  const y = columns + <usize>b * bytes;
  while (first < end) {
    if (!open(bank, kind)) return false;
    const before = bank.listed;
    const count = min(end - first, BLOCK - before);
    const list = bank.list;
    let z = columns + <usize>first * bytes;
    bank.candidates += count;
    let skipped = skippedNow(bank);
    if (divides) {
      let k = before;
      const zeros = bank.zeros + <usize>first;
      for (let i = 0; i < count; i++) {
        // most divisors have a 0 somewhere, so the next one often takes the place of this
        const zero = <u64>load<u8>(zeros + <usize>i);
        putCandidate(list, k, x, z, z);
        store<u64>(bank.skipped + (<usize>k << 3), skipped);
        skipped += zero << 32;
        k += 1 - <i32>zero;
        z += bytes;
      }
      bank.divided = bank.startDivided + <i64>(skipped >> 32);
      bank.listed = k;
    } else {
      putCandidates(
        list, before, count, taken == 1 ? z : x, taken == 1 ? bytes : 0,
        taken == 2 ? z : y, taken == 2 ? bytes : 0, z, bytes,
      );
      if (skipped != 0) {
        for (let i = before; i < before + count; i++) {
          store<u64>(bank.skipped + (<usize>i << 3), skipped);
        }
      }
      bank.listed = before + count;
    }
    first += count;
  }
  return true;
}

/** `visitRun` for every a of a range and a few b, where none divides, with less work for each a. */
function visitPairs(bank: Bank, kind: i32, aFrom: i32, aTo: i32, bFrom: i32, bTo: i32): bool {
  const columns = kind == WIDE ? bank.columns : bank.narrow;
  const bytes = kind == WIDE ? bank.bytes : bank.narrowBytes;
  const countB = bTo - bFrom;
  while (aFrom < aTo) {
    if (bank.listed + countB > BLOCK && !flush(bank)) return false;
    if (!open(bank, kind)) return false;
    const countA = min((BLOCK - bank.listed) / countB, aTo - aFrom);
    const a = columns + <usize>aFrom * bytes;
    putPairs(bank.list, bank.listed, a, countA, columns + <usize>bFrom * bytes, countB, bytes);
    bank.listed += countA * countB;
    bank.candidates += countA * countB;
    aFrom += countA;
  }
  return true;
}

/** As `visitRun`, one by one, for candidates that may overflow. */
function visitChecked(bank: Bank, a: i32, b: i32, first: i32, end: i32): bool {
  const op = bank.op;
  const taken = arity(op);
  const divides = op == FLOOR_DIVIDE || op == MODULO;
  const kind = bank.width == 32 ? NARROW : WIDE;
  for (; first < end; first++) {
    if (!open(bank, kind)) return false;
    const x = taken == 1 ? first : a;
    const y = taken == 2 ? first : b;
    bank.candidates++;
    if (divides && load<u8>(bank.zeros + <usize>y)) {
      bank.divided++;
      continue;
    }
    boundTerm(bank, x, y, first);
    const status = checkColumn(
      op, column(bank, x), column(bank, y), bank.bytes, bank.width, lowOf(bank, y), highOf(bank, y),
    );
    if (status != VALID) {
      bank.overflowed++;
      continue;
    }
    const byRows = needsRows(
      op, bank.width, lowOf(bank, x), highOf(bank, x), lowOf(bank, y), highOf(bank, y),
    );
    if (byRows) {
      if (!flush(bank)) return false;
      const hash = hashColumn(compose(bank, kind, x, y, first), bank.bytes, bank.width, bank.keys);
      if (!settle(bank, kind, hash, x, y, first)) return false;
      continue;
    }
    store<u64>(bank.skipped + (<usize>bank.listed << 3), skippedNow(bank));
    // columns as wide as the bank
    putCandidate(bank.list, bank.listed++, column(bank, x), column(bank, y), column(bank, first));
  }
  return true;
}

/** Candidates whose last argument is one of the terms [first, end), and a and b those before it. */
function visit(bank: Bank, a: i32, b: i32, first: i32, end: i32): bool {
  if (bank.allKind != CHECKED) return visitRun(bank, bank.allKind, a, b, first, end);
  const taken = arity(bank.op);
  for (; first < end; first += RUN) {
    const last = min(first + RUN, end);
    boundRange(bank, first, last);
    const lowA = taken == 1 ? least : lowOf(bank, a);
    const highA = taken == 1 ? most : highOf(bank, a);
    const lowB = taken == 3 ? lowOf(bank, b) : least;
    const highB = taken == 3 ? highOf(bank, b) : most;
    const kind = kindOf(bank, lowA, highA, lowB, highB, least, most);
    const go = kind == CHECKED
      ? visitChecked(bank, a, b, first, last)
      : visitRun(bank, kind, a, b, first, last);
    if (!go) return false;
  }
  return true;
}

/** `visit` for every combination of the ranges; see bankApply. */
function visitAll(
  bank: Bank, op: i32, aFrom: i32, aTo: i32, bFrom: i32, bTo: i32, cFrom: i32, cTo: i32,
): bool {
  bank.op = op;
  bank.listed = 0;
  bank.candidates = 0;
  bank.overflowed = 0;
  bank.divided = 0;
  boundRange(bank, aFrom, aTo);
  const lowA = least;
  const highA = most;
  boundRange(bank, bFrom, bTo);
  const lowB = least;
  const highB = most;
  boundRange(bank, cFrom, cTo);
  const kind = kindOf(bank, lowA, highA, lowB, highB, least, most);
  // where not all is narrow, some runs of it may still be
  bank.allKind = kind >= NARROW ? kind : CHECKED;
  const taken = arity(op);
  if (taken == 1) return visit(bank, 0, 0, aFrom, aTo) && flush(bank);
  const few = bTo > bFrom && bTo - bFrom <= FEW;
  const apart = !commutes(op) || aTo <= bFrom || aFrom >= bTo;
  if (taken == 2 && few && apart && kind == NARROW && op != FLOOR_DIVIDE && op != MODULO) {
    return visitPairs(bank, kind, aFrom, aTo, bFrom, bTo) && flush(bank);
  }
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
  return flush(bank);
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
 * stops when one finds the bank full. Returns the numbers of candidates, of those that overflowed,
 * and of those that divided by zero; then 1, or 0 when it stopped.
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
  bank.target = hashColumn(bank.targetColumn, bank.bytes, bank.width, bank.keys);
  return report(bank, visitAll(bank, op, aFrom, aTo, bFrom, bTo, cFrom, cTo));
}
