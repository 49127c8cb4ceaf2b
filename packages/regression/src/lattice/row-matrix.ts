// Small matrices as arrays of rows; flat lists of vectors are row-major.

/** Rows times each vector [columns] of a flat list: [vectors, rows]. */
export function applyRows(
  rows: readonly Float64Array[],
  vectors: Float64Array,
  columns: number,
): Float64Array {
  const count = columns === 0 ? 0 : vectors.length / columns;
  const result = new Float64Array(count * rows.length);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < rows.length; k++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += rows[k][j] * vectors[i * columns + j];
      result[i * rows.length + k] = sum;
    }
  }
  return result;
}

/** The combination of rows with the given coefficients. */
export function combineRows(
  coefficients: Float64Array,
  rows: readonly Float64Array[],
): Float64Array {
  const result = new Float64Array(rows.length === 0 ? 0 : rows[0].length);
  for (let k = 0; k < rows.length; k++) {
    for (let j = 0; j < result.length; j++) result[j] += coefficients[k] * rows[k][j];
  }
  return result;
}

/** The columns of a matrix with at least one row. */
export function transposed(rows: readonly Float64Array[]): Float64Array[] {
  return Array.from(rows[0], (_, j) => Float64Array.from(rows, (row) => row[j]));
}

/** Inner product. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Euclidean length. */
export function vectorLength(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

/**
 * Rows of the inverse of the matrix whose columns are the basis vectors, by Gauss-Jordan; undefined
 * when singular.
 */
export function invertBasis(basis: readonly Float64Array[]): Float64Array[] | undefined {
  const n = basis.length;
  const work = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: 2 * n }, (_, j) => (j < n ? basis[j][i] : j - n === i ? 1 : 0)),
  );
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column + 1; i < n; i++) {
      if (Math.abs(work[i][column]) > Math.abs(work[pivot][column])) pivot = i;
    }
    const scale = work[pivot][column];
    if (!(Math.abs(scale) > 1e-12)) return undefined;
    [work[column], work[pivot]] = [work[pivot], work[column]];
    for (let j = 0; j < 2 * n; j++) work[column][j] /= scale;
    for (let i = 0; i < n; i++) {
      const factor = work[i][column];
      if (i === column || factor === 0) continue;
      for (let j = 0; j < 2 * n; j++) work[i][j] -= factor * work[column][j];
    }
  }
  return work.map((row) => row.slice(n));
}
