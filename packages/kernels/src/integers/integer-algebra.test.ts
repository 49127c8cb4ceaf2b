import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import {
  big,
  determinant,
  eliminate,
  type Integers,
  integerProduct,
} from "../../../../test/integers.ts";
import { randomIntegers, randomNumbers } from "../../../../test/reference.ts";

const kernels = await loadKernels();

const sizes = [
  [1, 1, 1000],
  [2, 2, 1000],
  [3, 3, 1000],
  [4, 4, 100],
  [8, 8, 100],
  [3, 7, 100],
  [7, 3, 100],
  [20, 4, 100],
  [5, 5, 1],
  [6, 4, 1],
] as const;

function random(seed: number, rows: number, columns: number, range: number): BigInt64Array {
  const integers = randomIntegers(randomNumbers(seed), rows * columns, range + 1);
  return BigInt64Array.from(integers, BigInt);
}

/** Of rank 2 or less. */
function dependent(seed: number, rows: number, columns: number, range: number): BigInt64Array {
  const [left, right] = [random(seed, rows, 2, 5), random(seed + 1, 2, columns, range)];
  return BigInt64Array.from(integerProduct(big(left, rows, 2), big(right, 2, columns)).flat());
}

function expectUnimodular(u: Integers): void {
  expect([1n, -1n]).toContain(determinant(u));
}

function expectHermite(h: Integers, rank: number): void {
  const pivots = h.map((row) => row.findIndex((v) => v !== 0n));
  expect(pivots.slice(rank).every((column) => column < 0)).toBe(true);
  for (let i = 0; i < rank; i++) {
    expect(pivots[i]).toBeGreaterThan(i === 0 ? -1 : pivots[i - 1]);
    const pivot = h[i][pivots[i]];
    expect(pivot > 0n).toBe(true);
    for (let k = 0; k < i; k++) {
      expect(h[k][pivots[i]] >= 0n && h[k][pivots[i]] < pivot).toBe(true);
    }
  }
}

const abs = (v: bigint) => (v < 0n ? -v : v);
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? abs(a) : gcd(b, a % b));

function choose(n: number, k: number): number[][] {
  if (k === 0) return [[]];
  if (k > n) return [];
  return [...choose(n - 1, k), ...choose(n - 1, k - 1).map((rest) => [...rest, n - 1])];
}

/** The gcd of the minors of side k. */
function divisor(a: Integers, k: number): bigint {
  let result = 0n;
  for (const rows of choose(a.length, k)) {
    for (const columns of choose(a[0].length, k)) {
      result = gcd(result, determinant(rows.map((i) => columns.map((j) => a[i][j]))));
    }
  }
  return result;
}

test.each(sizes)("hermite of [%i, %i], entries to %i", (rows, columns, range) => {
  for (let seed = 1; seed <= 20; seed++) {
    for (const a of [random(seed, rows, columns, range), dependent(seed, rows, columns, range)]) {
      const { h, u, rank } = kernels.hermite(a, rows, columns);
      const change = big(u, rows, rows);
      expect(integerProduct(change, big(a, rows, columns))).toEqual(big(h, rows, columns));
      expectUnimodular(change);
      expectHermite(big(h, rows, columns), rank);
      expect(rank).toBe(eliminate(big(a, rows, columns)).rank);
    }
  }
});

