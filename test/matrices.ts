// Matrices to try linear algebra on, row-major, and the products that check it.

import { randomNumbers } from "./reference.ts";

/** a [rows, inner] times b [inner, columns]. */
export function product(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  rows: number,
  inner: number,
  columns: number,
): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const v = a[i * inner + k];
      for (let j = 0; j < columns; j++) result[i * columns + j] += v * b[k * columns + j];
    }
  }
  return result;
}

export function transpose(a: ArrayLike<number>, rows: number, columns: number): Float64Array {
  return Float64Array.from(a, (_, at) => a[(at % rows) * columns + Math.floor(at / rows)]);
}

export function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
}

/** Entries in [-0.5, 0.5). */
export function randomMatrix(seed: number, rows: number, columns: number): Float64Array {
  const random = randomNumbers(seed);
  return Float64Array.from({ length: rows * columns }, () => random() - 0.5);
}

/** Of small integers, of rank `rank` or less. */
export function randomOfRank(seed: number, rows: number, columns: number, rank: number) {
  const integers = (matrix: Float64Array) => matrix.map((v) => Math.round(10 * v));
  const left = integers(randomMatrix(seed, rows, rank));
  return product(left, integers(randomMatrix(seed + 1, rank, columns)), rows, rank, columns);
}

/** Largest |(columns of q)' (columns of q) - 1|, for q [rows, columns]. */
export function nonOrthogonality(q: Float64Array, rows: number, columns: number): number {
  if (columns === 0) return 0;
  const gram = product(transpose(q, rows, columns), q, columns, rows, columns);
  const unit = identity(columns);
  return gram.reduce((worst, v, at) => Math.max(worst, Math.abs(v - unit[at])), 0);
}

/** Largest |a - b| relative to the largest |b| (to 1 where b is 0). */
export function matrixError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers, expected ${b.length}`);
  let [size, difference] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    size = Math.max(size, Math.abs(b[i]));
    const d = Math.abs(a[i] - b[i]);
    if (!(d <= difference)) difference = d;
  }
  return difference / (size || 1);
}
