import type { Wasm } from "../../dist/wasm.d.ts";
import { checkInteger, checkNumbers } from "../check.ts";
import { checkOverflow, checkSquare } from "./matrix.ts";

/**
 * LU decomposition with partial pivoting (Golub and Van Loan, 3.4): row order[i] of a [n, n] is row
 * i of lower times upper, all [n, n] row-major. The diagonal of lower is 1 and no entry larger. Any
 * matrix has one; that of a singular one has zeros, or rounding error, on upper's diagonal.
 *
 * Throws RangeError for n outside 1 to 512, a wrong length or values not finite; Error where a
 * result overflows.
 */
export function lu(
  wasm: Wasm,
  a: Float64Array,
  n: number,
): { lower: Float64Array; upper: Float64Array; order: Int32Array } {
  checkSquare(a, n);
  const all = wasm.luDecompose(a, n);
  checkOverflow("lu", all);
  const below = (at: number) => Math.sign(Math.floor(at / n) - (at % n));
  const factors = all.subarray(0, n * n);
  return {
    lower: factors.map((value, at) => (below(at) > 0 ? value : below(at) === 0 ? 1 : 0)),
    upper: factors.map((value, at) => (below(at) > 0 ? 0 : value)),
    order: Int32Array.from(all.subarray(n * n)),
  };
}

function solveNamed(
  name: string,
  wasm: Wasm,
  a: Float64Array,
  n: number,
  b: Float64Array,
  sides: number,
): Float64Array {
  const all = wasm.luSolve(a, n, b, sides);
  const [singular, pivot] = all.subarray(n * sides);
  if (singular >= 0) {
    throw new Error(
      `${name}: a is singular, pivot ${singular} of ${n} is ${pivot}, 0 within rounding error`,
    );
  }
  const x = all.slice(0, n * sides);
  checkOverflow(name, x);
  return x;
}

/**
 * The x [n, sides] with a x = b, for a [n, n] and b [n, sides], row-major, by LU with partial
 * pivoting (Golub and Van Loan, 3.4).
 *
 * Throws RangeError for n outside 1 to 512, sides outside 1 to 1,024, wrong lengths or values not
 * finite; Error where a is singular within rounding error (it names the pivot, counted from 0), and
 * where x overflows.
 */
export function solve(
  wasm: Wasm,
  a: Float64Array,
  n: number,
  b: Float64Array,
  sides: number,
): Float64Array {
  checkSquare(a, n);
  checkInteger("sides", sides, 1, 1024);
  checkNumbers("b", b, Float64Array, "[n, sides]", n * sides);
  return solveNamed("solve", wasm, a, n, b, sides);
}

/**
 * The inverse [n, n] of a [n, n], row-major, by LU with partial pivoting.
 *
 * Throws RangeError for n outside 1 to 512, a wrong length or values not finite; Error where a is
 * singular within rounding error (it names the pivot, counted from 0), and where the inverse
 * overflows.
 */
export function inverse(wasm: Wasm, a: Float64Array, n: number): Float64Array {
  checkSquare(a, n);
  const identity = a.map((_, at) => (at % (n + 1) === 0 ? 1 : 0));
  return solveNamed("inverse", wasm, a, n, identity, n);
}

/**
 * The determinant of a [n, n] by LU with partial pivoting (Golub and Van Loan, 3.4). One too small
 * for f64 is 0. That of a singular matrix is 0 within rounding error only.
 *
 * Throws RangeError for n outside 1 to 512, a wrong length or values not finite; Error where the
 * determinant is beyond the f64 range.
 */
export function determinant(wasm: Wasm, a: Float64Array, n: number): number {
  checkSquare(a, n);
  const value = wasm.luDeterminant(a, n);
  checkOverflow("determinant", [value]);
  return value === 0 ? 0 : value; // not -0
}