test.each(sizes)("smith of [%i, %i], entries to %i", (rows, columns, range) => {
  let overflows = 0;
  for (let seed = 1; seed <= 20; seed++) {
    for (const a of [random(seed, rows, columns, range), dependent(seed, rows, columns, range)]) {
      let form: ReturnType<typeof kernels.smith>;
      try {
        form = kernels.smith(a, rows, columns);
      } catch (error) {
        expect(error).toEqual(new Error("smith: an entry grew beyond 64 bits"));
        overflows++;
        continue;
      }
      const { d, u, v, rank } = form;
      const [left, right] = [big(u, rows, rows), big(v, columns, columns)];
      expectUnimodular(left);
      expectUnimodular(right);
      const exact = big(a, rows, columns);
      const diagonal = exact.map((row, i) => row.map((_, j) => (i === j ? d[i] : 0n)));
      expect(integerProduct(integerProduct(left, exact), right)).toEqual(diagonal);
      expect(d.indexOf(0n)).toBe(rank < d.length ? rank : -1);
      for (let k = 1; k < rank; k++) expect(d[k] % d[k - 1]).toBe(0n);
      expect(d.every((entry) => entry >= 0n)).toBe(true);
      if (rows > 7 || columns > 7) continue;
      let product = 1n;
      for (let k = 1; k <= d.length; k++) {
        product *= d[k - 1];
        expect(divisor(exact, k)).toBe(product);
      }
    }
  }
  // 8 by 8 needs nearly all of the 64 bits
  expect(overflows).toBeLessThanOrEqual(rows === 8 ? 4 : 0);
});

/** delta and mu of the rows that are not 0, exactly: as fractions with their denominator. */
function expectReduced(rows: Integers): void {
  const millionths = 1_000_000n;
  const dot = (a: readonly bigint[], b: readonly bigint[]) =>
    a.reduce((sum, v, i) => sum + v * b[i], 0n);
  const n = rows.length;
  // integral Gram-Schmidt (Cohen 2.6.7): mu[i][j] = lambda[i][j] / d[j + 1], |b*[i]|^2 = d[i + 1] /
  // d[i]
  const d = [1n];
  const lambda = rows.map(() => new Array<bigint>(n).fill(0n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let value = dot(rows[i], rows[j]);
      for (let k = 0; k < j; k++) {
        value = (d[k + 1] * value - lambda[i][k] * lambda[j][k]) / d[k];
      }
      if (j < i) lambda[i][j] = value;
      else d.push(value);
    }
  }
  for (let i = 0; i < n; i++) {
    expect(d[i + 1] > 0n).toBe(true);
    for (let j = 0; j < i; j++) {
      expect(abs(lambda[i][j]) * millionths <= 510_001n * d[j + 1]).toBe(true);
    }
    if (i === 0) continue;
    // d[i+1] d[i-1] >= (delta - mu^2) d[i]^2
    const left = (d[i + 1] * d[i - 1] + lambda[i][i - 1] ** 2n) * millionths;
    expect(left >= 989_999n * d[i] ** 2n).toBe(true);
  }
}

test.each([...sizes, [16, 16, 1_000_000], [40, 10, 9], [24, 24, 9]] as const)(
  "lll of [%i, %i], entries to %i",
  (rows, columns, range) => {
    for (let seed = 1; seed <= 8; seed++) {
      for (const a of [random(seed, rows, columns, range), dependent(seed, rows, columns, range)]) {
        const { basis, transform, rank } = kernels.lll(a, rows, columns);
        const [reduced, change] = [big(basis, rows, columns), big(transform, rows, rows)];
        expect(integerProduct(change, big(a, rows, columns))).toEqual(reduced);
        expectUnimodular(change);
        expect(rank).toBe(eliminate(big(a, rows, columns)).rank);
        expect(reduced.slice(0, rows - rank).every((row) => row.every((v) => v === 0n))).toBe(true);
        expectReduced(reduced.slice(rows - rank));
        if (rows > 8) continue;
        const form = (m: BigInt64Array) => kernels.hermite(m, rows, columns).h;
        expect(form(basis)).toEqual(form(a));
      }
    }
  },
);

