import type { Kernels } from "@latticode/kernels";
import {
  adjoint,
  type ComplexMatrix,
  complexLeastSquares,
  difference,
  frobenius,
  multiply,
  shifted,
  zeroMatrix,
} from "./complex-matrix.ts";
import { blockNumbers } from "./staircase.ts";

/**
 * W X = X (lambda + S) as nearly as can be, S a staircase form of the given Weyr characteristic.
 */
export interface RefinedCluster {
  readonly re: number;
  readonly im: number;
  readonly weyr: readonly number[];
  /** X [n, m], its columns nearly orthonormal. */
  readonly x: ComplexMatrix;
  /** S [m, m]. */
  readonly form: ComplexMatrix;
  /** Frobenius norm of W X - X (lambda + S): how far W is from having this structure. */
  readonly residual: number;
}

const mostSteps = 10;

function residualOf(w: ComplexMatrix, guess: Omit<RefinedCluster, "residual">): ComplexMatrix {
  return difference(
    multiply(w, guess.x),
    multiply(guess.x, shifted(guess.form, guess.re, guess.im)),
  );
}

/**
 * Gauss and Newton on W X = X (lambda + S) (Zeng and Li, "A numerical method for computing the
 * Jordan canonical form", 2009): the structure is kept, and with it the eigenvalue, which is then
 * as accurate as a simple one. The residual is the distance from W to the nearest matrix of this
 * structure, within a small factor. Stops once it is below `enough`, or where it does not get
 * there.
 */
export function refineCluster(
  w: ComplexMatrix,
  start: Omit<RefinedCluster, "residual">,
  enough: number,
  { kernels }: { readonly kernels: Kernels },
): RefinedCluster {
  const normal = adjoint(start.x);
  const weight = Math.max(1, frobenius(w));
  let best: RefinedCluster = { ...start, residual: frobenius(residualOf(w, start)) };
  for (let step = 0; step < mostSteps; step++) {
    const moved = gaussNewtonStep(w, best, normal, weight, kernels);
    const residual = frobenius(residualOf(w, moved));
    const before = best.residual;
    // a comparison that NaN fails
    if (!(residual < before)) break;
    best = { ...moved, residual };
    // converged, or too far away to get there
    if (residual > 0.9 * before || (residual > 0.3 * before && residual > 1e3 * enough)) break;
  }
  return best;
}

function gaussNewtonStep(
  w: ComplexMatrix,
  guess: RefinedCluster,
  normal: ComplexMatrix,
  weight: number,
  kernels: Kernels,
): Omit<RefinedCluster, "residual"> {
  const { x, weyr } = guess;
  const [n, m] = [x.rows, x.columns];
  const blocks = blockNumbers(weyr);
  const places = Array.from({ length: m * m }, (_, at) => [Math.floor(at / m), at % m] as const);
  const free = places.filter(([i, j]) => blocks[i] < blocks[j]);
  // X is fixed up to block upper triangular changes of basis, which would keep the form
  const fixed = places.filter(([i, j]) => blocks[i] <= blocks[j]);
  const lambda = n * m + free.length;
  const a = zeroMatrix(n * m + fixed.length, lambda + 1);
  const b = zeroMatrix(a.rows, 1);
  const add = (row: number, column: number, re: number, im: number) => {
    a.re[row * a.columns + column] += re;
    a.im[row * a.columns + column] += im;
  };
  const s = shifted(guess.form, guess.re, guess.im);
  const r = residualOf(w, guess);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      const row = i * m + j;
      for (let k = 0; k < n; k++) add(row, k * m + j, w.re[i * n + k], w.im[i * n + k]);
      for (let l = 0; l < m; l++) add(row, i * m + l, 0 - s.re[l * m + j], 0 - s.im[l * m + j]);
      add(row, lambda, 0 - x.re[row], 0 - x.im[row]);
      b.re[row] = 0 - r.re[row];
      b.im[row] = 0 - r.im[row];
    }
  }
  for (const [at, [l, j]] of free.entries()) {
    for (let i = 0; i < n; i++) {
      add(i * m + j, n * m + at, 0 - x.re[i * m + l], 0 - x.im[i * m + l]);
    }
  }
  const product = multiply(normal, x);
  for (const [at, [i, j]] of fixed.entries()) {
    const row = n * m + at;
    for (let k = 0; k < n; k++) {
      add(row, k * m + j, weight * normal.re[i * n + k], weight * normal.im[i * n + k]);
    }
    b.re[row] = weight * ((i === j ? 1 : 0) - product.re[i * m + j]);
    b.im[row] = 0 - weight * product.im[i * m + j];
  }
  const d = complexLeastSquares(a, b, { kernels });
  const form = { ...guess.form, re: guess.form.re.slice(), im: guess.form.im.slice() };
  for (const [at, [i, j]] of free.entries()) {
    form.re[i * m + j] += d.re[n * m + at];
    form.im[i * m + j] += d.im[n * m + at];
  }
  return {
    re: guess.re + d.re[lambda],
    im: guess.im + d.im[lambda],
    weyr,
    x: {
      ...x,
      re: x.re.map((v, at) => v + d.re[at]),
      im: x.im.map((v, at) => v + d.im[at]),
    },
    form,
  };
}
