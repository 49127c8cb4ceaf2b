// Sets of eigenvalues, by their places on the diagonal of a Schur form.

import { entryAt } from "./complex-matrix.ts";
import type { ComplexSchur } from "./complex-schur.ts";

/** |l_i - l_j|, or |l_i - conj(l_j)| where the sign is -1. */
export function distance({ t }: ComplexSchur, i: number, j: number, sign = 1): number {
  const [a, b] = [entryAt(t, i, i), entryAt(t, j, j)];
  const [re, im] = [a[0] - b[0], a[1] - sign * b[1]];
  return Math.sqrt(re * re + im * im);
}

/** The smallest distance from an eigenvalue to the conjugates of those of a set. */
export function conjugateDistance(schur: ComplexSchur, i: number, set: readonly number[]): number {
  return Math.min(...set.map((j) => distance(schur, i, j, -1)));
}

/** The longest step that single linkage needs to connect the members. */
export function linkage(schur: ComplexSchur, members: readonly number[]): number {
  const reached = new Set([members[0]]);
  let longest = 0;
  while (reached.size < members.length) {
    let [nearest, step] = [-1, Number.POSITIVE_INFINITY];
    for (const i of reached) {
      for (const j of members) {
        if (reached.has(j) || distance(schur, i, j) >= step) continue;
        [nearest, step] = [j, distance(schur, i, j)];
      }
    }
    reached.add(nearest);
    longest = Math.max(longest, step);
  }
  return longest;
}

/** The sum of the imaginary parts. */
export function sumOfImaginary({ t }: ComplexSchur, members: readonly number[]): number {
  return members.reduce((sum, i) => sum + t.im[i * t.columns + i], 0);
}
