import type { ExpressionOperator } from "@latticode/kernels";
import { loadKernels } from "@latticode/kernels";
import type { Expression } from "@latticode/program";
import { compileProgram, countNodes, input, integer } from "@latticode/program";
import { expect, test } from "vitest";
import type { Leaf } from "./expression-search.ts";
import { searchExpressions } from "./expression-search.ts";

const kernels = await loadKernels();

/** All rows of so many inputs from low to high: [inputs][rows] */
function grid(inputs: number, low: number, high: number): Int32Array[] {
  const size = high - low + 1;
  return Array.from({ length: inputs }, (_, i) =>
    Int32Array.from(
      { length: size ** inputs },
      (_, row) => low + (Math.floor(row / size ** i) % size),
    ),
  );
}

function leavesOf(columns: readonly Int32Array[], constants: readonly number[]): Leaf[] {
  const rows = columns[0].length;
  return [
    ...columns.map((values, i) => ({ expression: input(i), values })),
    ...constants.map((value) => ({
      expression: integer(value),
      values: new Int32Array(rows).fill(value),
    })),
  ];
}

function valuesOf(e: Expression, columns: readonly Int32Array[]): number[] {
  const inputDim = columns.length;
  const run = compileProgram({
    ...{ inputDim, state: [], order: "in-place", updates: [], outputs: [e] },
  });
  const rows = columns[0].length;
  const x = Int32Array.from(
    { length: rows * inputDim },
    (_, i) => columns[i % inputDim][Math.floor(i / inputDim)],
  );
  return run(x, rows).map(Number);
}

test.each([
  // if a == b then a else c
  ["the carry of an addition", 3, 0, 1, ([a, b, c]: number[]) => (a + b + c > 1 ? 1 : 0), 6],
  ["the digit of an addition", 3, 0, 1, ([a, b, c]: number[]) => (a + b + c) % 2, 5],
  ["an absolute difference", 2, -3, 3, ([a, b]: number[]) => Math.abs(a - b), 4],
  ["a choice", 3, 0, 3, ([a, b, c]: number[]) => (a !== 0 ? b : c), 4],
  ["a threshold of a sum", 2, 0, 7, ([a, b]: number[]) => (a + b > 6 ? 1 : 0), 5],
  ["the rest of a sum", 2, 0, 5, ([a, b]: number[]) => (a + b) % 6, 5],
] as const)("%s is found at its weight", (_, inputs, low, high, value, weight) => {
  const columns = grid(inputs, low, high);
  const target = columns[0].map((_, row) => value(columns.map((column) => column[row])));
  const search = searchExpressions(leavesOf(columns, [0, 1, 2, 6]), { kernels });
  try {
    const found = search.find(target, 9)!;
    expect(found.weight).toBe(weight);
    expect(countNodes(found.expression)).toBe(weight);
    expect(valuesOf(found.expression, columns)).toEqual([...target]);
    expect(search.find(target, weight - 1)).toBeUndefined();
  } finally {
    search.dispose();
  }
});

const unary = { not: (a: number) => +(a === 0), abs: Math.abs, negate: (a: number) => -a };
const binary = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "//": (a: number, b: number) => Math.floor(a / b),
  "%": (a: number, b: number) => a - b * Math.floor(a / b),
  min: Math.min,
  max: Math.max,
  "==": (a: number, b: number) => +(a === b),
  "<": (a: number, b: number) => +(a < b),
  and: (a: number, b: number) => +(a !== 0 && b !== 0),
  or: (a: number, b: number) => +(a !== 0 || b !== 0),
  xor: (a: number, b: number) => a ^ b,
};
type Missing = Exclude<ExpressionOperator, keyof typeof unary | keyof typeof binary | "if">;
const everyOperator: [Missing] extends [never] ? true : false = true;

/**
 * The values of all expressions up to a weight, as text, by their least weight; computed plainly.
 */
