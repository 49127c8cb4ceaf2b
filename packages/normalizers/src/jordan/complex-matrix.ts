import type { Kernels } from "@latticode/kernels";

/** A complex matrix, row-major. The imaginary parts are all 0 where it is real. */
export interface ComplexMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Zeros, [rows, columns]. */
export function zeroMatrix(rows: number, columns: number): ComplexMatrix {
  const size = rows * columns;
  return { rows, columns, re: new Float64Array(size), im: new Float64Array(size) };
}

/** The real matrix re [rows, columns], copied. */
export function realMatrix(re: Float64Array, rows: number, columns: number): ComplexMatrix {
  return { rows, columns, re: re.slice(), im: new Float64Array(rows * columns) };
}

/** The matrix [rows, columns] of the given entries. */
export function matrixOf(
  rows: number,
  columns: number,
  entry: (i: number, j: number) => readonly [re: number, im: number],
): ComplexMatrix {
  const result = zeroMatrix(rows, columns);
  for (let at = 0; at < rows * columns; at++) {
    [result.re[at], result.im[at]] = entry(Math.floor(at / columns), at % columns);
  }
  return result;
}

/** The entry in row i and column j, real and imaginary part. */
export function entryAt({ re, im, columns }: ComplexMatrix, i: number, j: number) {
  return [re[i * columns + j], im[i * columns + j]] as const;
}

export function complexIdentity(n: number): ComplexMatrix {
  return matrixOf(n, n, (i, j) => [i === j ? 1 : 0, 0]);
}

/** a + (re + i im) I. */
export function shifted(a: ComplexMatrix, re: number, im: number): ComplexMatrix {
  const add = (parts: Float64Array, v: number) =>
    parts.map((part, at) => (at % (a.columns + 1) === 0 ? part + v : part));
  return { ...a, re: add(a.re, re), im: add(a.im, im) };
}

/** a b. */
export function multiply(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  const result = zeroMatrix(a.rows, b.columns);
  const [inner, columns] = [a.columns, b.columns];
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < inner; k++) {
      const re = a.re[i * inner + k];
      const im = a.im[i * inner + k];
      if (re === 0 && im === 0) continue;
      for (let j = 0; j < columns; j++) {
        const x = b.re[k * columns + j];
        const y = b.im[k * columns + j];
        result.re[i * columns + j] += re * x - im * y;
        result.im[i * columns + j] += re * y + im * x;
      }
    }
  }
  return result;
}

/** The conjugate transpose. */
export function adjoint(a: ComplexMatrix): ComplexMatrix {
  return matrixOf(a.columns, a.rows, (i, j) => {
    const [re, im] = entryAt(a, j, i);
    return [re, 0 - im];
  });
}

/** Rows and columns from the given ones on, as many as told. */
export function block(
  a: ComplexMatrix,
  [top, left]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): ComplexMatrix {
  return matrixOf(rows, columns, (i, j) => entryAt(a, top + i, left + j));
}

/** The square matrix of columns [n, 1], of which there are n. */
export function besides(columns: readonly ComplexMatrix[]): ComplexMatrix {
  return matrixOf(columns.length, columns.length, (i, j) => entryAt(columns[j], i, 0));
}

/** a - b. */
export function difference(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  return { ...a, re: a.re.map((v, at) => v - b.re[at]), im: a.im.map((v, at) => v - b.im[at]) };
}

/** The square root of the sum of the squares of all entries. */
export function frobenius(a: ComplexMatrix): number {
  let sum = 0;
  for (let at = 0; at < a.re.length; at++) sum += a.re[at] * a.re[at] + a.im[at] * a.im[at];
  return Math.sqrt(sum);
}

function isReal(a: ComplexMatrix): boolean {
  return a.im.every((v) => v === 0);
}

/** The real matrix [[re, -im], [im, re]], which multiplies and inverts as the complex one does. */
function embedded(a: ComplexMatrix): Float64Array {
  return matrixOf(2 * a.rows, 2 * a.columns, (row, column) => {
    const [re, im] = entryAt(a, row % a.rows, column % a.columns);
    if (row < a.rows === column < a.columns) return [re, 0];
    return [row < a.rows ? 0 - im : im, 0];
  }).re;
}

/**
 * Singular values [n], descending, and right singular vectors [n, n] as columns of a square matrix.
 * A complex one goes through its real embedding, where every value comes twice: of the vectors of a
 * value those are kept that are independent over the complex numbers.
 */
export function rightSingularVectors(
  a: ComplexMatrix,
  { kernels }: { readonly kernels: Kernels },
): { values: Float64Array; vectors: ComplexMatrix } {
  const n = a.columns;
  if (isReal(a)) {
    const { values, v } = kernels.svd(a.re, n, n);
    return { values, vectors: realMatrix(v, n, n) };
  }
  const { values, v } = kernels.svd(embedded(a), 2 * n, 2 * n);
  const kept: ComplexMatrix[] = [];
  for (let column = 0; column < 2 * n && kept.length < n; column++) {
    let vector = matrixOf(n, 1, (i) => [v[i * 2 * n + column], v[(n + i) * 2 * n + column]]);
    // twice, as one pass of Gram and Schmidt may leave rounding errors that count
    for (const q of [...kept, ...kept]) {
      vector = difference(vector, multiply(q, multiply(adjoint(q), vector)));
    }
    const length = frobenius(vector);
    // 2 d vectors that span d dimensions always hold d whose rest is longer than this
    if (length * length < 1 / (4 * n)) continue;
    kept.push(matrixOf(n, 1, (i) => [vector.re[i] / length, vector.im[i] / length]));
  }
  return { values: values.filter((_, k) => k % 2 === 0), vectors: besides(kept) };
}

/** The x [columns, 1] that minimises |a x - b|, b [rows, 1]. */
export function complexLeastSquares(
  a: ComplexMatrix,
  b: ComplexMatrix,
  { kernels }: { readonly kernels: Kernels },
): ComplexMatrix {
  const { rows, columns } = a;
  if (isReal(a) && isReal(b)) {
    return realMatrix(kernels.leastSquares(a.re, rows, columns, b.re, 1), columns, 1);
  }
  const sides = Float64Array.of(...b.re, ...b.im);
  const x = kernels.leastSquares(embedded(a), 2 * rows, 2 * columns, sides, 1);
  return { rows: columns, columns: 1, re: x.slice(0, columns), im: x.slice(columns) };
}
