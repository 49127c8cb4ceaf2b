// Hashes of columns: 64 bits that depend on every row, never 0. Each of four lanes sums its words
// times odd multipliers (multilinear hashing: Carter and Wegman 1979), and sums these sums once
// more: two columns that differ in one word of a lane always differ in the first sum, those that
// differ in two of them by little in one of both. The words of an i64 are its low half, and what
// its high half differs by from a copy of the low half's sign; the latter is 0 where the value fits
// into 32 bits, so that a column has the same hash whether it is held in 32 or in 64 bits.

const VECTOR: usize = 16;

// Products modulo 2^32 lose what differs in high bits only, so these go into the low ones too.
// @ts-ignore: decorator
@inline
function mixed(v: v128): v128 {
  return v128.xor(v, i32x4.shr_u(v, 16));
}

// @ts-ignore: decorator
@inline
export function addNarrow(sum: v128, words: v128, multipliers: v128): v128 {
  return i32x4.add(sum, i32x4.mul(mixed(words), multipliers));
}

// @ts-ignore: decorator
@inline
export function addWide(
  sum: v128, v: v128, w: v128, multipliers: v128, highMultipliers: v128,
): v128 {
  const words = v128.shuffle<i32>(v, w, 0, 2, 4, 6);
  const excess = i32x4.sub(v128.shuffle<i32>(v, w, 1, 3, 5, 7), i32x4.shr_s(words, 31));
  return addNarrow(addNarrow(sum, words, multipliers), excess, highMultipliers);
}

// @ts-ignore: decorator
@inline
export function finish(first: v128, second: v128): u64 {
  const even = i64x2.extract_lane(first, 0) ^ rotl<i64>(i64x2.extract_lane(second, 1), 29);
  const odd = i64x2.extract_lane(first, 1) ^ rotl<i64>(i64x2.extract_lane(second, 0), 17);
  let h = even * 0x9e3779b97f4a7c15;
  h ^= <i64>(<u64>h >> 32);
  h += odd * 0xbf58476d1ce4e5b9;
  h = (h ^ <i64>(<u64>h >> 29)) * 0x94d049bb133111eb;
  h ^= <i64>(<u64>h >> 32);
  return h == 0 ? 1 : <u64>h;
}

function hash<T extends number>(column: usize, words: usize, keys: usize): u64 {
  let first = i32x4.splat(0);
  let second = first;
  for (const end = keys + words; keys < end; keys += VECTOR, column += 4 * sizeof<T>()) {
    const v = v128.load(column);
    if (sizeof<T>() == 4) {
      first = addNarrow(first, v, v128.load(keys));
    } else {
      const w = v128.load(column, VECTOR);
      first = addWide(first, v, w, v128.load(keys), v128.load(keys + words));
    }
    second = i32x4.add(second, first);
  }
  return finish(first, second);
}

/** Hash of a column of integers of 32 or 64 bits. */
export function hashColumn(column: usize, bytes: usize, width: i32, keys: usize): u64 {
  return width == 32 ? hash<i32>(column, bytes, keys) : hash<i64>(column, bytes >> 1, keys);
}

/** Fills `bytes` with odd multipliers, one of 32 bits for each 32 bits of a column. */
export function fillMultipliers(keys: usize, bytes: usize): void {
  let state: u64 = 0;
  for (let at: usize = 0; at < bytes; at += 4) {
    // SplitMix64 (Steele, Lea and Flood 2014)
    state += 0x9e3779b97f4a7c15;
    let z = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    store<u32>(keys + at, <u32>(z >> 32) | 1);
  }
}
