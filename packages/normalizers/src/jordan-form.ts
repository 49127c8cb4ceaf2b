import type { Kernels } from "@latticode/kernels";
import type { ComplexMatrix } from "./complex-matrix.ts";
import {
  adjoint,
  block,
  frobenius,
  multiply,
  realMatrix,
  rightSingularVectors,
  zeroMatrix,
} from "./complex-matrix.ts";
import type { ComplexSchur } from "./complex-schur.ts";
import { complexSchur, reordered } from "./complex-schur.ts";
import type { RefinedCluster } from "./jordan-refinement.ts";
import { refineCluster } from "./jordan-refinement.ts";
import type { Staircase } from "./staircase.ts";
import { blockSizes, jordanChains, staircase, upTo, widestGap } from "./staircase.ts";

/** A Jordan block of a real matrix. */
export interface JordanBlock {
  /** The eigenvalue; a pair of conjugate ones is one block, of im > 0. */
  readonly re: number;
  readonly im: number;
  /** Length of the chain; a pair's block has twice as many rows. */
  readonly size: number;
}

/** W T = T J as nearly as the noise allows, J the direct sum of the blocks, real. */
export interface JordanForm {
  /** By ascending real part, then imaginary part; those of one eigenvalue by descending size. */
  readonly blocks: readonly JordanBlock[];
  /** T [n, n]: the chains as columns, for a pair the real and the imaginary part of each vector. */
  readonly basis: Float64Array;
  /** Distance from W to a matrix of this structure. */
  readonly residual: number;
}

export interface JordanFormOptions {
  readonly kernels: Kernels;
  /** Standard deviation of the error of an entry; at least rounding error is assumed. */
  readonly noise: number;
}

/** A form that was not found, and why. */
export interface JordanRefusal {
  readonly refused: string;
}

/** Beyond this the refinement's least squares become slow: their cost grows with the sixth power. */
export const largestJordan = 16;

/**
 * Beyond this change of the Jordan form's entries, that is T^-1 times the noise times T, another one
 * may be right: measured on random structures, where none up to this was wrong.
 */
const mostChange = 0.1;

/** A structure is too near to be told from another that is this much farther than the noise. */
const ambiguity = 30;

/**
 * The Jordan canonical form of a real matrix W [n, n], row-major, known up to noise.
 *
 * The noise splits an eigenvalue of a block of size k into k that lie around it, as far away as the
 * k-th root of noise. So candidates for the eigenvalues that are one are taken from single linkage,
 * coarsest first, and tested: the staircase form of W - lambda on their invariant subspace gives
 * candidates for the block sizes, and the distance from W to a matrix of that structure, by Gauss and
 * Newton, decides. The answer is the most degenerate structure within the noise (Zeng and Li 2009).
 * Where another one is hardly farther away than the noise, or the eigenvalues are too sensitive to
 * be told apart, there is a refusal rather than a guess.
 *
 * @throws RangeError when n is above 16 or the length is not n * n
 */
export function jordanForm(
  w: Float64Array,
  n: number,
  options: JordanFormOptions,
): JordanForm | JordanRefusal {
  if (!(n >= 1 && n <= largestJordan) || w.length !== n * n) {
    throw new RangeError(
      `jordanForm: ${w.length} numbers for n = ${n}, must be n * n for n from 1 to ${largestJordan}`,
    );
  }
  if (!w.every(Number.isFinite)) return { refused: "an entry is not a finite number" };
  const matrix = realMatrix(w, n, n);
  const schur = complexSchur(w, n);
  if (!schur) return { refused: "the QR iteration did not converge" };
  const noise = Math.max(options.noise, 2 ** -50 * frobenius(matrix));
  const search: Search = { kernels: options.kernels, noise, matrix, schur };
  const all = Array.from({ length: n }, (_, i) => i);
  const clusters = separate(search, all);
  if ("refused" in clusters) return clusters;
  const total = clusters.reduce((sum, { im, x }) => sum + (im === 0 ? 1 : 2) * x.columns, 0);
  if (total !== n) return { refused: "the eigenvalues do not separate into conjugate pairs" };
  const form = assemble(n, clusters, options);
  const change = noise * chainCondition(form.basis, n, options);
  // a comparison that NaN fails
  if (!(change <= mostChange)) {
    return { refused: `the noise may change the Jordan form by ${change.toExponential(1)}` };
  }
  return form;
}

