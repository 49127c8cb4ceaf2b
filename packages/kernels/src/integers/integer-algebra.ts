import type { Wasm } from "../../dist/wasm.d.ts";
import { checkInteger, checkLength, checkNegatable, checkNumber } from "../check.ts";

const mostSide = 256;
const mostHankelSide = 512;

function checkMatrix(name: string, a: BigInt64Array, rows: number, columns: number): void {
  checkInteger("rows", rows, 1, mostSide);
  checkInteger("columns", columns, 1, mostSide);
  checkLength(name, a, "[rows, columns]", rows * columns);
  if (!(a instanceof BigInt64Array)) throw new TypeError(`${name} must be a BigInt64Array`);
  checkNegatable(name, a);
}

function checkOverflow(name: string, result: BigInt64Array): void {
  if (result.length === 0) throw new Error(`${name}: an entry grew beyond 64 bits`);
}

/** Columns `from` to `to` of w [rows, width]. */
function columnsOf(w: BigInt64Array, rows: number, from: number, to: number): BigInt64Array {
  const width = w.length / rows;
  const result = new BigInt64Array(rows * (to - from));
  for (let i = 0; i < rows; i++) {
    result.set(w.subarray(i * width + from, i * width + to), i * (to - from));
  }
  return result;
}

/**
 * Hermite normal form by rows (Cohen, "A course in computational algebraic number theory", 2.4.2):
 * u a = h for a and h [rows, columns], u [rows, rows] of determinant 1 or -1, all row-major. The
 * first `rank` rows of h have positive pivots, further right in each, with the entries above a
 * pivot from 0 to below it; the other rows are 0. h is the only such form of a. u is too where the
 * rows of a are independent; elsewhere its rows are reduced by the relations between the rows of a,
 * which are an LLL-reduced basis in u's last rows.
 *
 * Rows enter one by one (Kannan and Bachem 1979; Havas, Majewski and Matthews 1998), which keeps
 * the numbers on the way about as small as those of the result: random 8 by 8 matrices with entries
 * to 100 need 53 bits, 56 at most of 40.
 *
 * Throws RangeError for sides outside 1 to 256, a wrong length or an entry of -2^63; Error where an
 * entry, of u as a rule, grows beyond 64 bits.
 */
export function hermite(
  wasm: Wasm,
  a: BigInt64Array,
  rows: number,
  columns: number,
): { h: BigInt64Array; u: BigInt64Array; rank: number } {
  checkMatrix("a", a, rows, columns);
  const all = wasm.hermiteForm(a, rows, columns);
  checkOverflow("hermite", all);
  const w = all.subarray(1);
  return {
    h: columnsOf(w, rows, 0, columns),
    u: columnsOf(w, rows, columns, columns + rows),
    rank: Number(all[0]),
  };
}

/**
 * Smith normal form (Cohen 2.4.4): u a v is 0 but for its diagonal d [min(rows, columns)], of which
 * each entry divides the next, none is negative, and the first `rank` are not 0. a is
 * [rows, columns], u [rows, rows] and v [columns, columns] of determinant 1 or -1, all row-major.
 * d is unique; u and v are not.
 *
 * Throws RangeError for sides outside 1 to 256, a wrong length or an entry of -2^63; Error where an
 * entry, of u or v as a rule, grows beyond 64 bits.
 */
export function smith(
  wasm: Wasm,
  a: BigInt64Array,
  rows: number,
  columns: number,
): { d: BigInt64Array; u: BigInt64Array; v: BigInt64Array; rank: number } {
  checkMatrix("a", a, rows, columns);
  const all = wasm.smithForm(a, rows, columns);
  checkOverflow("smith", all);
  const atTransposed = 1 + rows * rows;
  const atDiagonal = atTransposed + columns * columns;
  const transposed = all.subarray(atTransposed, atDiagonal);
  return {
    d: all.slice(atDiagonal),
    u: all.slice(1, atTransposed),
    v: transposed.map((_, at) => transposed[(at % columns) * columns + Math.floor(at / columns)]),
    rank: Number(all[0]),
  };
}