test("lll finds the short vectors of a knapsack, whose numbers have 60 bits", () => {
  const n = 12;
  const next = randomNumbers(5);
  const weights = Array.from({ length: n }, () => BigInt(Math.floor(next() * 2 ** 53)) << 5n);
  const solution = Array.from({ length: n }, () => BigInt(next() < 0.5 ? 0 : 1));
  const sum = weights.reduce((total, w, i) => total + w * solution[i], 0n);
  expect(sum < 2n ** 62n).toBe(true);
  const rows = n + 1;
  const basis = new BigInt64Array(rows * rows);
  for (let i = 0; i <= n; i++) {
    basis[i * rows + i] = 1n;
    basis[i * rows + n] = i < n ? weights[i] : -sum;
  }
  const reduced = big(kernels.lll(basis, rows, rows).basis, rows, rows);
  const expected = [...solution, 0n];
  const negative = expected.map((v) => -v);
  const isSolution = (row: readonly bigint[]) =>
    [expected, negative].some((e) => e.every((v, i) => v === row[i]));
  expect(reduced.some(isSolution)).toBe(true);
});

test("a lower delta leaves longer vectors", () => {
  const a = random(3, 12, 12, 1_000_000);
  const weak = kernels.lll(a, 12, 12, { delta: 0.3 }).basis;
  expect(weak).not.toEqual(kernels.lll(a, 12, 12).basis);
});

/** C A^k B for k below count: [count, outputs, inputs]. */
function markovParameters(a: Integers, b: Integers, c: Integers, count: number): BigInt64Array {
  const all: bigint[] = [];
  let state = b;
  for (let k = 0; k < count; k++) {
    all.push(...integerProduct(c, state).flat());
    state = integerProduct(a, state);
  }
  return BigInt64Array.from(all);
}

function hankel(markov: BigInt64Array, outputs: number, inputs: number, blocks: number): Integers {
  const columns = markov.length / (outputs * inputs) - blocks + 1;
  return Array.from({ length: outputs * blocks }, (_, i) =>
    Array.from({ length: inputs * columns }, (_, j) => {
      const block = Math.floor(i / outputs) + Math.floor(j / inputs);
      return markov[(block * outputs + (i % outputs)) * inputs + (j % inputs)];
    }),
  );
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])("the Hankel rank of recurrences of order %i", (order) => {
  for (let seed = 1; seed <= 12; seed++) {
    const [outputs, inputs] = [1 + (seed % 2), 1 + (seed % 3)];
    const square = big(random(100 * seed + order, order, order, 1), order, order);
    const b = big(random(200 * seed + order, order, inputs, 3), order, inputs);
    const c = big(random(300 * seed + order, outputs, order, 3), outputs, order);
    const blocks = order + 1;
    const markov = markovParameters(square, b, c, 2 * blocks - 1);
    const rank = kernels.hankelRank(markov, { outputs, inputs, blocks });
    expect(rank).toBe(eliminate(hankel(markov, outputs, inputs, blocks)).rank);
    expect(rank).toBeLessThanOrEqual(order);
  }
  // y_t = y_(t - order) + x: a shift register of exactly that order
  const cycle = Array.from({ length: order }, (_, i) =>
    Array.from({ length: order }, (_, j) => (j === (i + order - 1) % order ? 1n : 0n)),
  );
  const unit = cycle.map((_, i) => [i === 0 ? 1n : 0n]);
  const markov = markovParameters(cycle, unit, [unit.map((row) => row[0])], 2 * order + 3);
  expect(kernels.hankelRank(markov, { outputs: 1, inputs: 1, blocks: order + 2 })).toBe(order);
});

test("the Hankel rank is the least order, where a state can't be reached or seen, or cancels", () => {
  // Fibonacci, beside a state that no input reaches and one that no output sees
  const a = [
    [1n, 1n, 0n, 0n],
    [1n, 0n, 0n, 0n],
    [0n, 0n, 2n, 0n],
    [0n, 0n, 0n, 3n],
  ];
  const options = { outputs: 1, inputs: 1, blocks: 5 };
  const fibonacci = markovParameters(a, [[1n], [0n], [0n], [1n]], [[1n, 0n, 1n, 0n]], 9);
  expect(kernels.hankelRank(fibonacci, options)).toBe(2);
  // (1 - 2z) / ((1 - 2z) (1 - 3z)): a pole and a zero cancel
  const cancelled = BigInt64Array.from({ length: 9 }, (_, k) => 3n ** BigInt(k));
  expect(kernels.hankelRank(cancelled, options)).toBe(1);
  expect(kernels.hankelRank(new BigInt64Array(9), options)).toBe(0);
});