interface Search {
  readonly kernels: Kernels;
  readonly noise: number;
  readonly matrix: ComplexMatrix;
  readonly schur: ComplexSchur;
}

type Cluster = RefinedCluster;

function distance({ schur: { t } }: Search, i: number, j: number): number {
  const [a, b] = [i * t.columns + i, j * t.columns + j];
  const [re, im] = [t.re[a] - t.re[b], t.im[a] - t.im[b]];
  return Math.sqrt(re * re + im * im);
}

/** The smallest distance from an eigenvalue to the conjugates of those of a set. */
function conjugateDistance({ schur: { t } }: Search, i: number, set: readonly number[]): number {
  const a = i * t.columns + i;
  return set.reduce((least, j) => {
    const b = j * t.columns + j;
    const [re, im] = [t.re[a] - t.re[b], t.im[a] + t.im[b]];
    return Math.min(least, Math.sqrt(re * re + im * im));
  }, Number.POSITIVE_INFINITY);
}

/** Sets within which one gets from any eigenvalue to any other by steps shorter than `below`. */
function components(search: Search, members: readonly number[], below: number): number[][] {
  const left = new Set(members);
  const result: number[][] = [];
  for (const first of members) {
    if (!left.delete(first)) continue;
    const component = [first];
    for (let at = 0; at < component.length; at++) {
      for (const j of left) {
        if (distance(search, component[at], j) >= below) continue;
        component.push(j);
        left.delete(j);
      }
    }
    result.push(component);
  }
  return result;
}

/** The longest step that single linkage needs to connect the members. */
function linkage(search: Search, members: readonly number[]): number {
  const reached = new Set([members[0]]);
  let longest = 0;
  while (reached.size < members.length) {
    let [nearest, step] = [-1, Number.POSITIVE_INFINITY];
    for (const i of reached) {
      for (const j of members) {
        if (reached.has(j) || distance(search, i, j) >= step) continue;
        [nearest, step] = [j, distance(search, i, j)];
      }
    }
    reached.add(nearest);
    longest = Math.max(longest, step);
  }
  return longest;
}

/**
 * The clusters that a set of eigenvalues, closed under conjugation, falls into: one where it is the
 * eigenvalue of one structure, else those of the parts that it falls into at its longest link. Of a
 * pair of conjugate clusters the one of im > 0 is returned.
 */
function separate(search: Search, members: readonly number[]): Cluster[] | JordanRefusal {
  const whole = oneEigenvalue(search, members, "real");
  if (whole) return "refused" in whole ? whole : [whole];
  if (members.length === 1) return { refused: "an eigenvalue has no conjugate" };
  // relative, so that conjugate links break together
  const longest = linkage(search, members) * (1 - 1e-6);
  const parts = components(search, members, longest);
  const result: Cluster[] = [];
  for (const part of parts) {
    const nearest = parts.reduce(
      (best, other) => {
        const away = conjugateDistance(search, part[0], other);
        return away < best.away ? { other, away } : best;
      },
      { other: part, away: Number.POSITIVE_INFINITY },
    ).other;
    if (nearest === part) {
      const inner = separate(search, part);
      if ("refused" in inner) return inner;
      result.push(...inner);
    } else if (nearest.length !== part.length) {
      return { refused: "the eigenvalues do not separate into conjugate pairs" };
    } else if (sumOfImaginary(search, part) > 0) {
      const inner = separateComplex(search, part);
      if ("refused" in inner) return inner;
      result.push(...inner);
    }
  }
  return result;
}

function sumOfImaginary({ schur: { t } }: Search, members: readonly number[]): number {
  return members.reduce((sum, i) => sum + t.im[i * t.columns + i], 0);
}

/** As `separate`, for a set that has no member in common with its conjugate. */
function separateComplex(search: Search, members: readonly number[]): Cluster[] | JordanRefusal {
  const whole = oneEigenvalue(search, members, "complex");
  if (whole) return "refused" in whole ? whole : [whole];
  if (members.length === 1) return { refused: "an eigenvalue does not converge" };
  const longest = linkage(search, members) * (1 - 1e-6);
  const result: Cluster[] = [];
  for (const part of components(search, members, longest)) {
    const inner = separateComplex(search, part);
    if ("refused" in inner) return inner;
    result.push(...inner);
  }
  return result;
}