function leastWeights(leaves: readonly Leaf[], most: number): Map<string, number> {
  const known = new Map<string, number>();
  const levels: number[][][] = [[]];
  for (let weight = 1; weight <= most; weight++) {
    const level: number[][] = [];
    const keep = (values: readonly number[]) => {
      if (!values.every(Number.isFinite)) return;
      const exact = values.map((v) => v + 0);
      const key = exact.join();
      if (known.has(key)) return;
      known.set(key, weight);
      level.push(exact);
    };
    if (weight === 1) for (const { values } of leaves) keep([...values]);
    for (const a of levels[weight - 1]) for (const op of Object.values(unary)) keep(a.map(op));
    for (let i = 1; i < weight - 1; i++) {
      for (const a of levels[i]) {
        for (const b of levels[weight - 1 - i]) {
          for (const op of Object.values(binary)) keep(a.map((v, row) => op(v, b[row])));
        }
        for (let j = 1; i + j < weight - 1; j++) {
          for (const b of levels[j]) {
            for (const c of levels[weight - 1 - i - j]) {
              keep(a.map((v, row) => (v !== 0 ? b[row] : c[row])));
            }
          }
        }
      }
    }
    levels.push(level);
  }
  return known;
}

test("every function of a weight up to 5 is found at its least weight, with room or without", () => {
  expect(everyOperator).toBe(true);
  const columns = grid(2, -2, 2);
  const leaves = leavesOf(columns, [2]);
  const least = leastWeights(leaves, 5);
  const sizes = [0, 0, 0, 0, 0, 0];
  for (const weight of least.values()) sizes[weight]++;
  expect(least.size).toBeGreaterThan(1000);
  for (const capacity of [2 ** 16, sizes[1] + sizes[2] + sizes[3] + 7, sizes[1] + sizes[2], 3]) {
    const search = searchExpressions(leaves, { kernels, capacity });
    let [level, room] = [1, capacity];
    while (level < 6 && room >= sizes[level]) room -= sizes[level++];
    let counted = 0;
    for (const [key, weight] of least) {
      if (weight === 5 && counted++ % 8 !== 0) continue;
      const target = Int32Array.from(key.split(","), Number);
      const found = search.find(target, 5);
      // of the levels above the first that does not fit only a part is looked at
      if (!found && weight > level) continue;
      expect(found!.weight).toBeGreaterThanOrEqual(weight);
      if (weight <= level) expect(found!.weight).toBe(weight);
      expect(countNodes(found!.expression)).toBe(found!.weight);
      expect(valuesOf(found!.expression, columns).map((v) => v + 0)).toEqual([...target]);
    }
    search.dispose();
  }
});

test("leaves enter at their weight, in a full bank too", () => {
  const [values] = grid(1, 0, 9);
  const odd = Int32Array.of(5, 1, 4, 1, 5, 9, 2, 6, 5, 3);
  const leaves: Leaf[] = [
    { expression: input(0), values },
    { expression: input(1), values: odd, weight: 4 },
  ];
  for (const capacity of [2 ** 12, 4, 1]) {
    const search = searchExpressions(leaves, { kernels, capacity });
    expect(search.find(odd, 3)).toBeUndefined();
    expect(search.find(odd, 9)).toEqual({ expression: input(1), weight: 4 });
    search.dispose();
  }
});

test("levels beyond the limits are searched without being stored, or not at all", () => {
  const columns = grid(2, 0, 3);
  const leaves = leavesOf(columns, []);
  const sum = columns[0].map((a, row) => a + columns[1][row]);
  const find = (limits: { stored?: number; searched?: number }) => {
    const search = searchExpressions(leaves, { kernels, ...limits });
    const found = search.find(sum, 5);
    search.dispose();
    return found?.weight;
  };
  expect(find({ stored: 0 })).toBe(3);
  expect(find({ stored: 0, searched: 0 })).toBeUndefined();
});

test("terms come by weight with values of their own, and the same ones again", () => {
  const columns = grid(2, 0, 2);
  const list = () => {
    const search = searchExpressions(leavesOf(columns, [0, 1]), { kernels });
    const terms = Array.from(search.terms(4), ({ index, weight, values }) => {
      const expression = search.expression(index);
      expect(countNodes(expression)).toBe(weight);
      expect(valuesOf(expression, columns).map((v) => v + 0)).toEqual([...values]);
      return { expression, weight, values: values.join() };
    });
    search.dispose();
    return terms;
  };
  const terms = list();
  expect(new Set(terms.map(({ values }) => values)).size).toBe(terms.length);
  expect(terms.map(({ weight }) => weight)).toEqual(
    terms.map(({ weight }) => weight).sort((a, b) => a - b),
  );
  expect(list()).toEqual(terms);
});

test("a search that is disposed finds nothing more", () => {
  const columns = grid(1, 0, 3);
  const search = searchExpressions(leavesOf(columns, []), { kernels });
  search.dispose();
  expect(() => search.find(columns[0], 3)).toThrow();
});
