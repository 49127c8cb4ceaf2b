// Integer matrices in BigInt, as rows, to check the kernels exactly.

export type Integers = readonly (readonly bigint[])[];

export function big(a: BigInt64Array, rows: number, columns: number): bigint[][] {
  return Array.from({ length: rows }, (_, i) => [...a.subarray(i * columns, (i + 1) * columns)]);
}

export function integerProduct(a: Integers, b: Integers): bigint[][] {
  return a.map((row) => b[0].map((_, j) => row.reduce((sum, v, k) => sum + v * b[k][j], 0n)));
}

/** Fraction-free elimination (Bareiss 1968): the rank, and the last pivot with the swaps' sign. */
export function eliminate(a: Integers): { rank: number; last: bigint } {
  const rows = a.map((row) => row.slice());
  let [rank, before, sign] = [0, 1n, 1n];
  for (let column = 0; column < rows[0].length && rank < rows.length; column++) {
    const pivot = rows.findIndex((row, i) => i >= rank && row[column] !== 0n);
    if (pivot < 0) continue;
    if (pivot !== rank) {
      [rows[rank], rows[pivot]] = [rows[pivot], rows[rank]];
      sign = -sign;
    }
    for (let i = rank + 1; i < rows.length; i++) {
      for (let j = rows[0].length - 1; j >= column; j--) {
        const value = rows[i][j] * rows[rank][column] - rows[i][column] * rows[rank][j];
        rows[i][j] = value / before;
      }
    }
    before = rows[rank++][column];
  }
  return { rank, last: sign * before };
}

export function determinant(a: Integers): bigint {
  const { rank, last } = eliminate(a);
  return rank === a.length ? last : 0n;
}