test("the Hankel rank holds at the limits of 64 bits and where a prime divides everything", () => {
  const least = -(2n ** 63n);
  const most = 2n ** 63n - 1n;
  const options = { outputs: 2, inputs: 2, blocks: 1 };
  const rank = (...entries: bigint[]) => kernels.hankelRank(BigInt64Array.from(entries), options);
  expect(rank(least, least, least, least)).toBe(1);
  expect(rank(least, most, most, least)).toBe(2);
  expect(rank(most, most - 1n, most - 1n, most - 2n)).toBe(2);
  const prime = 2n ** 31n - 1n; // the first that is tried
  expect(rank(prime, 0n, 0n, prime)).toBe(2);
  expect(rank(prime, 1n, 0n, prime)).toBe(2);
});

test("what doesn't fit into 64 bits is refused, not wrapped", () => {
  const wide = (seed: number) =>
    BigInt64Array.from(random(seed, 6, 6, 2 ** 30), (v) => v * 2n ** 30n + v);
  expect(() => kernels.hermite(wide(1), 6, 6)).toThrow("hermite: an entry grew beyond 64 bits");
  expect(() => kernels.smith(wide(1), 6, 6)).toThrow("smith: an entry grew beyond 64 bits");
  const most = 2n ** 63n - 1n;
  const norms = BigInt64Array.of(most, most, most, most, most, 0n);
  expect(() => kernels.lll(norms, 2, 3)).toThrow("lll: an entry grew beyond 64 bits");
  // the largest numbers that fit
  const [large, odd] = [2n ** 62n, 2n ** 62n - 1n];
  expect(kernels.hermite(BigInt64Array.of(large, odd), 2, 1).h).toEqual(BigInt64Array.of(1n, 0n));
  expect(kernels.hermite(BigInt64Array.of(-most), 1, 1)).toEqual({
    h: BigInt64Array.of(most),
    u: BigInt64Array.of(-1n),
    rank: 1,
  });
});

test("misuse names the argument", () => {
  const a = BigInt64Array.of(1n, 2n, 3n, 4n);
  expect(() => kernels.hermite(a, 3, 2)).toThrow("a has length 4, [rows, columns] needs 6");
  expect(() => kernels.smith(a, 0, 2)).toThrow("rows is 0, must be an integer from 1 to 256");
  expect(() => kernels.lll(a, 2, 257)).toThrow("columns is 257, must be an integer from 1 to 256");
  expect(() => kernels.lll(a, 2, 2, { delta: 1 })).toThrow("delta is 1, must be from 0.3 to 0.999");
  const numbers = Float64Array.of(1, 2, 3, 4) as unknown as BigInt64Array;
  expect(() => kernels.hermite(numbers, 2, 2)).toThrow("a must be a BigInt64Array");
  const least = BigInt64Array.of(1n, -(2n ** 63n));
  expect(() => kernels.lll(least, 1, 2)).toThrow("basis[1] is -2^63, must be above it");
  const options = { outputs: 1, inputs: 3, blocks: 1 };
  expect(() => kernels.hankelRank(a, options)).toThrow(
    "markov has length 4, [count, outputs, inputs] needs 6",
  );
  expect(() => kernels.hankelRank(a, { ...options, inputs: 1, blocks: 5 })).toThrow(
    "blocks is 5, must be an integer from 1 to 4",
  );
  expect(() => kernels.hankelRank(numbers, options)).toThrow("markov must be a BigInt64Array");
  const long = new BigInt64Array(600);
  expect(() => kernels.hankelRank(long, { outputs: 1, inputs: 1, blocks: 1 })).toThrow(
    "inputs * (count - blocks + 1) is 600, must be an integer from 1 to 512",
  );
});
