import type { Wasm } from "../../dist/wasm.d.ts";
import { checkOverflow, checkSquare } from "./matrix.ts";

/** The eigenvalues of a real matrix [n, n] and its eigenvectors. */
export interface Eigen {
  /** Real parts [n], ascending; equal ones by the magnitude of the imaginary part. */
  readonly re: Float64Array;
  /** Imaginary parts [n]. Of a pair k, k + 1 the value with im > 0 comes first. */
  readonly im: Float64Array;
  /**
   * Row-major [n, n]. Column k is the eigenvector of a real value k. Columns k and k + 1 are the
   * real and imaginary part of the eigenvector of a complex value k; that of k + 1 is its
   * conjugate.
   */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of any real matrix a [n, n], row-major, by reduction to Hessenberg
 * form and Francis's implicitly shifted QR iteration (Golub and Van Loan, 7.5; EISPACK's hqr2).
 * Vectors have length 1, and their entry of largest magnitude is real and positive. `balance`
 * (true unless set) isolates eigenvalues and scales rows and columns by powers of two first, which
 * makes badly scaled matrices more accurate. A defective matrix has too few eigenvectors: some of
 * those returned are then parallel within rounding error, and values that should be equal k times
 * differ by up to the order of 2^(-52 / k) of the matrix's norm.
 *
 * Throws RangeError for n outside 1 to 512, a wrong length or values not finite; Error where the
 * iteration does not converge or a result overflows.
 */
export function eigen(
  wasm: Wasm,
  a: Float64Array,
  n: number,
  options: { readonly balance?: boolean } = {},
): Eigen {
  checkSquare(a, n);
  const balance = (options.balance ?? true) ? 1 : 0;
  const all = wasm.eigenDecompose(a, n, balance);
  if (all.length === 0) throw new Error("eigen: the QR iteration did not converge");
  checkOverflow("eigen", all);
  return { re: all.slice(0, n), im: all.slice(n, 2 * n), vectors: all.slice(2 * n) };
}
