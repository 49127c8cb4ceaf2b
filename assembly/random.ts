// Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): a counter and
// a key give four words, so every draw of a job is addressed by what it is for and no state is
// kept.

const output = memory.data(16, 16);

const M0: u64 = 0xd2511f53;
const M1: u64 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

/** Fills the four output words for the counter (c0, c1, c2, c3) under the key (k0, k1). */
export function philox(c0: u32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32): void {
  for (let round = 0; round < 10; round++) {
    const p0 = M0 * <u64>c0;
    const p1 = M1 * <u64>c2;
    c0 = <u32>(p1 >> 32) ^ c1 ^ k0;
    c1 = <u32>p1;
    c2 = <u32>(p0 >> 32) ^ c3 ^ k1;
    c3 = <u32>p0;
    k0 += W0;
    k1 += W1;
  }
  store<u32>(output, c0);
  store<u32>(output, c1, 4);
  store<u32>(output, c2, 8);
  store<u32>(output, c3, 12);
}

/** Word `index` (0 to 3) of the last call of `philox`. */
export function word(index: i32): u32 {
  return load<u32>(output + ((<usize>index) << 2));
}

/** Word `index` as a number in (0, 1), 32 bits of resolution. */
export function uniform(index: i32): f64 {
  return (<f64>word(index) + 0.5) * 2.3283064365386963e-10;
}

/** Word `index` as an integer in [0, bound), by Lemire's multiplication without the rejection. */
export function below(index: i32, bound: u32): u32 {
  return <u32>((<u64>word(index) * <u64>bound) >> 32);
}

/** Four standard normal deviates from the four words, times `spread`, in f32 (Box and Muller). */
export function storeNormals(target: usize, spread: f64): void {
  for (let pair: usize = 0; pair < 2; pair++) {
    const u = uniform(<i32>(2 * pair));
    const angle = 2 * Math.PI * uniform(<i32>(2 * pair + 1));
    const radius = spread * Math.sqrt(-2 * NativeMath.log(u));
    store<f32>(target + 8 * pair, <f32>(radius * NativeMath.cos(angle)));
    store<f32>(target + 8 * pair + 4, <f32>(radius * NativeMath.sin(angle)));
  }
}

/** A standard normal deviate from words `2 pair` and `2 pair + 1` (Box and Muller 1958). */
export function normal(pair: i32): f64 {
  const radius = Math.sqrt(-2 * NativeMath.log(uniform(2 * pair)));
  return radius * NativeMath.cos(2 * Math.PI * uniform(2 * pair + 1));
}

/**
 * `count` standard normal deviates: number i from the counter (i, 0, 0, 0) under the key (seed, 0).
 */
export function normalDeviates(seed: u32, count: i32): Float64Array {
  const deviates = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    philox(i, 0, 0, 0, seed, 0);
    unchecked(deviates[i] = normal(0));
  }
  return deviates;
}

/** The four words of one block. */
export function randomWords(
  c0: u32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32,
): Int32Array {
  philox(c0, c1, c2, c3, k0, k1);
  const words = new Int32Array(4);
  for (let i = 0; i < 4; i++) words[i] = word(i);
  return words;
}
