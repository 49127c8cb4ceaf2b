import type { Wasm } from "../dist/wasm.d.ts";
import { checkInteger, checkLength } from "./check.ts";

const mostWord = 2 ** 32 - 1;

/**
 * The four 32-bit words of one block of Philox4x32-10 (Salmon et al. 2011): counter [4], key [2],
 * every entry an integer from 0 to 2^32 - 1.
 *
 * Throws RangeError for another number of entries and for one out of range.
 */
export function randomWords(
  wasm: Wasm,
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): Uint32Array {
  checkLength("counter", counter, "a block", 4);
  checkLength("key", key, "a block", 2);
  for (const [i, value] of counter.entries()) checkInteger(`counter[${i}]`, value, 0, mostWord);
  for (const [i, value] of key.entries()) checkInteger(`key[${i}]`, value, 0, mostWord);
  return Uint32Array.from(wasm.randomWords(...counter, ...key));
}

/**
 * `count` standard normal deviates [count] (Box and Muller 1958), a function of the seed alone.
 * Each is within 24 * 2^-52 of the exact deviate of its random words: an absolute bound, since the
 * angle is rounded before its cosine is taken, so near 0 the error is many units in the last place.
 *
 * Throws RangeError for a seed outside 0 to 2^32 - 1 and a count outside 0 to 2^24.
 */
export function normalDeviates(wasm: Wasm, seed: number, count: number): Float64Array {
  checkInteger("seed", seed, 0, mostWord);
  checkInteger("count", count, 0, 2 ** 24);
  return wasm.normalDeviates(seed, count);
}