/**
 * The members as one eigenvalue with the most degenerate structure that is within the noise; undefined
 * where there clearly is none.
 */
function oneEigenvalue(
  search: Search,
  members: readonly number[],
  field: "real" | "complex",
): Cluster | JordanRefusal | undefined {
  const { kernels, matrix, noise } = search;
  const m = members.length;
  const n = matrix.rows;
  const schur = reordered(search.schur, members);
  const projector = projectorNorm(schur, m);
  const reach = Math.sqrt(n) * noise * projector;
  const q = block(schur.q, 0, n, 0, m);
  const subspace = field === "real" ? realSpan(q, kernels) : q;
  if (!subspace) return undefined;
  const restricted = multiply(adjoint(subspace), multiply(matrix, subspace));
  let [re, im] = [0, 0];
  for (let i = 0; i < m; i++) {
    re += restricted.re[i * m + i] / m;
    im += restricted.im[i * m + i] / m;
  }
  const nilpotent = {
    ...restricted,
    re: restricted.re.map((v, at) => (at % (m + 1) === 0 ? v - re : v)),
    im: restricted.im.map((v, at) => (at % (m + 1) === 0 ? v - im : v)),
  };
  let near = Number.POSITIVE_INFINITY;
  const least = smallestValues(nilpotent, kernels);
  for (const { weyr, basis, form } of candidates(nilpotent, reach, kernels)) {
    const threshold = thresholdOf(weyr, noise);
    if (isFar(weyr, least, ambiguity * threshold * (1 + projector))) continue;
    const start = { re, im, weyr, x: multiply(subspace, basis), form };
    const refined = refineCluster(matrix, start, threshold, { kernels });
    const excess = refined.residual / threshold;
    if (excess <= 1) {
      if (near < ambiguity) return { refused: ambiguous(near) };
      return isolated(search, members, refined, reach);
    }
    near = Math.min(near, excess);
  }
  return near < ambiguity ? { refused: ambiguous(near) } : undefined;
}

/** Singular values of N and N^2, ascending, and the largest value of N. */
interface SmallestValues {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly norm: number;
}

function smallestValues(nilpotent: ComplexMatrix, kernels: Kernels): SmallestValues {
  const ascending = (a: ComplexMatrix) => rightSingularVectors(a, { kernels }).values.toReversed();
  const first = ascending(nilpotent);
  const second = ascending(multiply(nilpotent, nilpotent));
  return { first, second, norm: first[first.length - 1] };
}

/**
 * Whether N and N^2 have too few small singular values for the structure to be within `error` of N:
 * saves the refinement, which is the most of the work.
 */
function isFar(weyr: readonly number[], least: SmallestValues, error: number): boolean {
  const { first, second, norm } = least;
  const both = weyr[0] + (weyr[1] ?? 0);
  return first[weyr[0] - 1] > error || second[both - 1] > error * (2 * norm + error);
}

/** Staircase forms that the matrix may have within some error, the most degenerate first. */
function candidates(nilpotent: ComplexMatrix, reach: number, kernels: Kernels): Staircase[] {
  const rules = [widestGap(reach), () => 1];
  const most = Math.max(reach, frobenius(nilpotent));
  for (let tolerance = most; tolerance > reach / 4; tolerance /= 10) rules.push(upTo(tolerance));
  const found = new Map<string, Staircase>();
  for (const rule of rules) {
    const steps = staircase(nilpotent, rule, { kernels });
    if (steps) found.set(steps.weyr.join(), steps);
  }
  return [...found.values()].sort((a, b) => codimension(b.weyr) - codimension(a.weyr));
}

/** How many conditions a matrix must meet to have an eigenvalue of this structure. */
function codimension(weyr: readonly number[]): number {
  return weyr.reduce((sum, w) => sum + w * w, 0) - 1;
}

const ambiguous = (excess: number) =>
  `a simpler structure is only ${excess.toFixed(1)} times as far away as the noise explains`;

/** The distance that noise explains, with room for three standard deviations and more. */
function thresholdOf(weyr: readonly number[], noise: number): number {
  return noise * (4 + 2 * Math.sqrt(codimension(weyr)));
}

