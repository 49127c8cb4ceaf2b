import type { Kernels } from "@latticode/kernels";
import {
  adjoint,
  block,
  type ComplexMatrix,
  entryAt,
  frobenius,
  matrixOf,
  multiply,
  rightSingularVectors,
  shifted,
} from "./complex-matrix.ts";
import { type ComplexSchur, projectorNorm, reordered } from "./complex-schur.ts";
import { type RefinedCluster, refineCluster } from "./jordan-refinement.ts";
import { type Staircase, staircase, upTo, widestGap } from "./staircase.ts";

/** What was not found, and why. */
export interface JordanRefusal {
  readonly refused: string;
}

/** A matrix in which eigenvalues are looked for. */
export interface Search {
  readonly kernels: Kernels;
  readonly noise: number;
  readonly matrix: ComplexMatrix;
  readonly schur: ComplexSchur;
}

/** A structure is too near to be told from another that is this much farther than the noise. */
const ambiguity = 30;

/**
 * The members as one eigenvalue with the most degenerate structure that is within the noise;
 * undefined where there clearly is none.
 */
export function oneEigenvalue(
  search: Search,
  members: readonly number[],
  field: "real" | "complex",
): RefinedCluster | JordanRefusal | undefined {
  const { kernels, matrix, noise } = search;
  const m = members.length;
  const n = matrix.rows;
  const schur = reordered(search.schur, members);
  const projector = projectorNorm(schur, m);
  const reach = Math.sqrt(n) * noise * projector;
  const q = block(schur.q, [0, 0], [n, m]);
  const subspace = field === "real" ? realSpan(q, kernels) : q;
  if (!subspace) return undefined;
  const restricted = multiply(adjoint(subspace), multiply(matrix, subspace));
  let [re, im] = [0, 0];
  for (let i = 0; i < m; i++) {
    re += restricted.re[i * m + i] / m;
    im += restricted.im[i * m + i] / m;
  }
  const nilpotent = shifted(restricted, -re, -im);
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
  cluster: RefinedCluster,
  reach: number,
): RefinedCluster | JordanRefusal {
  const { t } = search.schur;
  for (let i = 0; i < t.rows; i++) {
    if (members.includes(i)) continue;
    const [re, im] = entryAt(t, i, i);
    const [x, y] = [re - cluster.re, im - cluster.im];
    const away = Math.sqrt(x * x + y * y);
    if (away < 10 * reach) {
      return {
        refused:
          `an eigenvalue that the noise moves by ${reach.toExponential(1)} has another at a ` +
          `distance of ${away.toExponential(1)}`,
      };
    }
  }
  return cluster;
}

/** A real orthonormal basis of the span of q's columns; undefined where the span is not real. */
function realSpan(q: ComplexMatrix, kernels: Kernels): ComplexMatrix | undefined {
  const [n, m] = [q.rows, q.columns];
  const both = matrixOf(n, 2 * m, (i, j) => [(j < m ? q.re : q.im)[i * m + (j % m)], 0]);
  const { u, values } = kernels.svd(both.re, n, 2 * m);
  const rank = values.length;
  // where it is real, m values are 1 and the others 0
  if (values[m - 1] < 0.5 || (rank > m && values[m] > 0.5)) return undefined;
  return matrixOf(n, m, (i, j) => [u[i * rank + j], 0]);
}
