// Exact linear algebra over the integers for the small matrices of a recurrence. BigInt inside,
// because intermediate entries grow far beyond those of input and result.

import type { IntegerMatrix } from "@latticode/machines";

export interface ColumnEchelon {
  /** A U: entries right of each pivot are zero; pivots positive, one row each, going down. */
  readonly echelon: readonly (readonly bigint[])[];
  /** U, unimodular, [columns, columns]. */
  readonly change: readonly (readonly bigint[])[];
  /** Row of the pivot of each of the first `rank` columns. */
  readonly pivots: readonly number[];
}

/** The n by n identity. */
export function identityMatrix(n: number): number[][] {
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)),
  );
}

/** a b, for a: [m, n], b: [n, p]. */
export function multiplyMatrices(a: IntegerMatrix, b: IntegerMatrix): number[][] {
  const columns = b.length === 0 ? 0 : b[0].length;
  return a.map((row) =>
    Array.from({ length: columns }, (_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)),
  );
}

/** a v, for a: [m, n], v: [n]. */
export function multiplyVector(a: IntegerMatrix, v: readonly number[]): number[] {
  return a.map((row) => row.reduce((sum, x, k) => sum + x * v[k], 0));
}

/**
 * Column echelon form (Cohen, A Course in Computational Algebraic Number Theory, algorithm 2.4.4,
 * without the final reduction): unimodular column operations by Euclid's algorithm.
 *
 * @param a [rows, columns]
 */
export function columnEchelon(a: IntegerMatrix, columns: number): ColumnEchelon {
  // columns as arrays, A above U, so that an operation acts on both at once
  const rows = a.length;
  const work = Array.from({ length: columns }, (_, j) => [
    ...a.map((row) => BigInt(row[j])),
    ...Array.from({ length: columns }, (_, i) => (i === j ? 1n : 0n)),
  ]);
  const pivots: number[] = [];
  for (let row = 0; row < rows && pivots.length < columns; row++) {
    const rank = pivots.length;
    for (;;) {
      let smallest = -1;
      let others = false;
      for (let j = rank; j < columns; j++) {
        if (work[j][row] === 0n) continue;
        if (smallest >= 0) others = true;
        if (smallest < 0 || absolute(work[j][row]) < absolute(work[smallest][row])) smallest = j;
      }
      if (smallest < 0) break;
      [work[rank], work[smallest]] = [work[smallest], work[rank]];
      const pivot = work[rank];
      if (pivot[row] < 0n) for (let i = 0; i < pivot.length; i++) pivot[i] = -pivot[i];
      if (!others) {
        pivots.push(row);
        break;
      }
      for (let j = rank + 1; j < columns; j++) {
        const quotient = work[j][row] / pivot[row];
        if (quotient === 0n) continue;
        for (let i = 0; i < pivot.length; i++) work[j][i] -= quotient * pivot[i];
      }
    }
  }
  const rowsOf = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => work.map((column) => column[from + i]));
  return { echelon: rowsOf(0, rows), change: rowsOf(rows, rows + columns), pivots };
}

/**
 * An integer solution z of A z = r, the free coordinates of the echelon form at 0, or undefined
 * when there is none (or none in safe integers).
 *
 * @param a [rows, columns]
 */
export function solveIntegers(
  a: IntegerMatrix,
  columns: number,
  r: readonly number[],
): number[] | undefined {
  const { echelon, change, pivots } = columnEchelon(a, columns);
  const w: bigint[] = [];
  for (let row = 0; row < a.length; row++) {
    let rest = BigInt(r[row]);
    for (let j = 0; j < w.length; j++) rest -= echelon[row][j] * w[j];
    if (pivots[w.length] === row) {
      const pivot = echelon[row][w.length];
      if (rest % pivot !== 0n) return undefined;
      w.push(rest / pivot);
    } else if (rest !== 0n) {
      return undefined;
    }
  }
  const z = change.map((row) => Number(w.reduce((sum, value, j) => sum + row[j] * value, 0n)));
  return z.every(Number.isSafeInteger) ? z : undefined;
}

/**
 * Inverse of a unimodular matrix [n, n], by solving for each unit vector; throws when there is
 * none.
 */
export function invertUnimodular(u: IntegerMatrix): number[][] {
  const n = u.length;
  const columns = identityMatrix(n).map((unit) => {
    const column = solveIntegers(u, n, unit);
    if (!column) throw new Error("invertUnimodular: the matrix has no inverse over the integers");
    return column;
  });
  return identityMatrix(n).map((row, i) => row.map((_, j) => columns[j][i]));
}

/** The greatest common divisor of two integers, 0 for two zeros. */
export function greatestCommonDivisor(a: number, b: number): number {
  let x = Math.abs(a);
  let y = Math.abs(b);
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

function absolute(x: bigint): bigint {
  return x < 0n ? -x : x;
}
