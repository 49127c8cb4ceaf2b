import type { Kernels } from "@latticode/kernels";
import { components } from "../components.ts";
import { frobenius, multiply, realMatrix } from "./complex-matrix.ts";
import { complexSchur } from "./complex-schur.ts";
import { conjugateDistance, distance, linkage, sumOfImaginary } from "./eigenvalue-sets.ts";
import { type JordanRefusal, oneEigenvalue, type Search } from "./jordan-cluster.ts";
import type { RefinedCluster } from "./jordan-refinement.ts";
import { blockSizes, jordanChains } from "./staircase.ts";

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

/**
 * Beyond this the refinement's least squares become slow: their cost grows with the sixth power.
 */
export const largestJordan = 16;

/**
 * Beyond this change of the Jordan form's entries, that is T^-1 times the noise times T, another
 * one may be right: measured on random structures, where none up to this was wrong.
 */
const mostChange = 0.1;

/**
 * The Jordan canonical form of a real matrix W [n, n], row-major, known up to noise.
 *
 * The noise splits an eigenvalue of a block of size k into k that lie around it, as far away as the
 * k-th root of noise. So candidates for the eigenvalues that are one are taken from single linkage,
 * coarsest first, and tested: the staircase form of W - lambda on their invariant subspace gives
 * candidates for the block sizes, and the distance from W to a matrix of that structure, by Gauss
 * and Newton, decides. The answer is the most degenerate structure within the noise (Zeng and Li
 * 2009). Where another one is hardly farther away than the noise, or the eigenvalues are too
 * sensitive to be told apart, there is a refusal rather than a guess.
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
      `jordanForm: ${w.length} numbers for n = ${n}, must be n * n for n from 1 to ` +
        `${largestJordan}`,
    );
  }
  if (!w.every(Number.isFinite)) return { refused: "an entry is not a finite number" };
  const matrix = realMatrix(w, n, n);
  if (!(frobenius(matrix) < 1e100)) return { refused: "the entries are too large" };
  const schur = complexSchur(w, n);
  if (!schur) return { refused: "the QR iteration did not converge" };
  const noise = Math.max(options.noise, 2 ** -50 * frobenius(matrix));
  const search: Search = { kernels: options.kernels, noise, matrix, schur };
  const all = Array.from({ length: n }, (_, i) => i);
  const clusters = separate(search, all, "real");
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

/**
 * The clusters that a set of eigenvalues falls into: one where it is the eigenvalue of one
 * structure, else those of the parts that it falls into at its longest link. A "real" set is closed
 * under conjugation, and of a pair of conjugate clusters the one of im > 0 is returned; a "complex"
 * one has no member in common with its conjugate.
 */
function separate(
  search: Search,
  members: readonly number[],
  field: "real" | "complex",
): RefinedCluster[] | JordanRefusal {
  const { schur } = search;
  const whole = oneEigenvalue(search, members, field);
  if (whole) return "refused" in whole ? whole : [whole];
  if (members.length === 1) {
    const fault = field === "real" ? "has no conjugate" : "does not converge";
    return { refused: `an eigenvalue ${fault}` };
  }
  // relative, so that conjugate links break together
  const longest = linkage(schur, members) * (1 - 1e-6);
  const parts = components(members, (i, j) => !(distance(schur, i, j) >= longest));
  const result: RefinedCluster[] = [];
  for (const part of parts) {
    let within = field;
    if (field === "real") {
      const away = parts.map((other) => conjugateDistance(schur, part[0], other));
      const nearest = parts[away.indexOf(Math.min(...away))];
      if (nearest.length !== part.length) {
        return { refused: "the eigenvalues do not separate into conjugate pairs" };
      }
      if (nearest !== part) {
        if (!(sumOfImaginary(schur, part) > 0)) continue;
        within = "complex";
      }
    }
    const inner = separate(search, part, within);
    if ("refused" in inner) return inner;
    result.push(...inner);
  }
  return result;
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
  clusters: readonly RefinedCluster[],
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
