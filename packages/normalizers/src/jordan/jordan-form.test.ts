import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import {
  jordanMatrix,
  randomJordanCase,
  sameStructure,
} from "../../../../test/jordan-structures.ts";
import { identity, product, transpose } from "../../../../test/matrices.ts";
import { jordanForm } from "./jordan-form.ts";

const kernels = await loadKernels();

test("of 300 random structures in noise at least 98 % are recovered, and none is wrong", () => {
  const noise = 1e-7;
  const [count, least] = [300, 0.98];
  let recovered = 0;
  const sizes = new Set<number>();
  for (let seed = 1; seed <= count; seed++) {
    const { n, w, blocks } = randomJordanCase(seed, noise, kernels.qr);
    sizes.add(n);
    const found = jordanForm(w, n, { kernels, noise });
    if ("refused" in found) continue;
    expect(sameStructure(found.blocks, blocks, 0.02), `seed ${seed}`).toBe(true);
    // W T = T J but for the noise and what it does to ill-conditioned chains
    const j = jordanMatrix(found.blocks, n);
    const difference = product(w, found.basis, n, n, n);
    const expected = product(found.basis, j, n, n, n);
    const scale = Math.hypot(...found.basis);
    const away = Math.hypot(...difference.map((v, at) => v - expected[at]));
    expect(away, `seed ${seed}`).toBeLessThan(1e-5 * scale);
    recovered++;
  }
  expect(sizes.size).toBe(12);
  expect(recovered / count).toBeGreaterThanOrEqual(least);
});

const named = (w: number[], noise = 1e-12) => {
  const n = Math.sqrt(w.length);
  const found = jordanForm(Float64Array.from(w), n, { kernels, noise });
  if ("refused" in found) return found.refused;
  return found.blocks.map(({ re, im, size }) => [
    Number(re.toFixed(6)) + 0,
    Number(im.toFixed(6)) + 0,
    size,
  ]);
};

test("matrices of the textbooks", () => {
  expect(named([3])).toEqual([[3, 0, 1]]);
  expect(named([0, 1, 0, 0])).toEqual([[0, 0, 2]]);
  expect(named([0, -1, 1, 0])).toEqual([[0, 1, 1]]);
  expect(named([2, 0, 0, 2])).toEqual([
    [2, 0, 1],
    [2, 0, 1],
  ]);
  // Golub and Van Loan, 7.6.5: one eigenvector of a triple value
  expect(named([1, 0, 0, 1, 1, 0, 0, 1, 1])).toEqual([[1, 0, 3]]);
  // the shift around a circle: all third roots of 1
  expect(named([0, 1, 0, 0, 0, 1, 1, 0, 0])).toEqual([
    [-0.5, 0.866025, 1],
    [1, 0, 1],
  ]);
  // a defective complex pair: the companion matrix of (z^2 + 1)^2
  expect(named([0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, -1, 0, -2, 0])).toEqual([[0, 1, 2]]);
  expect(named(new Array(16).fill(0))).toEqual(new Array(4).fill([0, 0, 1]));
});

test("a shift register of every length, turned by an orthogonal basis, is one block of 0", () => {
  for (let n = 1; n <= 12; n++) {
    const shift = jordanMatrix([{ re: 0, im: 0, size: n }], n);
    const waves = Float64Array.from({ length: n * n }, (_, at) => ((at * at * 7) % 23) - 11);
    const { q } = kernels.qr(waves, n, n);
    const w = product(product(q, shift, n, n, n), transpose(q, n, n), n, n, n);
    const found = jordanForm(w, n, { kernels, noise: 1e-10 });
    if ("refused" in found) throw new Error(found.refused);
    expect(found.blocks.map(({ size }) => size)).toEqual([n]);
    expect(Math.abs(found.blocks[0].re)).toBeLessThan(1e-8);
    const inverse = kernels.inverse(found.basis, n);
    const form = product(product(inverse, w, n, n, n), found.basis, n, n, n);
    shift.forEach((v, at) => {
      expect(form[at]).toBeCloseTo(v, 6);
    });
  }
});

test("close eigenvalues are told apart where the noise allows it, else refused or one", () => {
  const close = (gap: number) => [1, 1, 0, 1 + gap];
  expect(named(close(1e-3), 1e-9)).toEqual([
    [1, 0, 1],
    [1.001, 0, 1],
  ]);
  expect(named(close(1e-7), 1e-9)).toEqual([[1, 0, 2]]);
  // (gap / 2)^2 is the distance to a defective matrix: ten times what the noise explains
  expect(named(close(3.5e-4), 1e-9)).toMatch(/^a simpler structure is only .* times as far away/);
});

test("misuse is named", () => {
  const run = (w: Float64Array, n: number) => jordanForm(w, n, { kernels, noise: 1e-9 });
  expect(() => run(identity(17), 17)).toThrow("289 numbers for n = 17");
  expect(() => run(identity(3), 2)).toThrow("9 numbers for n = 2");
  expect(run(Float64Array.of(1e200, 1, 1, 1e200), 2)).toEqual({
    refused: "the entries are too large",
  });
  expect(run(Float64Array.of(Number.NaN), 1)).toEqual({
    refused: "an entry is not a finite number",
  });
});