/**
 * Lattice reduction (Lenstra, Lenstra and Lovasz 1982) of the rows of basis [rows, columns], in the
 * form of Nguyen and Stehle (2009): the basis is exact and its inner products are summed exactly,
 * Gram-Schmidt is in f64. Returns the reduced rows of the same lattice and transform [rows, rows],
 * of determinant 1 or -1, with transform times the argument = the reduced rows, all row-major. The
 * rows may be dependent: the first rows - rank reduced ones are 0 then, and beside them transform
 * has a basis of the relations.
 *
 * Of the rows that are not 0, with Gram-Schmidt vectors b* and coefficients mu: |mu| <= 0.51, and
 * |b*[i]|^2 >= (delta - mu[i, i - 1]^2) |b*[i - 1]|^2, both within the rounding error of f64.
 *
 * @param options.delta from 0.3 to 0.999, higher is shorter and slower; 0.99 unless told
 *
 * Throws RangeError for sides outside 1 to 256, a wrong length, an entry of -2^63 or delta out of
 * range; Error where an entry or an inner product grows beyond 64 or 128 bits, and where f64 is too
 * coarse for the reduction to settle.
 */
export function lll(
  wasm: Wasm,
  basis: BigInt64Array,
  rows: number,
  columns: number,
  { delta = 0.99 }: { readonly delta?: number } = {},
): { basis: BigInt64Array; transform: BigInt64Array; rank: number } {
  checkMatrix("basis", basis, rows, columns);
  checkNumber("delta", delta, 0.3, 0.999);
  const all = wasm.latticeReduce(basis, rows, columns, delta);
  checkOverflow("lll", all);
  if (all.length === 1) {
    throw new Error("lll: the reduction did not settle, the basis is too skew for f64");
  }
  const w = all.subarray(1);
  return {
    basis: columnsOf(w, rows, 0, columns),
    transform: columnsOf(w, rows, columns, columns + rows),
    rank: rows - Number(all[0]),
  };
}

/**
 * The rank over the rationals of the matrix of `blocks` by count - blocks + 1 blocks of which block
 * (i, j) is number i + j of markov [count, outputs, inputs]. For C A^k B, k = 0, 1, ..., of a
 * linear recurrence and enough blocks of both kinds that is its least order (Ho and Kalman 1966).
 *
 * Exact for all 64-bit integers: the rank is the largest modulo primes between 2^30 and 2^31, so
 * many that their product exceeds Hadamard's bound on the minors one larger, which are therefore 0.
 *
 * Throws RangeError for outputs or inputs outside 1 to 512, a length that is no multiple of theirs,
 * blocks outside 1 to count, and a matrix with more than 512 rows or columns.
 */
export function hankelRank(
  wasm: Wasm,
  markov: BigInt64Array,
  options: { readonly outputs: number; readonly inputs: number; readonly blocks: number },
): number {
  const { outputs, inputs, blocks } = options;
  checkInteger("outputs", outputs, 1, mostHankelSide);
  checkInteger("inputs", inputs, 1, mostHankelSide);
  if (!(markov instanceof BigInt64Array)) throw new TypeError("markov must be a BigInt64Array");
  const count = Math.max(1, Math.ceil(markov.length / (outputs * inputs)));
  checkLength("markov", markov, "[count, outputs, inputs]", count * outputs * inputs);
  checkInteger("blocks", blocks, 1, count);
  const blockColumns = count - blocks + 1;
  checkInteger("outputs * blocks", outputs * blocks, 1, mostHankelSide);
  checkInteger("inputs * (count - blocks + 1)", inputs * blockColumns, 1, mostHankelSide);
  return wasm.hankelRank(markov, outputs, inputs, blocks, blockColumns);
}
