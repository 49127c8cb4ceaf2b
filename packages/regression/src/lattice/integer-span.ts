/**
 * A basis of all integer combinations of integer vectors, in echelon form: row k is 0 before its
 * pivot in column k, which is positive. The product of the pivots is the index of the span in Z^n,
 * 1 where the vectors generate everything. Hermite's form (Cohen, algorithm 2.4.4), one vector at a
 * time, so that any number of them can be given; BigInt, as entries on the way are as large as
 * minors.
 *
 * @param vectors safe integers, [any, n]
 * @returns n rows [n]; undefined where the vectors span fewer dimensions, or an entry of the result
 *   is no safe integer
 */
export function integerSpan(vectors: Float64Array, n: number): Float64Array[] | undefined {
  const rows: (bigint[] | undefined)[] = new Array(n).fill(undefined);
  for (let at = 0; at < vectors.length; at += n) {
    enter(rows, Array.from(vectors.subarray(at, at + n), BigInt));
    if (rows.every((row, k) => row?.[k] === 1n)) break;
  }
  const result: Float64Array[] = [];
  for (let k = n - 1; k >= 0; k--) {
    const row = rows[k];
    if (!row) return undefined;
    reduceBy(rows, row, k);
    result.unshift(Float64Array.from(row, Number));
  }
  return result.every((row) => row.every(Number.isSafeInteger)) ? result : undefined;
}

function enter(rows: (bigint[] | undefined)[], vector: bigint[]): void {
  for (let k = 0; k < vector.length; k++) {
    if (vector[k] === 0n) continue;
    let row = rows[k];
    let rest: bigint[] | undefined = vector;
    if (!row) [row, rest] = [vector, undefined];
    // Euclid's algorithm on the two entries, whole rows along
    while (rest && rest[k] !== 0n) {
      subtract(row, rest, row[k] / rest[k]);
      [row, rest] = [rest, row];
    }
    if (row[k] < 0n) row = row.map((v) => -v);
    rows[k] = row;
    reduceBy(rows, row, k);
    if (!rest) return;
    vector = rest;
  }
}

/** Makes the entries right of the pivot k smaller than the pivots under them. */
function reduceBy(rows: readonly (bigint[] | undefined)[], row: bigint[], k: number): void {
  for (let l = k + 1; l < row.length; l++) {
    const lower = rows[l];
    if (lower && row[l] !== 0n) subtract(row, lower, row[l] / lower[l]);
  }
}

function subtract(a: bigint[], b: readonly bigint[], multiple: bigint): void {
  if (multiple === 0n) return;
  for (let j = 0; j < a.length; j++) a[j] -= multiple * b[j];
}
