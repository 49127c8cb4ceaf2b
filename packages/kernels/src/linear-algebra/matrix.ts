import { checkInteger, checkNumbers } from "../check.ts";

/** Rows and columns of a square matrix, and the smaller side of a rectangular one. */
const mostSide = 512;
const mostRows = 2 ** 16;
const mostEntries = 2 ** 22;

/** Throws a RangeError unless a is a finite square matrix [n, n] with n from 1 to 512. */
export function checkSquare(a: Float64Array, n: number): void {
  checkInteger("n", n, 1, mostSide);
  checkNumbers("a", a, Float64Array, "[n, n]", n * n);
}

/**
 * Throws a RangeError unless a is a finite matrix [rows, columns] with sides from 1 to 65,536, the
 * smaller one at most 512, and at most 2^22 entries.
 */
export function checkRectangle(a: Float64Array, rows: number, columns: number): void {
  checkInteger("rows", rows, 1, mostRows);
  checkInteger("columns", columns, 1, rows > mostSide ? mostSide : mostRows);
  if (rows * columns > mostEntries) {
    throw new RangeError(`rows * columns is ${rows * columns}, must be at most ${mostEntries}`);
  }
  checkNumbers("a", a, Float64Array, "[rows, columns]", rows * columns);
}

/** Throws an Error when numbers near the largest f64 overflowed on the way to a result. */
export function checkOverflow(name: string, result: ArrayLike<number>): void {
  for (let i = 0; i < result.length; i++) {
    if (!Number.isFinite(result[i])) throw new Error(`${name}: the result is beyond the f64 range`);
  }
}
