import type { Wasm } from "../../dist/wasm.d.ts";
import { checkNumber } from "../check.ts";
import { checkOverflow, checkRectangle } from "./matrix.ts";

/**
 * Singular value decomposition by one-sided Jacobi after a pivoted QR (Golub and Van Loan, 8.6.3;
 * Drmac and Veselic 2008), thin: a [rows, columns] is u [rows, k] times the diagonal matrix of
 * values [k] times the transpose of v [columns, k], k = min(rows, columns), all row-major. Values
 * descend; those below 1e-135 of the largest come out as 0. The columns of u and of v are
 * orthonormal, those of value 0 too. The entry of largest magnitude of every column of u is
 * positive.
 *
 * Throws RangeError for sides outside 1 to 65,536 (the smaller: 512), more than 2^22 entries, a
 * wrong length or values not finite; Error where a result overflows.
 */
export function svd(
  wasm: Wasm,
  a: Float64Array,
  rows: number,
  columns: number,
): { u: Float64Array; values: Float64Array; v: Float64Array } {
  checkRectangle(a, rows, columns);
  const all = wasm.svdDecompose(a, rows, columns);
  if (all.length === 0) throw new Error("svd: the Jacobi sweeps did not converge");
  checkOverflow("svd", all);
  const k = Math.min(rows, columns);
  const end = k + rows * k;
  return { values: all.slice(0, k), u: all.slice(k, end), v: all.slice(end) };
}

/**
 * The rank of a [rows, columns] and an orthonormal basis [columns, columns - rank], row-major, of
 * the vectors x with a x = 0, through the singular values (Golub and Van Loan, 5.5.8). The rank
 * counts those above `tolerance` (0 to 1) times the largest; by default that is rounding error,
 * max(rows, columns) * 2^-52. The entry of largest magnitude of every column is positive.
 *
 * Throws RangeError for more than 512 columns, more than 65,536 rows or 2^22 entries, a wrong
 * length, a tolerance out of range or values not finite.
 */
export function nullSpace(
  wasm: Wasm,
  a: Float64Array,
  rows: number,
  columns: number,
  tolerance: number = Math.max(rows, columns) * 2 ** -52,
): { rank: number; basis: Float64Array } {
  checkRectangle(a, rows, columns);
  if (columns > 512) throw new RangeError(`columns is ${columns}, must be at most 512`);
  checkNumber("tolerance", tolerance, 0, 1);
  const both = wasm.nullSpaceBasis(a, rows, columns, tolerance);
  if (both.length === 0) throw new Error("nullSpace: the Jacobi sweeps did not converge");
  return { rank: both[0], basis: both.slice(1) };
}
