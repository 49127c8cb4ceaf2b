// Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random
// numbers: as easy as 1, 2, 3" (SC 2011). A block of four 32-bit words is a function of a 128-bit
// counter and a 64-bit key, so the numbers of one sequence need nothing from those before it.
// 32-bit integer arithmetic only: the same words on every runtime.

const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const keyStep0 = 0x9e3779b9;
const keyStep1 = 0xbb67ae85;
const rounds = 10;

/** High 32 bits of the product of two unsigned 32-bit integers; no partial result exceeds 2^32. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return aHigh * bHigh + (middle >>> 16) + (carry >>> 16);
}

/**
 * Philox4x32-10: replaces the counter in `block` ([4] words) by its four random words.
 * `key0` and `key1` are the words of the key, low one first.
 */
export function philox(block: Uint32Array, key0: number, key1: number): void {
  let c0 = block[0];
  let c1 = block[1];
  let c2 = block[2];
  let c3 = block[3];
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(multiplier0, c0);
    const high1 = multiplyHigh(multiplier1, c2);
    const low0 = Math.imul(multiplier0, c0) >>> 0;
    const low1 = Math.imul(multiplier1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + keyStep0) >>> 0;
    k1 = (k1 + keyStep1) >>> 0;
  }
  block[0] = c0;
  block[1] = c1;
  block[2] = c2;
  block[3] = c3;
}

/**
 * Draws one integer, uniform from `low` to `high`, both included.
 *
 * @throws RangeError when there are none between them, or more than 2^32
 */
export type DrawInteger = (low: number, high: number) => number;

/**
 * The random integers of one stream: key `seed` (an integer from 0 to 2^53 - 1), counter words
 * (0, stream, 0, 0), (1, stream, 0, 0), ... with `stream` below 2^32. The range is reduced by
 * remainder, after rejecting the words beyond the largest multiple of its size, so every value is
 * equally likely.
 */
export function drawIntegers(seed: number, stream: number): DrawInteger {
  const key0 = seed >>> 0;
  const key1 = Math.floor(seed / 2 ** 32);
  const block = new Uint32Array(4);
  let next = 4;
  let blocks = 0;

  function nextWord(): number {
    if (next === 4) {
      block[0] = blocks++;
      block[1] = stream;
      block[2] = 0;
      block[3] = 0;
      philox(block, key0, key1);
      next = 0;
    }
    return block[next++];
  }

  return (low, high) => {
    const size = high - low + 1;
    if (!(size >= 1 && size <= 2 ** 32)) {
      throw new RangeError(`drawIntegers: from ${low} to ${high} are not 1 to 2^32 integers`);
    }
    const limit = 2 ** 32 - (2 ** 32 % size);
    let word = nextWord();
    while (word >= limit) word = nextWord();
    return low + (word % size);
  };
}
