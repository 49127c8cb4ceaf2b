import type { Kernels } from "@latticode/kernels";
import { combineRows, dot, invertBasis, transposed, vectorLength } from "./row-matrix.ts";

// LLL for vectors that are known up to noise (Buchmann and Pohst, "Computing a lattice basis from a
// system of generating vectors", 1987): each vector carries the coefficients of the generators it
// is made of, so that a combination whose noise would be large costs as much as a long one. What is
// left shorter than the noise is a relation between the generators, and no vector of the lattice.

/** What a coefficient adds to the length of a vector, in units of the threshold. */
const coefficientWeight = 0.1;
/** Integers per threshold. */
const resolution = 2 ** 10;
const mostReductions = 8;
const largestInteger = 2 ** 40;

/** A basis of the lattice of noisy generators. */
export interface ReducedGenerators {
  /** n vectors [n], LLL-reduced. */
  readonly basis: readonly Float64Array[];
  /** Covariance of the basis vectors' errors, in units of a generator's variance: [n, n]. */
  readonly covariance: readonly Float64Array[];
}

/**
 * A basis of the lattice that noisy vectors generate, LLL-reduced, or undefined where the relations
 * between them leave more than `threshold`.
 *
 * @param generators vectors [dimension] that span all dimensions, at most 200
 * @param threshold combinations of the generators below this length count as zero; above the noise,
 *   below the shortest vector of the lattice
 */
export function reduceGenerators(
  generators: readonly Float64Array[],
  dimension: number,
  options: { readonly kernels: Kernels; readonly threshold: number },
): ReducedGenerators | undefined {
  const { kernels, threshold } = options;
  const count = generators.length;
  const settings = { unit: threshold, coefficientLength: coefficientWeight };
  const rows = integerRows(generators, settings);
  if (!rows) return undefined;
  const all = rowsOf(kernels.lll(rows, count, dimension + count).transform, count);
  // relations are shorter than what they leave independent, so they come first
  const relations = all.slice(0, count - dimension);
  const allowed = (row: Float64Array) =>
    threshold * Math.max(1, coefficientWeight * vectorLength(row));
  if (relations.some((row) => vectorLength(combineRows(row, generators)) >= allowed(row))) {
    return undefined;
  }
  // all[i] are rows of U, U G = [0; basis], so the last columns of U's inverse are the generators'
  // codes
  const inverse = invertBasis(transposed(all));
  if (!inverse) return undefined;
  const codes = inverse.map((row) => row.slice(count - dimension).map(Math.round));
  const rough = all.slice(count - dimension).map((row) => combineRows(row, generators));
  const change = reduction(rough, { kernels });
  // z' basis = z rough for basis = change rough: codes in the reduced basis
  const back = invertBasis(transposed(change));
  if (!back) return undefined;
  const reduced = codes.map((row) => combineRows(row, back).map(Math.round));
  return leastSquaresBasis(reduced, generators);
}

/** The basis that fits vectors of the given codes best: (Z' Z)^-1 Z' G. */
function leastSquaresBasis(
  codes: readonly Float64Array[],
  vectors: readonly Float64Array[],
): ReducedGenerators | undefined {
  const columns = transposed(codes);
  const normal = columns.map((a) => Float64Array.from(columns, (b) => dot(a, b)));
  const covariance = invertBasis(normal);
  if (!covariance) return undefined;
  const right = columns.map((column) => combineRows(column, vectors));
  return { basis: covariance.map((row) => combineRows(row, right)), covariance };
}

/** The basis, LLL-reduced: a basis of the same lattice, nearly orthogonal, the vectors short. */
export function reduceBasis(
  basis: readonly Float64Array[],
  options: { readonly kernels: Kernels },
): readonly Float64Array[] {
  let current = basis;
  // integers are coarse beside long vectors, and finer again once those are shorter
  for (let round = 0; round < mostReductions; round++) {
    const change = reduction(current, options);
    const next = change.map((row) => combineRows(row, current));
    const size = (vectors: readonly Float64Array[]) =>
      vectors.reduce((sum, vector) => sum + dot(vector, vector), 0);
    if (!(size(next) < size(current) * (1 - 1e-9))) break;
    current = next;
  }
  return current;
}

/** The unimodular matrix that reduces a basis, as rows. */
function reduction(
  basis: readonly Float64Array[],
  { kernels }: { readonly kernels: Kernels },
): Float64Array[] {
  const n = basis.length;
  const shortest = basis.reduce((least, vector) => Math.min(least, vectorLength(vector)), Infinity);
  const rows = integerRows(basis, { unit: shortest, coefficientLength: 0 });
  if (n < 2 || !rows) {
    return basis.map((_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
  }
  return rowsOf(kernels.lll(rows, n, n).transform, n);
}

/**
 * [vector / unit, coefficientLength * unit vector] as integers, row by row; undefined when too
 * large.
 */
function integerRows(
  vectors: readonly Float64Array[],
  { unit, coefficientLength }: { readonly unit: number; readonly coefficientLength: number },
): BigInt64Array | undefined {
  const n = vectors[0].length;
  const width = coefficientLength === 0 ? n : n + vectors.length;
  const rows = new BigInt64Array(vectors.length * width);
  const scale = resolution / unit;
  for (const [i, vector] of vectors.entries()) {
    for (let j = 0; j < n; j++) {
      const value = Math.round(vector[j] * scale);
      if (!(Math.abs(value) < largestInteger)) return undefined;
      rows[i * width + j] = BigInt(value);
    }
    if (width > n) rows[i * width + n + i] = BigInt(Math.round(coefficientLength * resolution));
  }
  return rows;
}

function rowsOf(matrix: BigInt64Array, columns: number): Float64Array[] {
  return Array.from({ length: matrix.length / columns }, (_, i) =>
    Float64Array.from(matrix.subarray(i * columns, (i + 1) * columns), Number),
  );
}
