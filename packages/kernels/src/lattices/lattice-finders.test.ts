import { type Lattice, loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { big, determinant } from "../../../../test/integers.ts";
import { product, randomMatrix } from "../../../../test/matrices.ts";
import { randomIntegers, randomNumbers } from "../../../../test/reference.ts";

const kernels = await loadKernels();

/** h = z A' + b + noise, for z [rows, n] and a basis of n well-conditioned steps in hiddenDim. */
function lattice(seed: number, z: ArrayLike<number>, n: number, hiddenDim: number, noise: number) {
  const rows = z.length / n;
  const steps = randomMatrix(seed, n, hiddenDim).map((v) => 0.3 * v);
  for (let k = 0; k < n; k++) steps[k * hiddenDim + k] += 1; // [n, hiddenDim]
  const random = randomNumbers(seed + 99);
  const exact = product(z, steps, rows, n, hiddenDim);
  const h = exact.map((v, at) => v + 0.37 * ((at % hiddenDim) + 1) + noise * (random() - 0.5));
  return { h, steps };
}

/** Whether the found basis generates the lattice of the steps [n, hiddenDim]. */
function generates(found: Lattice, steps: Float64Array, hiddenDim: number): boolean {
  const n = steps.length / hiddenDim;
  if (found.dimension !== n) return false;
  // found basis = steps' change
  const columns = steps.map((_, at) => steps[(at % n) * hiddenDim + Math.floor(at / n)]);
  const change = kernels.leastSquares(columns, hiddenDim, n, found.basis, n);
  if (change.some((v) => Math.abs(v - Math.round(v)) > 0.05)) return false;
  const integers = BigInt64Array.from(change, (v) => BigInt(Math.round(v)));
  return [1n, -1n].includes(determinant(big(integers, n, n)));
}

test("codes cost their size, residuals their hundredths", () => {
  const bits = (codes: number[], residuals: number[]) =>
    kernels.descriptionLength(Float64Array.from(codes), Float64Array.from(residuals));
  expect(bits([0, 1, -3, 7], [0])).toBe((0 + 1 + 2 + 3) / 4);
  expect(bits([0], [0.01, -0.03])).toBeCloseTo(1.5, 12);
  expect(bits([], [])).toBe(0);
  for (let k = 0; k <= 50; k++) expect(bits([2 ** k - 1], [])).toBe(k);
  for (let k = 0; k < 2000; k++) {
    const size = k * k * 0.37;
    const exact = Math.log2(1 + size);
    expect(Math.abs(bits([size], []) - exact)).toBeLessThanOrEqual(1e-15 * Math.max(1, exact));
  }
  const beyond = Float64Array.of(1e308);
  expect(() => kernels.descriptionLength(beyond, beyond)).toThrow("beyond the f64 range");
});

test.each([1, 2, 3])("the GCD finder on lattices of %i dimensions", (n) => {
  let found = 0;
  const trials = 20;
  for (let seed = 1; seed <= trials; seed++) {
    const hiddenDim = n + (seed % 3);
    const rows = 400;
    const z = randomIntegers(randomNumbers(seed), rows * n, 2 + (seed % 5));
    const { h, steps } = lattice(seed, z, n, hiddenDim, 0.02);
    const result = kernels.gcdLattice(h, rows, hiddenDim);
    if (generates(result, steps, hiddenDim)) found++;
    else continue;
    const value = product(result.codes, transposed(result), rows, n, hiddenDim);
    const worst = value.map((v, at) => Math.abs(v + result.offset[at % hiddenDim] - h[at]));
    expect(Math.max(...worst)).toBeLessThan(0.03);
  }
  expect(found).toBeGreaterThanOrEqual(n === 3 ? trials - 1 : trials);
});

/** The basis as [n, hiddenDim]. */
function transposed({ basis, dimension }: Lattice): Float64Array {
  const hiddenDim = basis.length / dimension;
  return basis.map((_, at) => basis[(at % hiddenDim) * dimension + Math.floor(at / hiddenDim)]);
}

test.each([1, 2, 3, 4, 5, 6, 7])("the linear finder on recurrences of %i numbers", (n) => {
  let found = 0;
  const trials = 20;
  for (let seed = 1; seed <= trials; seed++) {
    const [count, length] = [60, 12];
    const hiddenDim = n + (seed % 2);
    const x = randomIntegers(randomNumbers(seed), count * length, 4);
    const z: number[] = [];
    for (let i = 0; i < count; i++) {
      let state = new Array<number>(n).fill(0);
      for (let t = 0; t < length; t++) {
        // a shift register, a cycle or a running sum in its last place
        const last = state[n - 1];
        const back = [0, 1, -1][seed % 3];
        state = [x[i * length + t] + back * last, ...state.slice(0, n - 1)];
        z.push(...state);
      }
    }
    const { h, steps } = lattice(seed, z, n, hiddenDim, 0.02);
    const result = kernels.linearLattice(h, x, { count, length, hiddenDim, inputDim: 1 });
    if (generates(result, steps, hiddenDim)) found++;
  }
  expect(found).toBe(trials);
});

test("the linear finder where the dynamics grow, and with inputs that do the same", () => {
  // Fibonacci: the longest candidates are W_h^8 W_x and W_h^9 W_x, which are a basis too
  const [count, length] = [50, 8];
  const x = randomIntegers(randomNumbers(3), count * length * 2, 3);
  const z: number[] = [];
  for (let i = 0; i < count; i++) {
    let [a, b] = [0, 0];
    for (let t = 0; t < length; t++) {
      const at = (i * length + t) * 2;
      [a, b] = [a + b + x[at] - x[at + 1], a];
      z.push(a, b);
    }
  }
  const { h, steps } = lattice(5, z, 2, 2, 0.01);
  const sizes = { count, length, hiddenDim: 2, inputDim: 2 };
  const first = kernels.linearLattice(h, x, sizes);
  expect(generates(first, steps, 2)).toBe(true);
  expect(kernels.linearLattice(h, x, sizes)).toEqual(first);
});

test("misuse names the argument", () => {
  const h = new Float64Array(8).fill(1);
  const x = new Int32Array(4);
  const sizes = { count: 2, length: 2, hiddenDim: 2, inputDim: 1 };
  expect(() => kernels.linearLattice(h, x, { ...sizes, hiddenDim: 3 })).toThrow(
    "h has length 8, [count, length, hiddenDim] needs 12",
  );
  expect(() => kernels.linearLattice(h, x, { ...sizes, inputDim: 2 })).toThrow(
    "x has length 4, [count, length, inputDim] needs 8",
  );
  expect(() => kernels.linearLattice(h, x, { ...sizes, count: 4, length: 1 })).toThrow(
    "length is 1, must be an integer from 2",
  );
  expect(() => kernels.linearLattice(h, x, sizes)).toThrow("the hidden states show no lattice");
  expect(() => kernels.gcdLattice(h, 4, 2)).toThrow(
    "gcdLattice: the hidden states show no lattice",
  );
  expect(() => kernels.gcdLattice(h, 3, 2)).toThrow("h has length 8, [rows, hiddenDim] needs 6");
  expect(() => kernels.gcdLattice(h, 1, 8)).toThrow("rows is 1, must be an integer from 2");
  const bad = Float64Array.of(1, Number.NaN);
  expect(() => kernels.gcdLattice(bad, 2, 1)).toThrow("h[1] is NaN, must be finite");
  expect(() => kernels.descriptionLength(bad, h)).toThrow("codes[1] is NaN, must be finite");
});
