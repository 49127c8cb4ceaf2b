import type { Recurrent } from "@latticode/network";

// A network is asked the same more than once in a reading: every tolerance of the search for clouds
// begins at h_0, residuals and machines step through the same states. It answers once.

type Numbers = Float64Array | Int32Array | BigInt64Array;
type Argument = Numbers | number;

/** Calls with more numbers than this are not kept, */
const mostNumbers = 2 ** 16;
/** and of all calls no more numbers than this. */
const mostKept = 2 ** 22;

/**
 * A function that computes its result once for arguments with the same numbers in them. Results are
 * shared: nobody may change them.
 */
export function remember<Arguments extends readonly Argument[], Result>(
  compute: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  const known = new Map<number, { readonly given: readonly Argument[]; readonly result: Result }[]>();
  let kept = 0;
  return (...given) => {
    const size = given.reduce((sum: number, value) => sum + sizeOf(value), 0);
    if (size > mostNumbers) return compute(...given);
    const hash = given.reduce(hashOf, 0);
    const entries = known.get(hash) ?? [];
    const entry = entries.find((e) => e.given.every((value, i) => isSame(value, given[i])));
    if (entry) return entry.result;
    // copies, as callers may go on to change their arrays
    const copies = given.map((value) => (typeof value === "number" ? value : value.slice()));
    const result = compute(...given);
    kept += size;
    if (kept > mostKept) {
      known.clear();
      kept = size;
    }
    known.set(hash, [...(known.get(hash) ?? []), { given: copies, result }]);
    return result;
  };
}

/** A network that answers a question once; see `remember`. */
export function rememberAnswers(recurrent: Recurrent): Recurrent {
  return { ...recurrent, step: remember(recurrent.step), run: remember(recurrent.run) };
}

function sizeOf(value: Argument): number {
  return typeof value === "number" ? 1 : value.length;
}

function wordsOf(values: Numbers): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.byteLength / 4);
}

/** FNV-1a (Fowler, Noll and Vo 1991) by words of 32 bits. */
function hashOf(hash: number, value: Argument): number {
  if (typeof value === "number") return Math.imul(hash ^ value, 0x01000193);
  let result = Math.imul(hash ^ value.length, 0x01000193);
  for (const word of wordsOf(value)) result = Math.imul(result ^ word, 0x01000193);
  return result;
}

function isSame(a: Argument, b: Argument): boolean {
  if (typeof a === "number" || typeof b === "number") return a === b;
  if (a.constructor !== b.constructor || a.length !== b.length) return false;
  const [left, right] = [wordsOf(a), wordsOf(b)];
  return left.every((word, i) => word === right[i]);
}
