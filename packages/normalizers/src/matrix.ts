/** The rows of a row-major matrix [n, columns]. */
export function rowsOf(matrix: Float64Array, columns: number): number[][] {
  return Array.from({ length: matrix.length / columns }, (_, i) => [
    ...matrix.subarray(i * columns, (i + 1) * columns),
  ]);
}

/** The product of two matrices by rows. */
export function product(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): number[][] {
  return a.map((row) => {
    const sums = new Array<number>(b[0].length).fill(0);
    // row by row of b, which is several times faster than one entry after the other
    for (const [k, v] of row.entries()) {
      for (let j = 0; j < sums.length; j++) sums[j] += v * b[k][j];
    }
    return sums;
  });
}

/** The square matrix with the given numbers on its diagonal and 0 elsewhere. */
export function diagonal(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  return Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? values[at % n] : 0));
}

/** The identity, [n, n]. */
export function identityMatrix(n: number): Float64Array {
  return diagonal(new Float64Array(n).fill(1));
}

/** U diag(scales) U^T for U: [n, n] with eigenvectors as columns. */
export function symmetricFromEigen(vectors: Float64Array, scales: Float64Array): Float64Array {
  const n = scales.length;
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += vectors[i * n + k] * scales[k] * vectors[j * n + k];
      result[i * n + j] = sum;
      result[j * n + i] = sum;
    }
  }
  return result;
}
