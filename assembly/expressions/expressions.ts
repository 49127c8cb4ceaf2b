// A stack machine for many expressions in postfix notation. Every token keeps the column that it
// leaves on top of the stack, and where the stack goes on below it. So an expression that begins
// like the one before it continues after what they share, which is nearly everything when
// expressions are enumerated in order.

import { arity, boundsOf, high, IF, low } from "./column-operators";
import { fillMultipliers, hashColumn } from "./column-hashes";
import {
  checkColumn, columnBytes, columnExtent, fillColumn, needsRows, storeColumn, VALID,
} from "./columns";
import { allocate, arenaAt, release } from "../memory";

/** What a token leaves on the stack. */
@unmanaged
class Entry {
  column: usize;
  /** Token whose column lies below this one, -1 for none. */
  below: i32;
  depth: i32;
  low: f64;
  high: f64;
}

const ENTRY_BYTES: usize = 32;

// @ts-ignore: decorator
@inline
function entry(entries: usize, token: i32): Entry {
  return changetype<Entry>(entries + <usize>token * ENTRY_BYTES);
}

/** Applies an operator token to the top of the stack. */
function applyToken(
  op: i32, entries: usize, token: i32, out: usize, bytes: usize, width: i32,
): i32 {
  const arguments = arity(op);
  const last = entry(entries, token - 1);
  const middle = arguments == 1 ? last : entry(entries, last.below);
  const a = arguments == 3 ? entry(entries, middle.below) : middle;
  const b = arguments == 3 ? middle : last;
  boundsOf(op, a.low, a.high, b.low, b.high, last.low, last.high);
  const least = low;
  const most = high;
  const status = checkColumn(op, a.column, b.column, bytes, width, b.low, b.high);
  if (status != VALID) return status;
  const byRows = needsRows(op, width, a.low, a.high, b.low, b.high);
  storeColumn(op, a.column, b.column, last.column, out, bytes, width, byRows);
  const here = entry(entries, token);
  here.column = out;
  here.low = least;
  here.high = most;
  if (!(least >= -2147483648 && most <= 2147483647)) {
    // bounds that grow with every token would have all rows of later ones checked
    columnExtent(out, bytes, width);
    here.low = low;
    here.high = high;
  }
  return VALID;
}

/**
 * Puts a token on the stack, without the column and the bounds that an operator leaves. False for a
 * token out of range or an operator without its arguments.
 */
// @ts-ignore: decorator
@inline
function push(entries: usize, leaves: usize, inputCount: i32, token: i32, code: i32): bool {
  const here = entry(entries, token);
  const depth = token > 0 ? entry(entries, token - 1).depth : 0;
  if (code >= 0) {
    if (code >= inputCount) return false;
    const leaf = entry(leaves, code);
    here.column = leaf.column;
    here.low = leaf.low;
    here.high = leaf.high;
    here.below = token - 1;
    here.depth = depth + 1;
    return true;
  }
  const op = ~code;
  const taken = arity(op);
  if (op > IF || depth < taken) return false;
  let first = token - 1;
  for (let k = 1; k < taken; k++) first = entry(entries, first).below;
  here.below = entry(entries, first).below;
  here.depth = depth - taken + 1;
  return true;
}

/**
 * Evaluates expressions: expression i is tokens[ends[i - 1]] to tokens[ends[i] - 1]; a token k >= 0
 * is input column k, a token < 0 operator ~token. inputs holds `inputCount` columns of `rows`
 * integers of `width` bits. Returns the hashes [n] u64, the statuses [n] u8 and, when `keep`, the
 * values [n][rows]; those of an expression that is not valid are 0. When a token is out of range or
 * the stack does not end with one column, returns the number of the expression, 4 bytes.
 */
export function expressionsEvaluate(
  tokens: Int32Array, ends: Int32Array, inputs: Uint8Array, inputCount: i32, rows: i32, width: i32,
  keep: bool,
): Uint8Array {
  const count = ends.length;
  const bytes = columnBytes(rows, width);
  const used = (<usize>rows * width) >> 3;
  let longest = 0;
  for (let i = 0, from = 0; i < count; i++) {
    longest = max(longest, unchecked(ends[i]) - from);
    from = unchecked(ends[i]);
  }
  const numbers = <u64>inputCount + <u64>longest;
  const size = (numbers + 1) * <u64>bytes + numbers * <u64>ENTRY_BYTES;
  const block = allocate(size);
  const arena = arenaAt(block);
  const keys = arena.take(bytes);
  const columns = arena.take(<usize>inputCount * bytes);
  const results = arena.take(<usize>longest * bytes);
  const leaves = arena.take(<usize>inputCount * ENTRY_BYTES);
  const entries = arena.take(<usize>longest * ENTRY_BYTES);
  fillMultipliers(keys, bytes);
  for (let i = 0; i < inputCount; i++) {
    const leaf = entry(leaves, i);
    leaf.column = columns + <usize>i * bytes;
    fillColumn(leaf.column, inputs.dataStart + <usize>i * used, rows, width);
    columnExtent(leaf.column, bytes, width);
    leaf.low = low;
    leaf.high = high;
  }
  // below 2^30, or the caller would not have let it through
  const result = new Uint8Array(count * 9 + (keep ? count * <i32>used : 0));
  const hashes = result.dataStart;
  const statuses = hashes + (<usize>count << 3);
  const values = statuses + <usize>count;
  let before: usize = 0;
  let beforeLength = 0;
  // of the expression before: tokens whose columns are there, and why the next one has none
  let ready = 0;
  let status = VALID;
  let from = 0;
  for (let i = 0; i < count; i++) {
    const end = unchecked(ends[i]);
    const length = end - from;
    const program = tokens.dataStart + (<usize>from << 2);
    const most = min(length, beforeLength);
    let token = 0;
    while (token < most) {
      const at = <usize>token << 2;
      if (load<i32>(program + at) != load<i32>(before + at)) break;
      token++;
    }
    if (token <= ready) {
      ready = token;
      status = VALID;
    }
    let malformed = length == 0;
    for (; token < length && !malformed; token++) {
      const code = load<i32>(program + (<usize>token << 2));
      malformed = !push(entries, leaves, inputCount, token, code);
      if (malformed || status != VALID) continue;
      if (code < 0) {
        status = applyToken(~code, entries, token, results + <usize>token * bytes, bytes, width);
      }
      if (status == VALID) ready = token + 1;
    }
    if (malformed || entry(entries, length - 1).depth != 1) {
      release(block);
      const place = new Uint8Array(4);
      store<i32>(place.dataStart, i);
      return place;
    }
    store<u8>(statuses + <usize>i, <u8>status);
    if (status == VALID) {
      const top = entry(entries, length - 1).column;
      store<u64>(hashes + (<usize>i << 3), hashColumn(top, bytes, width, keys));
      if (keep) memory.copy(values + <usize>i * used, top, used);
    }
    before = program;
    beforeLength = length;
    from = end;
  }
  release(block);
  return result;
}
