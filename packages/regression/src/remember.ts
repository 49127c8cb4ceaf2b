import type { Kernels } from "@latticode/kernels";
import type { Recurrent } from "@latticode/network";

// A reading asks the same more than once: every tolerance of the search for clouds of states begins
// at h_0, thresholds of the lattice search that lie close reduce the same vectors. It is answered
// once.

type Numbers = Float64Array | Int32Array | BigInt64Array;
type Comparable = Numbers | number | string | undefined;

/** Calls with more numbers than this are not kept, */
const mostNumbers = 2 ** 17;
/** and of all calls no more numbers than this. */
const mostKept = 2 ** 22;

/**
 * A function that computes its result once for equal arguments: of the same numbers, bit by bit.
 * Results are shared, so nobody may change them.
 */
export function remember<Arguments extends readonly unknown[], Result>(
  compute: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  interface Call {
    readonly given: readonly Comparable[];
    readonly result: Result;
  }
  const known = new Map<number, Call[]>();
  let kept = 0;
  return (...all) => {
    const given = all.map(comparable);
    const size = given.reduce((sum: number, value) => sum + sizeOf(value), 0);
    if (size > mostNumbers) return compute(...all);
    const hash = given.reduce(hashWith, 0);
    const entry = known
      .get(hash)
      ?.find((e) => e.given.every((value, i) => isSame(value, given[i])));
    if (entry) return entry.result;
    // copies, as callers may go on to change their arrays
    const copies = given.map((value) => (typeof value === "object" ? value.slice() : value));
    const result = compute(...all);
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

/** Kernels that compute once what a reading asks of them often; see `remember`. */
export function rememberResults(kernels: Kernels): Kernels {
  const { leastSquares, symmetricEigen, lll, descriptionLength, elementary, refinePartition } =
    kernels;
  return {
    ...kernels,
    leastSquares: remember(leastSquares),
    symmetricEigen: remember(symmetricEigen),
    lll: remember(lll),
    descriptionLength: remember(descriptionLength),
    elementary: remember(elementary),
    refinePartition: remember(refinePartition),
  };
}

/** Arrays of numbers and single values as they are, options as text. */
function comparable(value: unknown): Comparable {
  const isOptions = typeof value === "object" && !ArrayBuffer.isView(value);
  return isOptions ? JSON.stringify(value) : (value as Comparable);
}

function sizeOf(value: Comparable): number {
  return typeof value === "object" ? value.length : 1;
}

function wordsOf(values: Numbers): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.byteLength / 4);
}

/** FNV-1a (Fowler, Noll and Vo 1991), of numbers by words of 32 bits. */
function hashWith(hash: number, value: Comparable): number {
  if (typeof value !== "object") return Math.imul(hash ^ Number(value), 0x01000193);
  let result = Math.imul(hash ^ value.length, 0x01000193);
  const words = wordsOf(value);
  for (let i = 0; i < words.length; i++) result = Math.imul(result ^ words[i], 0x01000193);
  return result;
}

function isSame(a: Comparable, b: Comparable): boolean {
  if (typeof a !== "object" || typeof b !== "object") return a === b;
  if (a.constructor !== b.constructor || a.length !== b.length) return false;
  const [left, right] = [wordsOf(a), wordsOf(b)];
  return left.every((word, i) => word === right[i]);
}
