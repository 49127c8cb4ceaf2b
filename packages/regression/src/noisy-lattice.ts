import type { Kernels } from "@latticode/kernels";
import { integerSpan } from "./integer-span.ts";
import type { ReducedGenerators } from "./lattice-reduction.ts";
import { reduceBasis, reduceGenerators } from "./lattice-reduction.ts";
import { applyRows, combineRows, invertBasis, vectorLength } from "./row-matrix.ts";

// The lattice of noisy points, p = A z + b + noise with z integer, in any dimension: differences of
// points generate it, the shortest of them are reduced to a basis, and the basis is corrected by
// least squares over ever longer differences. An error of the basis grows with the code, so a
// difference is used once those before it determine its code; one that is determined and yet lies
// off the lattice is a generator that was missing. How much noise there is nobody knows: every
// threshold between the longest and the shortest difference is tried, in halves.

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

export interface NoisyLatticeOptions {
  readonly kernels: Kernels;
  /** Largest deviation that is accepted, below 0.5; 0.45 unless told. */
  readonly tolerance?: number;
}

/** Largest residual, as a share of the spacing. Points without a lattice have 0.29. */
const LARGEST_RESIDUAL = 0.12;
/** From the longest difference down; a code of 200 in 8 dimensions takes 13. */
const HALVINGS = 14;
/** Generators reduced at once, beyond the dimension. */
const SURPLUS_GENERATORS = 12;
const REDUCTIONS = 4;
/** Vectors off the lattice that join the generators at once. */
const MISFITS = 4;
/** Thresholds by which a vector off the lattice is longer than the noise at least. */
const CLEAR = 1.5;
const POOL = 2048;
/** Codes are found, and the lattice fitted to them, this many times. */
const FITS = 3;
const GROWTH_ROUNDS = 24;
/** A code is determined when the basis adds at most this many times the noise of the vector itself. */
const DETERMINED = 2;

/**
 * Finds the lattice of points from differences that generate it.
 *
 * Assumes that the generators do generate it and that enough of them are short: a combination of a
 * few gives each basis vector (what one step of an input does, say), and that differences of all
 * lengths up to the cloud's width lie between, so that each is decoded by those before it. Without
 * generators the nearest neighbours among the points stand in, which needs dense points.
 *
 * @param generators differences of points, [any, dimension]
 * @param points [rows, dimension]
 * @returns undefined when no lattice fits all points
 */
export function findNoisyLattice(
  generators: Float64Array,
  points: Float64Array,
  dimension: number,
  options: NoisyLatticeOptions,
): NoisyLattice | undefined {
  const { kernels, tolerance = 0.45 } = options;
  const search = prepare(generators, points, dimension);
  // quarters first, halves only where those find nothing
  for (const start of [1, 2]) {
    let best: NoisyLattice | undefined;
    let threshold = (start * search.longest) / 2 ** HALVINGS;
    for (let k = 0; k <= HALVINGS / 2; k++, threshold *= 4) {
      const basis = basisAbove(search, threshold, { kernels });
      const lattice = basis && fitPoints(search, basis, { kernels });
      const better =
        lattice &&
        isConvincing(lattice, tolerance) &&
        (!best || isShorter(lattice, best, points, { kernels }));
      if (better) best = lattice;
      // the smallest threshold above the noise is right, the next one shows that it was above
      else if (best) break;
    }
    if (best) return best;
  }
  return undefined;
}

/** Whether the points lie close enough to their places. A comparison that NaN fails. */
function isConvincing({ deviation, residual, spacing }: NoisyLattice, tolerance: number): boolean {
  return deviation <= tolerance && residual <= LARGEST_RESIDUAL * spacing;
}

/**
 * Whether a lattice describes the points in fewer bits than another (paper section 4.2), with the
 * other's residual as the resolution in place of 0.01.
 */
function isShorter(
  lattice: NoisyLattice,
  other: NoisyLattice,
  points: Float64Array,
  { kernels }: { readonly kernels: Kernels },
): boolean {
  const n = lattice.offset.length;
  const unit = Math.max(other.residual, 1e-12 * other.spacing) / 0.01;
  const bits = [lattice, other].map((candidate) => {
    const places = placesOf(candidate, n);
    const residuals = points.map((v, i) => (v - places[i]) / unit);
    return kernels.descriptionLength(candidate.codes, residuals);
  });
  return bits[0] < bits[1];
}

interface Search {
  readonly dimension: number;
  readonly points: Float64Array;
  /** Row of the point that the differences of points are taken from. */
  readonly reference: number;
  /** Generators, the shortest first. */
  readonly generators: readonly Float64Array[];
  /** Generators and differences of points, flat. */
  readonly pool: Float64Array;
  readonly longest: number;
}

function prepare(generators: Float64Array, points: Float64Array, n: number): Search {
  const reference = nearestToMean(points, n);
  const vectors: Float64Array[] = [];
  for (let i = 0; i < generators.length; i += n) vectors.push(generators.subarray(i, i + n));
  const sized = vectors
    .map((vector) => ({ vector, size: vectorLength(vector) }))
    .filter(({ size }) => size > 0 && Number.isFinite(size))
    .sort((a, b) => a.size - b.size);
  const rows = points.length / n;
  const stride = Math.max(1, Math.ceil(rows / POOL));
  const generatorStride = Math.max(1, Math.ceil(sized.length / POOL));
  const pool: number[] = [];
  for (let i = 0; i < sized.length; i += generatorStride) pool.push(...sized[i].vector);
  for (let i = 0; i < rows; i += stride) {
    for (let k = 0; k < n; k++) pool.push(points[i * n + k] - points[reference * n + k]);
  }
  return {
    dimension: n,
    points,
    reference,
    generators: sized.map(({ vector }) => vector),
    pool: Float64Array.from(pool),
    longest: sized.length === 0 ? 0 : sized[sized.length - 1].size,
  };
}

