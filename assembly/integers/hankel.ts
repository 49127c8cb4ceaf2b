// The rank of a block Hankel matrix over the rationals, by elimination modulo primes. A minor that
// is not 0 survives modulo any prime that does not divide it, so no rank modulo a prime is too
// large; and once the product of the primes exceeds Hadamard's bound on the minors one larger,
// those were all divisible by it, so they are 0, and the largest rank seen is the rank. Nothing
// overflows.

import { exchange } from "../linear-algebra/vectors";

/** Each prime is above 2^30, so a product of k is above 2^(30 k). */
const BITS_OF_PRIME: i32 = 30;

function primeBelow(odd: u32): u32 {
  let composite = true;
  while (composite) {
    odd -= 2;
    composite = false;
    for (let d: u32 = 3; d * d <= odd && !composite; d += 2) composite = odd % d == 0;
  }
  return odd;
}

function power(base: u64, exponent: u32, prime: u64): u64 {
  let result: u64 = 1;
  for (; exponent > 0; exponent >>= 1) {
    if (exponent & 1) result = (result * base) % prime;
    base = (base * base) % prime;
  }
  return result;
}

/** The rank modulo a prime of a [rows][columns], whose entries are below it; a is overwritten. */
function rankModulo(a: Uint32Array, rows: i32, columns: i32, prime: u64): i32 {
  let rank = 0;
  for (let column = 0; column < columns && rank < rows; column++) {
    let pivot = rank;
    while (pivot < rows && unchecked(a[pivot * columns + column]) == 0) pivot++;
    if (pivot == rows) continue;
    exchange(a, pivot * columns + column, rank * columns + column, 1, columns - column);
    const inverse = power(unchecked(a[rank * columns + column]), <u32>prime - 2, prime);
    for (let i = rank + 1; i < rows; i++) {
      const head = unchecked(<u64>a[i * columns + column]);
      if (head == 0) continue;
      const multiple = prime - (head * inverse) % prime;
      for (let j = column; j < columns; j++) {
        const product = multiple * unchecked(<u64>a[rank * columns + j]);
        unchecked(a[i * columns + j] = <u32>((product + a[i * columns + j]) % prime));
      }
    }
    rank++;
  }
  return rank;
}

/**
 * The rank of the matrix of blocks [blockRows][blockColumns] whose block (i, j) is number i + j of
 * markov [blockRows + blockColumns - 1][outputs][inputs].
 */
export function hankelRank(
  markov: Int64Array, outputs: i32, inputs: i32, blockRows: i32, blockColumns: i32,
): i32 {
  const rows = outputs * blockRows;
  const columns = inputs * blockColumns;
  let magnitudes: u64 = 0;
  for (let i = 0; i < markov.length; i++) {
    const v = unchecked(markov[i]);
    magnitudes |= <u64>(v < 0 ? -v : v); // that of -2^63 is 2^63 as u64
  }
  const entryBits = 64 - <i32>clz(magnitudes);
  const a = new Uint32Array(rows * columns);
  const size = outputs * inputs;
  let rank = 0;
  let prime: u32 = 0x7fffffff;
  const sides = min(rows, columns);
  let bits = 0;
  let enough = false;
  while (!enough) {
    for (let i = 0; i < rows; i++) {
      const row = (i / outputs) * size + (i % outputs) * inputs;
      for (let j = 0; j < columns; j++) {
        const rest = unchecked(markov[row + (j / inputs) * size + (j % inputs)]) % <i64>prime;
        unchecked(a[i * columns + j] = <u32>(rest < 0 ? rest + <i64>prime : rest));
      }
    }
    rank = max(rank, rankModulo(a, rows, columns, prime));
    bits += BITS_OF_PRIME;
    // Hadamard: a minor of that side is at most (2^entryBits sqrt(side))^side
    const side = rank + 1;
    const sideBits = 32 - <i32>clz(side);
    enough = side > sides || 2 * bits >= side * (2 * entryBits + sideBits);
    prime = primeBelow(prime);
  }
  return rank;
}
