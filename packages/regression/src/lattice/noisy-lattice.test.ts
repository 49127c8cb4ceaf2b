import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { randomInteger, seededRandom } from "../../testing/networks.ts";
import type { RandomLattice } from "../../testing/random-lattice.ts";
import { generatesAll, randomLattice } from "../../testing/random-lattice.ts";
import { integerSpan } from "./integer-span.ts";
import { findNoisyLattice } from "./noisy-lattice.ts";
import type { NoisyLattice } from "./point-fit.ts";
import { applyRows, invertBasis } from "./row-matrix.ts";

const kernels = await loadKernels();

/** Whether the codes found are those of the lattice up to a unimodular change and a shift. */
function isRecovered(lattice: RandomLattice, found: NoisyLattice): boolean {
  const { dimension: n, codes } = lattice;
  const decoder = invertBasis(found.basis);
  if (!decoder) return false;
  // A = B U, z' = U z + constant
  const columns = lattice.basis.map((vector) => applyRows(decoder, vector, n).map(Math.round));
  if (!generatesAll(columns, n)) return false;
  for (let i = 0; i < codes.length; i += n) {
    for (let k = 0; k < n; k++) {
      let value = found.codes[i + k] - found.codes[k];
      for (let j = 0; j < n; j++) value -= columns[j][k] * (codes[i + j] - codes[j]);
      if (value !== 0) return false;
    }
  }
  return true;
}

test("random lattices of 1 to 8 dimensions are recovered, and never a wrong one", () => {
  const count = 2000;
  let recovered = 0;
  const wrong: number[] = [];
  const missed: number[] = [];
  for (let seed = 0; seed < count; seed++) {
    const lattice = randomLattice(seed);
    const { generators, points, dimension } = lattice;
    const found = findNoisyLattice(generators, points, dimension, { kernels });
    if (!found) missed.push(seed);
    else if (isRecovered(lattice, found)) recovered++;
    else wrong.push(seed);
  }
  expect({ wrong, missed: missed.length < 3 ? [] : missed }).toEqual({ wrong: [], missed: [] });
  expect(recovered / count).toBeGreaterThanOrEqual(0.999);
}, 300_000);

test("dense points need no generators", () => {
  let recovered = 0;
  for (let seed = 0; seed < 60; seed++) {
    const dimension = 1 + (seed % 3);
    const range = [200, 24, 8][dimension - 1];
    const lattice = randomLattice(seed, { rows: 500, dimension, range });
    const found = findNoisyLattice(new Float64Array(0), lattice.points, dimension, { kernels });
    if (!found) continue;
    expect(isRecovered(lattice, found)).toBe(true);
    recovered++;
  }
  expect(recovered).toBeGreaterThanOrEqual(57);
});

test("noise beyond what is promised gives no wrong lattice either", () => {
  const wrong: number[] = [];
  let recovered = 0;
  for (let seed = 5000; seed < 5096; seed++) {
    const lattice = randomLattice(seed, { largestNoise: 0.6 });
    const { generators, points, dimension } = lattice;
    const found = findNoisyLattice(generators, points, dimension, { kernels });
    if (!found) continue;
    if (isRecovered(lattice, found)) recovered++;
    else wrong.push(seed);
  }
  expect(wrong).toEqual([]);
  expect(recovered).toBeGreaterThan(10);
});

test("points without a lattice get none", () => {
  for (let seed = 0; seed < 24; seed++) {
    const random = seededRandom(seed);
    const n = 1 + (seed % 4);
    const uniform = (count: number) =>
      Float64Array.from({ length: count * n }, () => 20 * random());
    expect(findNoisyLattice(uniform(60), uniform(200), n, { kernels })).toBeUndefined();
  }
});

test("integer vectors span what their pivots say", () => {
  const random = seededRandom(5);
  for (let round = 0; round < 200; round++) {
    const n = randomInteger(random, 1, 8);
    const vectors = Array.from({ length: n + 4 }, () =>
      Array.from({ length: n }, () => randomInteger(random, -99, 99)),
    );
    const span = integerSpan(Float64Array.from(vectors.flat()), n);
    expect(span?.every((row, k) => row[k] === 1)).toBe(generatesAll(vectors, n));
    const even = integerSpan(
      Float64Array.from(vectors.flat(), (v) => 2 * v),
      n,
    );
    expect(even?.map((row, k) => row[k])).toEqual(span?.map((row, k) => 2 * row[k]));
  }
  expect(integerSpan(Float64Array.of(1, 2, 2, 4), 2)).toBeUndefined();
});
