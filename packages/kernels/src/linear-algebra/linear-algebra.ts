import type { Wasm } from "../../dist/wasm.d.ts";
import { checkInteger, checkNumbers, mostNumbers } from "../check.ts";
import { checkSquare } from "./matrix.ts";

// Columns this much smaller than the largest count as dependent.
const rankTolerance = 1e-12;

/**
 * Least squares by Householder QR with column pivoting (Golub and Van Loan, 5.4.2): the x
 * [columns, sides] that minimises |a x - b| in each column. a is [rows, columns], b [rows, sides],
 * row-major. Dependent columns of a (1e-12 of the largest) get 0.
 *
 * Throws RangeError for lengths that do not fit, more than 1,024 columns or sides, more
 * than 2^26 numbers, or values not finite.
 */
export function leastSquares(
  wasm: Wasm,
  a: Float64Array,
  rows: number,
  columns: number,
  b: Float64Array,
  sides: number,
): Float64Array {
  checkInteger("rows", rows, 1, 2 ** 24);
  checkInteger("columns", columns, 1, 1024);
  checkInteger("sides", sides, 1, 1024);
  checkInteger("rows * columns", rows * columns, 1, mostNumbers);
  checkInteger("rows * sides", rows * sides, 1, mostNumbers);
  checkNumbers("a", a, Float64Array, "[rows, columns]", rows * columns);
  checkNumbers("b", b, Float64Array, "[rows, sides]", rows * sides);
  return wasm.leastSquaresSolve(a, rows, columns, b, sides, rankTolerance);
}

/**
 * Eigenvalues (ascending) and eigenvectors of a symmetric matrix by the cyclic Jacobi method (Golub
 * and Van Loan, 8.5.3). a is [n, n]; only its symmetric part counts. Eigenvector k is column k of
 * vectors [n, n], of length 1, its entry of largest magnitude positive.
 *
 * Throws RangeError for n outside 1 to 512, a wrong length or values not finite.
 */
export function symmetricEigen(
  wasm: Wasm,
  a: Float64Array,
  n: number,
): { values: Float64Array; vectors: Float64Array } {
  checkSquare(a, n);
  const symmetric = a.map((value, at) => (value + a[(at % n) * n + Math.floor(at / n)]) / 2);
  const both = wasm.symmetricEigenSolve(symmetric, n);
  if (both.length === 0) throw new Error("symmetricEigen: the Jacobi sweeps did not converge");
  return { values: both.slice(0, n), vectors: both.slice(n) };
}
