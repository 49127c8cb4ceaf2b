import { randomInteger, seededRandom } from "./networks.ts";

// Random lattices with noisy points, and the differences that an input's steps would give.

export interface RandomLattice {
  readonly dimension: number;
  /** Largest coordinate of a point's code; the smallest is 0. */
  readonly range: number;
  /** Root mean square length of a point's noise, in lengths of the shortest vector. */
  readonly noise: number;
  /** n vectors [n] */
  readonly basis: readonly Float64Array[];
  /** [any, n] */
  readonly generators: Float64Array;
  /** [rows, n] */
  readonly points: Float64Array;
  /** Codes of the points, [rows, n]. */
  readonly codes: Float64Array;
}

/**
 * A lattice of 1 to 8 dimensions with a random basis, the entries normal. Codes of points are
 * uniform in a box of up to 200 steps a side. Generators are differences of points by k c, with c
 * one of 2 n + 4 codes with entries to 2 that generate all codes, and k = 1, 2, 4, ... up to the
 * box: what changes of an input by 1, 2, 4, ... do to a hidden state.
 */
export function randomLattice(
  seed: number,
  options: {
    readonly rows?: number;
    readonly largestNoise?: number;
    readonly dimension?: number;
    readonly range?: number;
  } = {},
): RandomLattice {
  const { rows = 300, largestNoise = 0.05 } = options;
  const random = seededRandom(seed);
  const normal = normals(random);
  const n = options.dimension ?? 1 + (seed % 8);
  // evenly over magnitudes
  const range = options.range ?? randomInteger(random, 1, randomInteger(random, 1, 200));
  const noise = largestNoise * random();
  const basis = Array.from({ length: n }, () => Float64Array.from({ length: n }, normal));
  const deviation = (noise * shortestVector(basis)) / Math.sqrt(n);
  const noisy = (code: readonly number[]) =>
    Float64Array.from({ length: n }, (_, j) =>
      code.reduce((sum, z, k) => sum + z * basis[k][j], deviation * normal()),
    );
  const sides = basis.map(() => randomInteger(random, 1, range));
  const offset = Float64Array.from({ length: n }, () => 10 * normal());
  const points: number[] = [];
  const codes: number[] = [];
  for (let i = 0; i < rows; i++) {
    const code = sides.map((side) => randomInteger(random, 0, side));
    codes.push(...code);
    const point = noisy(code);
    points.push(...point.map((v, j) => v + offset[j]));
  }
  const directions = generatingCodes(n, random);
  const generators: number[] = [];
  for (let factor = 1; factor <= range; factor *= 2) {
    for (const direction of directions) {
      for (let copy = 0; copy < 4; copy++) {
        const start = noisy(direction.map(() => 0));
        const end = noisy(direction.map((c) => factor * c));
        generators.push(...end.map((v, j) => v - start[j]));
      }
    }
  }
  return {
    dimension: n,
    range,
    noise,
    basis,
    generators: Float64Array.from(generators),
    points: Float64Array.from(points),
    codes: Float64Array.from(codes),
  };
}

/**
 * 2 n + 4 codes with entries to 2 that generate all of Z^n: the minors' greatest common divisor is
 * 1.
 */
function generatingCodes(n: number, random: () => number): number[][] {
  for (;;) {
    const codes = Array.from({ length: 2 * n + 4 }, () =>
      Array.from({ length: n }, () => randomInteger(random, -2, 2)),
    );
    if (generatesAll(codes, n)) return codes;
  }
}

/**
 * Whether integer vectors generate Z^n: no prime divides all minors, by elimination over BigInt.
 */
export function generatesAll(vectors: readonly ArrayLike<number>[], n: number): boolean {
  const rows = vectors.map((row) => Array.from(row, BigInt));
  for (let column = 0; column < n; column++) {
    for (;;) {
      const live = rows.slice(column).filter((row) => row[column] !== 0n);
      if (live.length === 0) return false;
      const size = (row: bigint[]) => (row[column] < 0n ? -row[column] : row[column]);
      const pivot = live.reduce((a, b) => (size(b) < size(a) ? b : a));
      if (live.length === 1) {
        if (size(pivot) !== 1n) return false;
        const at = rows.indexOf(pivot);
        [rows[column], rows[at]] = [rows[at], rows[column]];
        break;
      }
      for (const row of live) {
        if (row === pivot) continue;
        const quotient = row[column] / pivot[column];
        for (let k = column; k < n; k++) row[k] -= quotient * pivot[k];
      }
    }
  }
  return true;
}

/**
 * The length of the shortest vector among small combinations of a basis after reduction by pairs.
 */
function shortestVector(basis: readonly Float64Array[]): number {
  const reduced = basis.map((v) => v.slice());
  const square = (v: Float64Array) => v.reduce((sum, x) => sum + x * x, 0);
  for (let changed = true; changed; ) {
    changed = false;
    for (const a of reduced) {
      for (const b of reduced) {
        if (a === b) continue;
        const multiple = Math.round(a.reduce((sum, x, i) => sum + x * b[i], 0) / square(b));
        if (multiple === 0) continue;
        const shorter = a.map((x, i) => x - multiple * b[i]);
        if (square(shorter) >= square(a) * (1 - 1e-9)) continue;
        a.set(shorter);
        changed = true;
      }
    }
  }
  let least = Number.POSITIVE_INFINITY;
  const visit = (k: number, sum: Float64Array, used: number) => {
    if (used > 0) least = Math.min(least, square(sum));
    if (k === reduced.length || used === 4) return;
    for (let next = k; next < reduced.length; next++) {
      for (const sign of [1, -1]) {
        visit(
          next + 1,
          sum.map((x, i) => x + sign * reduced[next][i]),
          used + 1,
        );
      }
    }
  };
  visit(0, new Float64Array(basis.length), 0);
  return Math.sqrt(least);
}

/** Standard normal numbers by the sum of twelve uniform ones. */
function normals(random: () => number): () => number {
  return () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += random();
    return sum;
  };
}