/** The basis of the pool's lattice, if vectors shorter than the threshold are noise. */
function basisAbove(
  { generators, pool, dimension }: Search,
  threshold: number,
  { kernels }: { readonly kernels: Kernels },
): readonly Float64Array[] | undefined {
  let seeds = shortestGenerators(generators, dimension, threshold);
  if (!seeds) return undefined;
  for (let round = 0; round < REDUCTIONS; round++) {
    const reduced = reduceGenerators(seeds, dimension, { kernels, threshold });
    const grown = reduced && growBasis(reduced, pool, threshold);
    if (!grown) return undefined;
    if (grown.misfits.length === 0) return grown.basis;
    seeds = [...seeds, ...grown.misfits];
  }
  return undefined;
}

/**
 * The shortest generators that differ, each the mean of those alike, and those beyond that it takes
 * to span all dimensions.
 */
function shortestGenerators(
  generators: readonly Float64Array[],
  n: number,
  threshold: number,
): Float64Array[] | undefined {
  const chosen: { readonly sum: Float64Array; count: number }[] = [];
  const orthogonal: Float64Array[] = [];
  for (const vector of generators) {
    if (vectorLength(vector) < threshold) continue;
    const alike = chosen.find(
      ({ sum, count }) => Math.abs(signOf(vector, sum, count, threshold)) === 1,
    );
    if (alike) {
      const sign = signOf(vector, alike.sum, alike.count, threshold);
      for (let i = 0; i < n; i++) alike.sum[i] += sign * vector[i];
      alike.count++;
      continue;
    }
    const enough = chosen.length >= n + SURPLUS_GENERATORS;
    if (enough && orthogonal.length === n) break;
    const rest = orthogonal.length < n ? orthogonalPart(vector, orthogonal) : undefined;
    const widens = rest !== undefined && vectorLength(rest) >= threshold;
    if (enough && !widens) continue;
    chosen.push({ sum: vector.slice(), count: 1 });
    if (widens) orthogonal.push(rest);
  }
  if (orthogonal.length < n) return undefined;
  return chosen.map(({ sum, count }) => sum.map((v) => v / count));
}

/** 1 where a vector is closer than the threshold to sum / count, -1 where its opposite is, else 0. */
function signOf(vector: Float64Array, sum: Float64Array, count: number, threshold: number): number {
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

function orthogonalPart(vector: Float64Array, directions: readonly Float64Array[]): Float64Array {
  const rest = vector.slice();
  for (const direction of directions) {
    let product = 0;
    let square = 0;
    for (let i = 0; i < rest.length; i++) {
      product += rest[i] * direction[i];
      square += direction[i] * direction[i];
    }
    for (let i = 0; i < rest.length; i++) rest[i] -= (product / square) * direction[i];
  }
  return rest;
}

/**
 * Least squares for the basis over every vector of the pool whose code it determines, again and
 * again, as the more vectors are used the longer ones are determined.
 *
 * @returns the basis, and a few vectors whose codes are determined, yet not integers
 */
function growBasis(
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
  for (let round = 0; round < GROWTH_ROUNDS; round++) {
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
      if (leverage(z, covariance) > DETERMINED * DETERMINED) continue;
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
      if (misfits[0].size < CLEAR * CLEAR * threshold * threshold) return undefined;
      const different: Float64Array[] = [];
      const vectors: Float64Array[] = [];
      for (const { rest, row } of misfits) {
        if (vectors.length === MISFITS) break;
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
 * Codes of all points, and the basis and offset that fit them best. Where the codes, which carry no
 * noise, generate less than all integers, the basis was too fine, and theirs replaces it.
 */
function fitPoints(
  { points, reference, dimension: n }: Search,
  start: readonly Float64Array[],
  { kernels }: { readonly kernels: Kernels },
): NoisyLattice | undefined {
  let basis: readonly Float64Array[] = reduceBasis(start, { kernels });
  let offset: Float64Array = points.slice(reference * n, (reference + 1) * n);
  for (let round = 1; ; round++) {
    const decoded = decode(points, basis, offset);
    if (!decoded?.codes.every(Number.isSafeInteger)) return undefined;
    const { codes, deviation } = decoded;
    if (round % FITS === 0) {
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
function placesOf(
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

/** Least squares p ~ A z + b by normal equations about the means; undefined when z spans too little. */
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

function nearestToMean(points: Float64Array, n: number): number {
  const rows = points.length / n;
  const mean = new Float64Array(n);
  for (let i = 0; i < points.length; i++) mean[i % n] += points[i] / rows;
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rows; i++) {
    let distance = 0;
    for (let k = 0; k < n; k++) {
      distance += (points[i * n + k] - mean[k]) * (points[i * n + k] - mean[k]);
    }
    if (distance < least) [nearest, least] = [i, distance];
  }
  return nearest;
}
