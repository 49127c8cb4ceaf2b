import type { Kernels } from "@latticode/kernels";
import {
  adjoint,
  besides,
  block,
  type ComplexMatrix,
  complexIdentity,
  entryAt,
  matrixOf,
  multiply,
  rightSingularVectors,
} from "./complex-matrix.ts";

/** A nilpotent matrix N = V S V^* in staircase form. */
export interface Staircase {
  /**
   * The Weyr characteristic, w_1 >= w_2 >= ...: w_1 + ... + w_k is the dimension of the null space
   * of N^k, so that w_k Jordan blocks have a size of at least k.
   */
  readonly weyr: readonly number[];
  /** V, unitary; its first w_1 + ... + w_k columns span the null space of N^k. */
  readonly basis: ComplexMatrix;
  /** S, zero in all blocks on and below the diagonal, the blocks' sizes being w_1, w_2, ... */
  readonly form: ComplexMatrix;
}

/**
 * How many of the singular values (descending) of what is left count as 0. 0 says that the matrix
 * is not nilpotent.
 */
export type NullityRule = (values: Float64Array) => number;

/** Values up to the tolerance are 0. */
export function upTo(tolerance: number): NullityRule {
  return (values) => values.reduce((count, v) => count + (v <= tolerance ? 1 : 0), 0);
}

/**
 * Values below the widest gap, as a ratio, are 0; those below the floor, and it, count as equal.
 */
export function widestGap(floor: number): NullityRule {
  return (values) => {
    let [nullity, widest] = [values.length, 1];
    for (let k = 1; k < values.length; k++) {
      const ratio = Math.max(values[k - 1], floor) / Math.max(values[k], floor);
      if (ratio > widest) [nullity, widest] = [values.length - k, ratio];
    }
    return nullity;
  };
}

/**
 * The staircase form of a matrix that is nilpotent within an error (Kublanovskaya 1966; Golub and
 * Van Loan, 7.6.5): the rule says how many of its singular values are 0, their right vectors come
 * first, and the rest is treated in the same way. undefined where the rule finds none.
 */
export function staircase(
  matrix: ComplexMatrix,
  rule: NullityRule,
  options: { readonly kernels: Kernels },
): Staircase | undefined {
  const m = matrix.rows;
  let form = matrix;
  let basis = complexIdentity(m);
  const weyr: number[] = [];
  for (let done = 0; done < m; ) {
    const rest = m - done;
    const { values, vectors } = rightSingularVectors(
      block(form, [done, done], [rest, rest]),
      options,
    );
    const small = rule(values);
    if (small === 0) return undefined;
    // more would contradict the structure of a nilpotent matrix: they wait for the next step
    const nullity = Math.min(small, weyr.at(-1) ?? rest);
    // null vectors, the smallest values, first
    const turn = matrixOf(m, m, (i, j) => {
      if (i < done || j < done) return [i === j ? 1 : 0, 0];
      return entryAt(vectors, i - done, m - 1 - j);
    });
    form = multiply(multiply(adjoint(turn), form), turn);
    basis = multiply(basis, turn);
    for (let i = done; i < m; i++) {
      for (let j = done; j < done + nullity; j++) {
        form.re[i * m + j] = 0;
        form.im[i * m + j] = 0;
      }
    }
    weyr.push(nullity);
    done += nullity;
  }
  return { weyr, basis, form };
}

/** The number of the staircase's block that each coordinate belongs to. */
export function blockNumbers(weyr: readonly number[]): number[] {
  return weyr.flatMap((width, k) => new Array<number>(width).fill(k));
}

/** Sizes of the Jordan blocks, descending: the conjugate partition of the Weyr characteristic. */
export function blockSizes(weyr: readonly number[]): number[] {
  return Array.from({ length: weyr[0] }, (_, i) => weyr.filter((width) => width > i).length);
}

/**
 * Jordan chains of a staircase form S: Y with S Y = Y J, J the direct sum of nilpotent Jordan
 * blocks in the order of `blockSizes`. A chain of length k starts from a vector in block k of the
 * coordinates which is orthogonal there to those of the longer chains, and of length 1.
 */
export function jordanChains(
  { weyr, form }: Pick<Staircase, "weyr" | "form">,
  options: { readonly kernels: Kernels },
): ComplexMatrix {
  const m = form.rows;
  const chains: ComplexMatrix[][] = [];
  for (let level = weyr.length; level >= 1; level--) {
    const width = weyr[level - 1];
    const start = weyr.slice(0, level - 1).reduce((sum, w) => sum + w, 0);
    // what the longer chains have in this block of coordinates
    const taken = matrixOf(width, width, (i, j) =>
      j < chains.length ? entryAt(chains[j][chains[j].length - level], start + i, 0) : [0, 0],
    );
    const fresh = width - chains.length;
    const { vectors } = rightSingularVectors(adjoint(taken), options);
    for (let k = 0; k < fresh; k++) {
      // the null vectors of taken^*, the last ones
      const top = matrixOf(m, 1, (i) =>
        i >= start && i < start + width ? entryAt(vectors, i - start, width - fresh + k) : [0, 0],
      );
      // chain[k] = S^k top
      const chain = [top];
      for (let step = 1; step < level; step++) chain.push(multiply(form, chain[step - 1]));
      chains.push(chain);
    }
  }
  return besides(chains.flatMap((chain) => chain.toReversed()));
}
