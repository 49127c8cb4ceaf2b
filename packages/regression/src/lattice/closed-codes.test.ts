import { loadKernels } from "@latticode/kernels";
import { isRejection } from "@latticode/machines";
import type { Traces } from "@latticode/network";
import { recurrentOf } from "@latticode/network";
import { expect, test } from "vitest";
import {
  affineLayers,
  binaryAdder,
  inBasis,
  parityAll,
  randomBasis,
  randomInteger,
  seededRandom,
  traceOn,
  withNoise,
} from "../../testing/networks.ts";
import { closedCodes, codeVariants, isClosed } from "./closed-codes.ts";
import { findLattice, searchLattices } from "./lattice.ts";
import { paperLattice } from "./paper-lattice.ts";
import { readCodes } from "./read-codes.ts";

const kernels = await loadKernels();

/** Hidden states (digit, carry) of addition in a base, seen through a skew map. */
function addition(base: number, skew: readonly (readonly number[])[], start: boolean): Traces {
  const random = seededRandom(base);
  const [count, length] = [300, 10];
  const x: number[] = [];
  const h: number[] = [];
  const y: number[] = [];
  const place = (digit: number, carry: number) =>
    skew.map(([a, b], j) => 0.3 * (a * digit + b * carry) + j + 0.001 * random());
  for (let i = 0; i < count; i++) {
    let carry = 0;
    for (let t = 0; t < length; t++) {
      const [a, b] = [randomInteger(random, 0, base - 1), randomInteger(random, 0, base - 1)];
      const sum = a + b + carry;
      carry = sum < base ? 0 : 1;
      x.push(a, b);
      y.push(sum % base);
      h.push(...place(sum % base, carry));
    }
  }
  const initial = Float64Array.from(start ? place(0, 0) : [17.21, -4.4]);
  return {
    ...{ count, length, inputDim: 2, outputDim: 1, hiddenDim: 2, initial },
    ...{ x: Int32Array.from(x), h: Float64Array.from(h), y: Int32Array.from(y) },
  };
}

test("the carry of an addition is a functional of a skew lattice", () => {
  for (const [base, skew] of [
    [
      3,
      [
        [1, 0],
        [0, 1],
      ],
    ],
    [
      5,
      [
        [1, 1],
        [1, 2],
      ],
    ],
    [
      7,
      [
        [2, 5],
        [1, 3],
      ],
    ],
  ] as const) {
    for (const start of [true, false]) {
      const traces = addition(base, skew, start);
      const codes = findLattice(traces, { kernels });
      if (isRejection(codes)) throw new Error(codes.rejected);
      expect(codes.dimension).toBe(2);
      expect(codes.distinct).toBe(2 * base);
      expect(codes.surprise).toBeGreaterThan(20);
      expect(codes.initial === undefined).toBe(!start);
      expect(isClosed(traces, codes)).toBe(true);
      const [carry] = closedCodes(traces, codes);
      expect(carry).toMatchObject({ distinct: 2, output: "transition" });
      expect(carry.most - carry.least).toBe(1);
      // off the lattice the start is the value that gives the first outputs, not the nearest code
      expect(carry.start).toBe(start ? "hidden state" : "first outputs");
      const sums = Array.from(carry.values, (value) => value - (carry.initial ?? Number.NaN));
      const signed = Math.sign(sums.find((v) => v !== 0) ?? 0);
      for (let i = 0; i < 50; i++) {
        const before = i % traces.length === 0 ? 0 : signed * sums[i - 1];
        const sum = traces.x[2 * i] + traces.x[2 * i + 1] + before;
        expect(signed * sums[i] + 0).toBe(sum < base ? 0 : 1);
      }
    }
  }
});

test("sign and offset are tried each way once", () => {
  expect(codeVariants({ least: 0, most: 1 })).toEqual([
    { sign: 1, shift: 0 },
    { sign: -1, shift: 0 },
    { sign: -1, shift: 1 },
  ]);
  expect(codeVariants({ least: -2, most: 3 })).toHaveLength(4);
});

test("codes are read from networks in any basis, disturbed", () => {
  for (let seed = 0; seed < 8; seed++) {
    const random = seededRandom(seed);
    const [f, g, inputs] =
      seed % 2 === 0 ? [binaryAdder.f, binaryAdder.g, 2] : [parityAll.f, parityAll.g, 1];
    const start = seed % 2 === 0 ? [0, 0] : [0];
    const network = withNoise(
      inBasis(f, g, start, randomBasis(start.length, random)),
      1e-3,
      random,
    );
    const traces = traceOn(
      network,
      { low: 0, high: 1, count: 200, length: 10 },
      { kernels, random },
    );
    const recurrent = recurrentOf(network, { kernels });
    const found = readCodes(traces, recurrent, searchLattices(traces, { kernels, recurrent }));
    if (isRejection(found)) throw new Error(found.rejected);
    expect(found.closed).toBe(true);
    expect(found.codes.dimension).toBe(start.length);
    expect(found.codes.exact).toBe(1);
    expect(found.codes.distinct).toBe(2 * inputs);
    expect(found.functionals[0]).toMatchObject({ distinct: 2, start: "hidden state" });
  }
});

test("the paper's finders give codes of a shift register", () => {
  const random = seededRandom(4);
  const { f, g } = affineLayers({
    transition: [
      [0, 0],
      [1, 0],
    ],
    input: [[1], [0]],
    output: [[1, 1]],
  });
  const network = inBasis(f, g, [0, 0], randomBasis(2, random));
  const traces = traceOn(network, { low: 0, high: 9, count: 60, length: 8 }, { kernels, random });
  const codes = paperLattice(traces, { kernels });
  if (isRejection(codes)) throw new Error(codes.rejected);
  expect(codes.dimension).toBe(2);
  expect(codes.source).toMatch(/^(linear|GCD) finder$/);
  expect(isClosed(traces, codes)).toBe(true);
});
