// A list of candidates: one operator over other columns each, given by their addresses.

const VECTOR: usize = 16;

/** Candidates that are hashed together. */
export const BLOCK: i32 = 256;

/** Bytes of one argument's addresses on a list, with room for a vector after them. */
export const LIST: usize = 1040;

/** Bytes of a list of candidates: the addresses of their first, second and third arguments. */
export const LIST_BYTES: usize = 3 * LIST;

/** Puts candidate number `count`, an operator on the columns at a, b and c, on a list. */
// @ts-ignore: decorator
@inline
export function putCandidate(list: usize, count: i32, a: usize, b: usize, c: usize): void {
  const at = list + (<usize>count << 2);
  store<u32>(at, <u32>a);
  store<u32>(at, <u32>b, LIST);
  store<u32>(at, <u32>c, 2 * LIST);
}

/** `putCandidate` for `more` candidates, whose arguments lie a step apart each. */
export function putCandidates(
  list: usize, count: i32, more: i32,
  a: usize, stepA: usize, b: usize, stepB: usize, c: usize, stepC: usize,
): void {
  const numbers = i32x4(0, 1, 2, 3);
  let x = i32x4.add(i32x4.splat(<i32>a), i32x4.mul(numbers, i32x4.splat(<i32>stepA)));
  let y = i32x4.add(i32x4.splat(<i32>b), i32x4.mul(numbers, i32x4.splat(<i32>stepB)));
  let z = i32x4.add(i32x4.splat(<i32>c), i32x4.mul(numbers, i32x4.splat(<i32>stepC)));
  const nextX = i32x4.splat(<i32>stepA << 2);
  const nextY = i32x4.splat(<i32>stepB << 2);
  const nextZ = i32x4.splat(<i32>stepC << 2);
  let at = list + (<usize>count << 2);
  const end = at + (<usize>more << 2);
  for (; at < end; at += VECTOR) {
    v128.store(at, x);
    v128.store(at, y, LIST);
    v128.store(at, z, 2 * LIST);
    x = i32x4.add(x, nextX);
    y = i32x4.add(y, nextY);
    z = i32x4.add(z, nextZ);
  }
}

/**
 * `putCandidate` for every pair of `countA` columns from a on and `countB` from b on, a step apart
 * each, a first.
 */
export function putPairs(
  list: usize, count: i32, a: usize, countA: i32, b: usize, countB: i32, step: usize,
): void {
  const numbers = i32x4(0, 1, 2, 3);
  const firstB = i32x4.add(i32x4.splat(<i32>b), i32x4.mul(numbers, i32x4.splat(<i32>step)));
  const next = i32x4.splat(<i32>step << 2);
  let end = list + (<usize>count << 2);
  for (const last = a + <usize>countA * step; a < last; a += step) {
    const x = i32x4.splat(<i32>a);
    let y = firstB;
    let at = end;
    end += <usize>countB << 2;
    for (; at < end; at += VECTOR) {
      v128.store(at, x);
      v128.store(at, y, LIST);
      y = i32x4.add(y, next);
    }
  }
}

/** Address of argument `which` of candidate number k. */
export function candidateArgument(list: usize, k: i32, which: i32): usize {
  return load<u32>(list + <usize>which * LIST + (<usize>k << 2));
}