/** The cluster, unless the noise moves it so far that the other eigenvalues might belong to it. */
function isolated(
  search: Search,
  members: readonly number[],
  cluster: Cluster,
  reach: number,
): Cluster | JordanRefusal {
  const { t } = search.schur;
  for (let i = 0; i < t.rows; i++) {
    if (members.includes(i)) continue;
    const [x, y] = [t.re[i * t.rows + i] - cluster.re, t.im[i * t.rows + i] - cluster.im];
    const away = Math.sqrt(x * x + y * y);
    if (away < 10 * reach) {
      return {
        refused: `an eigenvalue that the noise moves by ${reach.toExponential(1)} has another at a distance of ${away.toExponential(1)}`,
      };
    }
  }
  return cluster;
}

/** A real orthonormal basis of the span of q's columns; undefined where the span is not real. */
function realSpan(q: ComplexMatrix, kernels: Kernels): ComplexMatrix | undefined {
  const [n, m] = [q.rows, q.columns];
  const both = new Float64Array(n * 2 * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      both[i * 2 * m + j] = q.re[i * m + j];
      both[i * 2 * m + m + j] = q.im[i * m + j];
    }
  }
  const { u, values } = kernels.svd(both, n, 2 * m);
  const rank = values.length;
  // where it is real, m values are 1 and the others 0
  if (values[m - 1] < 0.5 || (rank > m && values[m] > 0.5)) return undefined;
  const basis = zeroMatrix(n, m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) basis.re[i * m + j] = u[i * rank + j];
  }
  return basis;
}

/**
 * A bound for the norm of the spectral projector of the first m eigenvalues, 1 / sin of the smallest
 * angle between their subspace and that of the others: the factor by which noise moves their mean.
 */
function projectorNorm({ t }: ComplexSchur, m: number): number {
  const n = t.rows;
  // T11 R - R T22 = T12, column by column from the left, each from the bottom up
  const r = zeroMatrix(m, n - m);
  for (let j = 0; j < n - m; j++) {
    const diagonal = (m + j) * n + m + j;
    for (let i = m - 1; i >= 0; i--) {
      let [re, im] = [t.re[i * n + m + j], t.im[i * n + m + j]];
      const add = (x: number, y: number, u: number, v: number, sign: number) => {
        re += sign * (x * u - y * v);
        im += sign * (x * v + y * u);
      };
      for (let k = 0; k < j; k++) {
        const [a, b] = [i * (n - m) + k, (m + k) * n + m + j];
        add(r.re[a], r.im[a], t.re[b], t.im[b], 1);
      }
      for (let k = i + 1; k < m; k++) {
        const [a, b] = [i * n + k, k * (n - m) + j];
        add(t.re[a], t.im[a], r.re[b], r.im[b], -1);
      }
      const x = t.re[i * n + i] - t.re[diagonal];
      const y = t.im[i * n + i] - t.im[diagonal];
      const square = Math.max(x * x + y * y, 1e-290);
      r.re[i * (n - m) + j] = (re * x + im * y) / square;
      r.im[i * (n - m) + j] = (im * x - re * y) / square;
    }
  }
  const norm = frobenius(r);
  return Math.sqrt(1 + norm * norm);
}

/** The condition number of T in the Frobenius norm; infinite where T is singular. */
function chainCondition(basis: Float64Array, n: number, { kernels }: JordanFormOptions): number {
  let inverse: Float64Array;
  try {
    inverse = kernels.inverse(basis, n);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
  return frobenius(realMatrix(basis, n, n)) * frobenius(realMatrix(inverse, n, n));
}

function assemble(
  n: number,
  clusters: readonly Cluster[],
  { kernels }: JordanFormOptions,
): JordanForm {
  const ordered = [...clusters].sort((a, b) => a.re - b.re || a.im - b.im);
  const blocks: JordanBlock[] = [];
  const basis = new Float64Array(n * n);
  let square = 0;
  let column = 0;
  for (const cluster of ordered) {
    const { re, im, weyr, x, residual } = cluster;
    square += residual * residual;
    blocks.push(...blockSizes(weyr).map((size) => ({ re, im, size })));
    const chains = multiply(x, jordanChains(cluster, { kernels }));
    const real = im === 0;
    for (let j = 0; j < chains.columns; j++) {
      for (let i = 0; i < n; i++) {
        basis[i * n + column] = chains.re[i * chains.columns + j];
        if (!real) basis[i * n + column + 1] = chains.im[i * chains.columns + j];
      }
      column += real ? 1 : 2;
    }
  }
  return { blocks, basis, residual: Math.sqrt(square) };
}
