// Matrices of random Jordan structure, to recover it from.

import { product, transpose } from "./matrices.ts";
import { randomNumbers } from "./reference.ts";

export interface Block {
  readonly re: number;
  /** Above 0 for a pair of conjugate eigenvalues. */
  readonly im: number;
  readonly size: number;
}

export interface JordanCase {
  readonly n: number;
  /** The matrix [n, n], noise included. */
  readonly w: Float64Array;
  readonly blocks: readonly Block[];
  /** Condition number of the change of basis. */
  readonly condition: number;
}

/** The direct sum of the blocks, real. */
export function jordanMatrix(blocks: readonly Block[], n: number): Float64Array {
  const j = new Float64Array(n * n);
  let start = 0;
  for (const { re, im, size } of blocks) {
    const width = im > 0 ? 2 : 1;
    for (let k = 0; k < size; k++) {
      const at = start + k * width;
      for (let d = 0; d < width; d++) {
        j[(at + d) * n + at + d] = re;
        if (k + 1 < size) j[(at + d) * n + at + d + width] = 1;
      }
      if (width === 2) {
        j[at * n + at + 1] = im;
        j[(at + 1) * n + at] = -im;
      }
    }
    start += size * width;
  }
  return j;
}

const rowsOf = ({ im, size }: Block) => (im > 0 ? 2 : 1) * size;

/**
 * Blocks of n rows in all, n from 1 to 12. Eigenvalues lie in [-2, 2], or [-2, 2] + [0, 2] i, at least
 * 1, 0.5, 0.25 or 0.1 from each other and from their conjugates; one in three blocks repeats one.
 */
function randomBlocks(random: () => number): { n: number; blocks: Block[] } {
  const n = 1 + Math.floor(random() * 12);
  const apart = [1, 0.5, 0.25, 0.1][Math.floor(random() * 4)];
  const values: { re: number; im: number }[] = [];
  const blocks: Block[] = [];
  let left = n;
  while (left > 0) {
    const complex = left >= 2 && random() < 0.3;
    let value = { re: 4 * random() - 2, im: complex ? 2 * random() : 0 };
    if (values.length > 0 && random() < 0.35) {
      value = values[Math.floor(random() * values.length)];
    } else {
      const near = values.some((v) => Math.hypot(v.re - value.re, v.im - value.im) < apart);
      // a draw that does not fit is drawn again
      if (near || (complex && 2 * value.im < apart)) continue;
      values.push(value);
    }
    const most = Math.floor(left / (value.im > 0 ? 2 : 1));
    if (most === 0) continue;
    const size = 1 + Math.floor(random() * (random() < 0.5 ? most : Math.min(most, 3)));
    blocks.push({ ...value, size });
    left -= rowsOf(blocks[blocks.length - 1]);
  }
  return { n, blocks };
}

type Qr = (a: Float64Array, rows: number, columns: number) => { q: Float64Array };

/**
 * P J P^-1 plus normal noise, P = U D V with U and V random orthogonal and D of the condition number,
 * which is log-uniform from 1 to 1e4.
 */
export function randomJordanCase(seed: number, noise: number, qr: Qr): JordanCase {
  // near seeds of this generator begin alike
  const random = randomNumbers(seed * 7_654_321);
  const { n, blocks } = randomBlocks(random);
  const condition = 10 ** (4 * random());
  const orthogonal = () => {
    const entries = Float64Array.from({ length: n * n }, () => random() + random() - 1);
    return qr(entries, n, n).q;
  };
  const [u, v] = [orthogonal(), orthogonal()];
  const exponents = Array.from({ length: n }, (_, i) => [0.5, -0.5][i] ?? random() - 0.5);
  const scaled = (sign: number) =>
    Float64Array.from({ length: n * n }, (_, at) =>
      at % (n + 1) === 0 && n > 1 ? condition ** (sign * exponents[at % n]) : Number(n === 1),
    );
  const p = product(product(u, scaled(1), n, n, n), v, n, n, n);
  const inverse = product(
    product(transpose(v, n, n), scaled(-1), n, n, n),
    transpose(u, n, n),
    n,
    n,
    n,
  );
  const exact = product(product(p, jordanMatrix(blocks, n), n, n, n), inverse, n, n, n);
  // the sum of 12 uniform numbers less 6 is normal but for its tails
  const normal = () => Array.from({ length: 12 }, random).reduce((a, b) => a + b) - 6;
  return { n, w: exact.map((value) => value + noise * normal()), blocks, condition };
}

/** Whether blocks have the sizes of the others, at eigenvalues within `near` of theirs. */
export function sameStructure(
  found: readonly Block[],
  expected: readonly Block[],
  near: number,
): boolean {
  if (found.length !== expected.length) return false;
  const left = [...found];
  return expected.every(({ re, im, size }) => {
    const at = left.findIndex(
      (block) => block.size === size && Math.hypot(block.re - re, block.im - im) <= near,
    );
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}
