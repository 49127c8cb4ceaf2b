import type { Wasm } from "../../dist/wasm.d.ts";
import { checkOverflow, checkRectangle } from "./matrix.ts";

/**
 * QR decomposition by Householder reflections (Golub and Van Loan, 5.2.2), thin: a [rows, columns]
 * is q [rows, k] times r [k, columns], k = min(rows, columns), all row-major. The columns of q are
 * orthonormal; r is upper triangular, its diagonal not negative.
 *
 * Throws RangeError for sides outside 1 to 65,536 (the smaller: 512), more than 2^22 entries, a
 * wrong length or values not finite; Error where a result overflows.
 */
export function qr(
  wasm: Wasm,
  a: Float64Array,
  rows: number,
  columns: number,
): { q: Float64Array; r: Float64Array } {
  checkRectangle(a, rows, columns);
  const both = wasm.qrDecompose(a, rows, columns);
  checkOverflow("qr", both);
  const size = rows * Math.min(rows, columns);
  return { q: both.slice(0, size), r: both.slice(size) };
}
