import { loadKernels } from "@latticode/kernels";
import type { Traces } from "@latticode/network";
import { recurrentOf } from "@latticode/network";
import type { Program } from "@latticode/program";
import {
  add,
  addAt,
  argmax,
  contains,
  drawIntegers,
  input,
  integer,
  listOf,
  modulo,
  programCost,
  shift,
  state,
  subtract,
  sum,
  xor,
} from "@latticode/program";
import { expect, test } from "vitest";
import { contextOf } from "../../testing/contexts.ts";
import { buildNetwork, seededRandom, traceOn } from "../../testing/networks.ts";
import { countBanks, programOf, tracesOf } from "../../testing/systems.ts";
import { disagreement } from "../disagreement.ts";
import { readProgram } from "../read.ts";
import { tolerantRepair } from "./tolerant.ts";

const kernels = await loadKernels();
const [a, b, p, w, x] = [state("a"), state("b"), state("p"), state("w"), input(0)];
const ofTwo = (output: Program["outputs"][number]) =>
  programOf(
    { p: 0, a: 0 },
    [
      ["p", a],
      ["a", x],
    ],
    [output],
  );

/** The traces with this many outputs moved by one, at positions drawn at random. */
function flip(traces: Traces, wrong: number, seed: number, isBit: boolean): Traces {
  const draw = drawIntegers(seed, 5);
  const y = traces.y.slice();
  const flipped = new Set<number>();
  while (flipped.size < wrong) flipped.add(draw(0, y.length - 1));
  for (const at of flipped) y[at] = isBit ? 1 - y[at] : y[at] + 1 - 2 * draw(0, 1);
  return { ...traces, y };
}

const sizes = { count: 600, length: 10, low: 0 };
const positions = sizes.count * sizes.length;
const all = (initial: number, update: Program["outputs"][number]) =>
  programOf({ a: initial }, [["a", update]], [a]);
const listed = (size: number, update: Program["outputs"][number], output: typeof update) =>
  programOf({ w: new Array<number>(size).fill(0) }, [["w", update]], [output]);

/** Knows nothing: what is found is found in the outputs of the traces. */
const silent = buildNetwork([{ weight: [[0, 0]], bias: [0] }], [{ weight: [[0]], bias: [0] }], [0]);

const read = [
  { name: "the last two modulo 5", high: 4, program: ofTwo(modulo(add(x, p), integer(5))) },
  { name: "the sum of all", high: 4, program: all(0, add(a, x)) },
  { name: "the parity of all", high: 1, program: all(0, xor(a, x)) },
];

test.each(read)("$name is read as a repair where a few outputs are wrong", ({ high, program }) => {
  const exact = tracesOf(program, { ...sizes, high });
  for (const [seed, share] of [0.001, 0.05, 0.008].entries()) {
    const traces = flip(exact, share * positions, seed, high === 1);
    for (const method of ["default", "black-box"] as const) {
      const counted = countBanks(kernels);
      const reading = readProgram(recurrentOf(silent, { kernels }), traces, {
        ...counted,
        seed: 1,
        method,
      });
      expect(counted.open()).toBe(0);
      expect(reading.program).toBeUndefined();
      if (share === 0.05) {
        expect(reading.repair).toBeUndefined();
        continue;
      }
      expect(reading.repair?.disagreement).toBeCloseTo(share, 10);
      expect(isSame(reading.repair!.program, program, high)).toBe(true);
    }
  }
});

test.each([
  ...read,
  { name: "the sum of all from 3", high: 4, program: all(3, add(a, x)) },
  { name: "whether the last two differ", high: 1, program: ofTwo(xor(x, p)) },
  { name: "the difference of the last two", high: 99, program: ofTwo(subtract(x, p)) },
  { name: "the sum of all modulo 7", high: 3, program: all(2, modulo(add(a, x), integer(7))) },
  { name: "the sum of seven", high: 99, program: listed(7, shift(w, x), sum(w)) },
  { name: "the most frequent", high: 3, program: listed(4, addAt(w, x, integer(1)), argmax(w)) },
  {
    name: "a position with a velocity",
    high: 2,
    program: programOf(
      { a: 0, b: 0 },
      [
        ["a", add(a, x)],
        ["b", add(b, a)],
      ],
      [b],
    ),
  },
])("$name is found, however its outputs are wrong", ({ high, program }) => {
  const exact = tracesOf(program, { ...sizes, high });
  for (const [seed, share] of [0.001, 0.003, 0.005, 0.008, 0.05].entries()) {
    const traces = flip(exact, share * positions, seed, high === 1);
    const repair = tolerantRepair(contextOf(traces, { kernels }), () => 30);
    if (share === 0.05) {
      expect(repair).toBeUndefined();
      continue;
    }
    expect(isSame(repair!.program, program, high)).toBe(true);
    expect(repair!.cost).toBeLessThanOrEqual(programCost(program));
    expect(
      tolerantRepair(contextOf(traces, { kernels }), () => repair!.cost - 1)?.program,
    ).not.toEqual(repair!.program);
  }
});

test("a network that errs where two inputs are large is repaired by what it puts out", () => {
  // y = x_t + x_(t-1) + max(0, x_t + x_(t-1) - 187)
  const network = buildNetwork(
    [
      {
        weight: [
          [0, 0, 1],
          [1, 0, 0],
        ],
        bias: [0, 0],
      },
    ],
    [
      {
        weight: [
          [1, 1],
          [1, 1],
        ],
        bias: [0, -187],
      },
      { weight: [[1, 1]], bias: [0] },
    ],
    [0, 0],
  );
  const random = seededRandom(1);
  const traces = traceOn(network, { ...sizes, count: 200, high: 99 }, { kernels, random });
  const { program, repair } = readProgram(recurrentOf(network, { kernels }), traces, {
    kernels,
    seed: 1,
  });
  expect(program).toBeUndefined();
  expect(isSame(repair!.program, ofTwo(add(x, p)), 99)).toBe(true);
  const whiteBox = readProgram(recurrentOf(network, { kernels }), traces, {
    kernels,
    seed: 1,
    method: "white-box",
  });
  expect(whiteBox.repair).toBeUndefined();
});

test("what is rare is a rule, and what is right everywhere no repair", () => {
  const rare = programOf({}, [], [contains(x, listOf([7]))]);
  const traces = tracesOf(rare, { ...sizes, high: 120 });
  expect(
    tolerantRepair(contextOf(flip(traces, 12, 1, true), { kernels }), () => 30),
  ).toBeUndefined();
  const exact = tracesOf(all(0, add(a, x)), { ...sizes, high: 4 });
  expect(tolerantRepair(contextOf(exact, { kernels }), () => 30)).toBeUndefined();
});

/** Also far beyond the length that the program was found at. */
function isSame(found: Program, program: Program, high: number): boolean {
  const beyond = tracesOf(program, { count: 50, length: 100, low: 0, high, seed: 7 });
  return disagreement(found, beyond) === 0;
}
