import { loadKernels } from "@latticode/kernels";
import type { Program } from "@latticode/program";
import {
  add,
  floorDivide,
  input,
  integer,
  less,
  modulo,
  multiply,
  programCost,
  state,
  subtract,
} from "@latticode/program";
import { proveEqual } from "@latticode/verification";
import { describe, expect, test } from "vitest";
import { countBanks, programOf, tracesOf } from "../../testing/systems.ts";
import { programOfSteps } from "./step-program.ts";
import { stepsOfTraces } from "./steps.ts";

const kernels = await loadKernels();
const [a, b, s, y, x] = [state("a"), state("b"), state("s"), state("y"), input(0)];
const up = Int32Array.from({ length: 16 }, (_, i) => i);

interface Case {
  readonly name: string;
  readonly program: Program;
  readonly high: number;
  readonly cost: number;
  readonly symbols?: Int32Array;
  /** What the program costs more before it is simplified. */
  readonly spare?: number;
}

const cases: readonly Case[] = [
  {
    name: "a running sum",
    program: programOf({ a: 0 }, [["a", modulo(add(a, x), integer(9))]], [a]),
    ...{ high: 3, cost: 8 },
  },
  {
    name: "the old state put out",
    program: programOf(
      { a: 1, y: 0 },
      [
        ["y", a],
        ["a", x],
      ],
      [y],
    ),
    ...{ high: 3, cost: 6 },
  },
  {
    // s = (1 < s) + x1 + x2; y = s % 2
    name: "an addition with carry",
    program: programOf(
      { a: 0, s: 0 },
      [
        ["s", add(add(a, x), input(1))],
        ["a", floorDivide(s, integer(2))],
      ],
      [modulo(s, integer(2))],
      2,
    ),
    ...{ high: 1, cost: 12, symbols: Int32Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
  },
  {
    name: "dithering",
    program: programOf(
      { a: 0, y: 0 },
      [
        ["a", add(a, x)],
        ["y", less(integer(1), a)],
        ["a", subtract(a, multiply(integer(3), y))],
      ],
      [y],
    ),
    ...{ high: 3, cost: 10, spare: 4 },
  },
];

function stepsFor({ program, high }: Case) {
  const traces = tracesOf(program, { count: 60, length: 8, low: 0, high, hidden: [a] });
  return stepsOfTraces(traces, traces.h, 1, [program.state[0].initial as number]);
}

describe.each(cases)("$name", (task) => {
  const { program, cost, spare = 0, symbols = up.subarray(0, task.high + 1) } = task;
  const steps = stepsFor(task);

  test("is found at its cost, twice, and nothing below it", () => {
    const counted = countBanks(kernels);
    const options = { kernels: counted.kernels, bound: 30 };
    const found = programOfSteps(steps, options)!;
    expect(programCost(found)).toBe(cost);
    expect(proveEqual(found, program, symbols)).toMatchObject({ equal: true });
    expect(programOfSteps(steps, options)).toEqual(found);
    expect(programOfSteps(steps, { ...options, bound: cost - 1 })).toBeUndefined();
    expect(counted.open()).toBe(0);
  });

  test("is found with no more cost than it takes", () => {
    const found = programOfSteps(steps, { kernels, bound: cost + spare })!;
    expect(programCost(found)).toBe(cost);
    expect(proveEqual(found, program, symbols)).toMatchObject({ equal: true });
  });
});

test("two variables are updated side by side", () => {
  const swap: Program = {
    ...programOf(
      { a: 0, b: 1 },
      [
        ["a", b],
        ["b", add(a, x)],
      ],
      [subtract(a, b)],
    ),
    order: "simultaneous",
  };
  const traces = tracesOf(swap, { count: 60, length: 6, low: 0, high: 3, hidden: [a, b] });
  const found = programOfSteps(stepsOfTraces(traces, traces.h, 2, [0, 1]), { kernels, bound: 30 })!;
  expect(programCost(found)).toBeLessThanOrEqual(programCost(swap));
  expect(proveEqual(found, swap, Int32Array.of(0, 1, 2, 3))).toMatchObject({ equal: true });
});

test("an update that is too heavy to be found is taken from the options", () => {
  // a table that no short expression gives
  const table = [3, 14, 15, 9, 2, 6, 5, 11, 0, 8, 1, 12, 4, 13, 10, 7];
  const rows = table.map((after, before) => [before, after]);
  const steps = {
    ...{ inputDim: 1, outputDim: 1, stateDim: 1, rows: rows.length, initial: [0] },
    before: [Int32Array.from(rows, ([before]) => before)],
    x: [new Int32Array(rows.length)],
    after: [Int32Array.from(rows, ([, after]) => after)],
    y: [Int32Array.from(rows, ([, after]) => after % 2)],
  };
  expect(programOfSteps(steps, { kernels, bound: 12 })).toBeUndefined();
  const update = modulo(multiply(add(a, x), integer(3)), integer(5));
  const found = programOfSteps(steps, { kernels, bound: 12, update })!;
  const expected = programOf({ a: 0 }, [["a", update]], [modulo(a, integer(2))]);
  expect(proveEqual(found, expected, Int32Array.of(0, 1, 2))).toMatchObject({ equal: true });
});

test("no steps give no program", () => {
  const empty = [new Int32Array(0)];
  const sizes = { inputDim: 1, outputDim: 1, stateDim: 1, rows: 0 };
  const steps = { ...sizes, before: empty, x: empty, after: empty, y: empty };
  expect(programOfSteps(steps, { kernels, bound: 30 })).toBeUndefined();
});
