import type { Kernels } from "@latticode/kernels";
import { growBasis, signOf } from "./basis-growth.ts";
import { neighbourDifferences } from "./lattice-generators.ts";
import { reduceGenerators } from "./lattice-reduction.ts";
import type { NoisyLattice } from "./point-fit.ts";
import { fitPoints, placesOf } from "./point-fit.ts";
import { vectorLength } from "./row-matrix.ts";

// The lattice of noisy points, p = A z + b + noise with z integer, in any dimension: differences of
// points generate it, the shortest of them are reduced to a basis (lattice-reduction.ts), and the
// basis is corrected over ever longer differences (basis-growth.ts) and over the points
// (point-fit.ts). How much noise there is nobody knows: thresholds from far below the differences
// up are tried, and the first that gives a lattice is above the noise.

export interface NoisyLatticeOptions {
  readonly kernels: Kernels;
  /** Largest deviation that is accepted, below 0.5; 0.45 unless told. */
  readonly tolerance?: number;
}

/** Largest residual, as a share of the spacing. Points without a lattice have 0.29. */
const largestResidual = 0.12;
/** From the longest difference down; a code of 200 in 8 dimensions takes 13. */
const halvings = 14;
/** Generators reduced at once, beyond the dimension. */
const surplusGenerators = 12;
const mostReductions = 4;
const poolSize = 2048;
/**
 * Finds the lattice of points from differences that generate it.
 *
 * Assumes that the generators do generate it and that enough of them are short: a combination of a
 * few gives each basis vector (what one step of an input does, say), and that differences of all
 * lengths up to the cloud's width lie between, so that each is decoded by those before it. Without
 * generators the differences of neighbouring points stand in, which needs dense points. Points and
 * vectors must be as noisy in all directions.
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
  const vectors = generators.length > 0 ? generators : neighbourDifferences(points, dimension);
  const search = prepare(vectors, points, dimension);
  // quarters first, halves only where those find nothing
  for (const start of [1, 2]) {
    let best: NoisyLattice | undefined;
    let threshold = (start * search.longest) / 2 ** halvings;
    for (let k = 0; k <= halvings / 2; k++, threshold *= 4) {
      const basis = basisAbove(search, threshold, { kernels });
      const lattice = basis && fitPoints(points, search.reference, basis, { kernels });
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
  return deviation <= tolerance && residual <= largestResidual * spacing;
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
  const stride = Math.max(1, Math.ceil(rows / poolSize));
  const generatorStride = Math.max(1, Math.ceil(sized.length / poolSize));
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
  for (let round = 0; round < mostReductions; round++) {
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
    const enough = chosen.length >= n + surplusGenerators;
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
