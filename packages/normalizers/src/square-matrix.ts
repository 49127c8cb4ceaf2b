// Row-major square matrices.

/** The identity, [n, n]. */
export function identityMatrix(n: number): Float64Array {
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) result[i * n + i] = 1;
  return result;
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
