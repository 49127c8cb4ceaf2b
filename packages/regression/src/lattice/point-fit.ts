import type { Kernels } from "@latticode/kernels";
import { integerSpan } from "./integer-span.ts";
import { reduceBasis } from "./lattice-reduction.ts";
import { applyRows, combineRows, invertBasis, vectorLength } from "./row-matrix.ts";

/** The lattice that points lie near, in the points' coordinates. */
export interface NoisyLattice {
  /** n vectors [n], LLL-reduced. */
  readonly basis: readonly Float64Array[];
  /** b: [n] */
  readonly offset: Float64Array;
  /** z, safe integers: [rows, n] */
  readonly codes: Float64Array;
  /** Largest distance of a coordinate of a point from its code, in steps. */
  readonly deviation: number;
  /** Root mean square of a point's distance from its place, by the square root of n. */
  readonly residual: number;
  /** Length of the shortest basis vector. */
  readonly spacing: number;
}

/** Codes are found, and the lattice fitted to them, this many times. */
const fitsPerSpan = 3;

/**
 * Codes of all points, and the basis and offset that fit them best. Where the codes, which carry no
 * noise, generate less than all integers, the basis was too fine, and theirs replaces it.
 */
export function fitPoints(
  points: Float64Array,
  reference: number,
  start: readonly Float64Array[],
  { kernels }: { readonly kernels: Kernels },
): NoisyLattice | undefined {
  const n = start.length;
  let basis: readonly Float64Array[] = reduceBasis(start, { kernels });
  let offset: Float64Array = points.slice(reference * n, (reference + 1) * n);
  for (let round = 1; ; round++) {
    const decoded = decode(points, basis, offset);
    if (!decoded?.codes.every(Number.isSafeInteger)) return undefined;
    const { codes, deviation } = decoded;
    if (round % fitsPerSpan === 0) {
      const differences = codes.map((z, i) => z - codes[i % n]);
      const span = integerSpan(differences, n);
      if (!span) return undefined;
      if (span.every((row, k) => row[k] === 1)) {
        const places = placesOf({ basis, offset, codes }, n);
        const residual =
          vectorLength(points.map((v, i) => v - places[i])) / Math.sqrt(points.length);
        const spacing = basis.reduce((least, v) => Math.min(least, vectorLength(v)), Infinity);
        return { basis, offset, codes, deviation, residual, spacing };
      }
      // the codes are congruent, so any of their places is the new origin
      offset = placesOf({ basis, offset, codes }, n).slice(0, n);
      const fine = basis;
      const coarse = span.map((row) => combineRows(row, fine));
      basis = reduceBasis(coarse, { kernels });
      continue;
    }
    const next = fitAffine(codes, points, n);
    if (!next) return undefined;
    ({ basis, offset } = next);
  }
}

/** Rounded codes of points, and the largest distance of a coordinate from its code. */
function decode(
  points: Float64Array,
  basis: readonly Float64Array[],
  offset: Float64Array,
): { codes: Float64Array; deviation: number } | undefined {
  const n = basis.length;
  const decoder = invertBasis(basis);
  if (!decoder) return undefined;
  const shift = applyRows(decoder, offset, n);
  const codes = applyRows(decoder, points, n);
  let deviation = 0;
  for (let i = 0; i < codes.length; i++) {
    const value = codes[i] - shift[i % n];
    codes[i] = Math.round(value) + 0;
    deviation = Math.max(deviation, Math.abs(value - codes[i]));
  }
  return { codes, deviation };
}

/** A z + b for every code: [rows, n]. */
export function placesOf(
  { basis, offset, codes }: Pick<NoisyLattice, "basis" | "offset" | "codes">,
  n: number,
): Float64Array {
  const places = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i += n) {
    for (let j = 0; j < n; j++) {
      let value = offset[j];
      for (let k = 0; k < n; k++) value += codes[i + k] * basis[k][j];
      places[i + j] = value;
    }
  }
  return places;
}

/**
 * Least squares p ~ A z + b by normal equations about the means; undefined when z spans too little.
 */
function fitAffine(
  codes: Float64Array,
  points: Float64Array,
  n: number,
): { basis: Float64Array[]; offset: Float64Array } | undefined {
  const rows = codes.length / n;
  const meanCode = new Float64Array(n);
  const mean = new Float64Array(n);
  for (let i = 0; i < codes.length; i++) {
    meanCode[i % n] += codes[i] / rows;
    mean[i % n] += points[i] / rows;
  }
  const square = () => Array.from({ length: n }, () => new Float64Array(n));
  const normal = square();
  const right = square();
  for (let i = 0; i < codes.length; i += n) {
    for (let k = 0; k < n; k++) {
      const z = codes[i + k] - meanCode[k];
      for (let l = 0; l < n; l++) normal[k][l] += z * (codes[i + l] - meanCode[l]);
      for (let j = 0; j < n; j++) right[k][j] += z * (points[i + j] - mean[j]);
    }
  }
  const inverse = invertBasis(normal);
  if (!inverse) return undefined;
  const basis = inverse.map((row) => combineRows(row, right));
  const offset = mean.map((value, j) => {
    let sum = value;
    for (let k = 0; k < n; k++) sum -= meanCode[k] * basis[k][j];
    return sum;
  });
  return { basis, offset };
}
