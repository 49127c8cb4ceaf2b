import type { ReducedGenerators } from "./lattice-reduction.ts";
import { applyRows, combineRows, invertBasis } from "./row-matrix.ts";

// An error of a basis grows with the code, so a vector is used to correct the basis once those
// before it determine its code; one that is determined and yet lies off the lattice is a generator
// that was missing.

/** Vectors off the lattice that join the generators at once. */
const mostMisfits = 4;
/** Thresholds by which a vector off the lattice is longer than the noise at least. */
const clearFactor = 1.5;
const mostRounds = 24;
/**
 * A code is determined when the basis adds at most this many times the noise of the vector itself.
 */
const mostLeverage = 2;

/**
 * Least squares for the basis over every vector of the pool whose code it determines, again and
 * again, as the more vectors are used the longer ones are determined.
 *
 * @returns the basis, and a few vectors whose codes are determined, yet not integers
 */
export function growBasis(
  start: ReducedGenerators,
  pool: Float64Array,
  threshold: number,
): { basis: readonly Float64Array[]; misfits: Float64Array[] } | undefined {
  const n = start.basis.length;
  const rows = pool.length / n;
  let { basis, covariance } = start;
  const precision = invertBasis(covariance);
  if (!precision) return undefined;
  let before = -1;
  for (let round = 0; round < mostRounds; round++) {
    const decoder = invertBasis(basis);
    if (!decoder) return undefined;
    const coordinates = applyRows(decoder, pool, n);
    // normal equations, with what is known of the basis to start from
    const normal = precision.map((row) => row.slice());
    const right = precision.map((row) => combineRows(row, start.basis));
    const misfits: { rest: Float64Array; size: number; row: number }[] = [];
    let used = 0;
    const z = new Float64Array(n);
    const rest = new Float64Array(n);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < n; k++) z[k] = Math.round(coordinates[i * n + k]);
      if (leverage(z, covariance) > mostLeverage * mostLeverage) continue;
      let square = 0;
      for (let j = 0; j < n; j++) {
        let value = pool[i * n + j];
        for (let k = 0; k < n; k++) value -= z[k] * basis[k][j];
        rest[j] = value;
        square += value * value;
      }
      if (square > threshold * threshold) {
        misfits.push({ rest: rest.slice(), size: square, row: i });
        continue;
      }
      used++;
      for (let k = 0; k < n; k++) {
        if (z[k] === 0) continue;
        for (let l = 0; l < n; l++) normal[k][l] += z[k] * z[l];
        for (let j = 0; j < n; j++) right[k][j] += z[k] * pool[i * n + j];
      }
    }
    if (misfits.length > 0) {
      misfits.sort((a, b) => a.size - b.size || a.row - b.row);
      // noise ends where it ends; a missing vector of the lattice is clearly longer than the noise
      if (misfits[0].size < clearFactor * clearFactor * threshold * threshold) return undefined;
      const different: Float64Array[] = [];
      const vectors: Float64Array[] = [];
      for (const { rest, row } of misfits) {
        if (vectors.length === mostMisfits) break;
        if (different.some((other) => signOf(rest, other, 1, threshold) !== 0)) continue;
        different.push(rest);
        vectors.push(pool.slice(row * n, (row + 1) * n));
      }
      return { basis, misfits: vectors };
    }
    const inverse = invertBasis(normal);
    if (!inverse) return undefined;
    covariance = inverse;
    basis = inverse.map((row) => combineRows(row, right));
    if (used === rows && before === rows) break;
    if (used === before) break;
    before = used;
  }
  return before < 0.5 * rows ? undefined : { basis, misfits: [] };
}

/** z' C z: the variance that the basis adds to a vector of code z, in units of one vector's. */
function leverage(z: Float64Array, covariance: readonly Float64Array[]): number {
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    if (z[i] === 0) continue;
    for (let j = 0; j < z.length; j++) sum += z[i] * covariance[i][j] * z[j];
  }
  return sum;
}

/**
 * 1 where a vector is closer than the threshold to sum / count, -1 where its opposite is, else 0.
 */
export function signOf(
  vector: Float64Array,
  sum: Float64Array,
  count: number,
  threshold: number,
): number {
  let minus = 0;
  let plus = 0;
  for (let i = 0; i < vector.length; i++) {
    const mean = sum[i] / count;
    minus += (vector[i] - mean) * (vector[i] - mean);
    plus += (vector[i] + mean) * (vector[i] + mean);
  }
  if (minus < threshold * threshold && minus <= plus) return 1;
  return plus < threshold * threshold ? -1 : 0;
}
