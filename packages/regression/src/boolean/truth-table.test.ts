import type { Expression, Program } from "@latticode/program";
import { compileProgram, countNodes } from "@latticode/program";
import { expect, test } from "vitest";
import { seededRandom } from "../../testing/networks.ts";
import { booleanExpression, dontCare, leastNodes } from "./truth-table.ts";

function valueAt(e: Expression, row: number, variables: number): number | bigint {
  const inputDim = Math.max(1, variables);
  const program: Program = { inputDim, state: [], order: "in-place", updates: [], outputs: [e] };
  const x = Array.from({ length: inputDim }, (_, j) => (row >> j) & 1);
  return compileProgram(program)(x, 1)[0];
}

function tableOf(variables: number, rule: (bits: readonly number[]) => number): Int8Array {
  return Int8Array.from({ length: 1 << variables }, (_, row) =>
    rule(Array.from({ length: variables }, (_, j) => (row >> j) & 1)),
  );
}

test("random tables with don't-cares", () => {
  const random = seededRandom(1);
  for (let round = 0; round < 150; round++) {
    const variables = round % 6;
    const known = random();
    const table = Int8Array.from({ length: 1 << variables }, () =>
      random() < known ? Math.floor(2 * random()) : dontCare,
    );
    const e = booleanExpression(table, variables);
    expect(countNodes(e)).toBeGreaterThanOrEqual(leastNodes(table, variables));
    const wrong = Array.from(table.keys()).filter(
      (row) => table[row] !== dontCare && valueAt(e, row, variables) !== table[row],
    );
    expect(wrong).toEqual([]);
  }
});

const sum = (bits: readonly number[]) => bits.reduce((a, b) => a + b, 0);

test.each([
  { name: "parity", rule: (b: readonly number[]) => sum(b) & 1, op: "xor", nodes: 7 },
  { name: "threshold", rule: (b: readonly number[]) => (sum(b) > 1 ? 1 : 0), op: "<", nodes: 9 },
  { name: "below", rule: (b: readonly number[]) => (sum(b) < 2 ? 1 : 0), op: "<", nodes: 9 },
  { name: "count", rule: (b: readonly number[]) => (sum(b) === 2 ? 1 : 0), op: "==", nodes: 9 },
  { name: "all", rule: (b: readonly number[]) => (sum(b) === 4 ? 1 : 0), op: "and", nodes: 7 },
  { name: "any", rule: (b: readonly number[]) => (sum(b) > 0 ? 1 : 0), op: "or", nodes: 7 },
  {
    name: "interval",
    rule: (b: readonly number[]) => (sum(b) % 4 > 0 ? 1 : 0),
    op: "and",
    nodes: 14,
  },
])("the form of $name over four variables", ({ rule, op, nodes }) => {
  const e = booleanExpression(tableOf(4, rule), 4);
  expect(e.op).toBe(op);
  expect(countNodes(e)).toBeLessThanOrEqual(nodes + 5);
  if (op !== "and" || nodes === 7) expect(countNodes(e)).toBe(nodes);
});

test("variables that do not matter are dropped", () => {
  // x1, known only where x0 = x2
  const table = tableOf(3, ([a, b, c]) => (a === c ? b : dontCare));
  expect(booleanExpression(table, 3)).toEqual({ op: "input", index: 1 });
  expect(booleanExpression(new Int8Array(8).fill(dontCare), 3)).toMatchObject({ op: "integer" });
});

test("equality of two variables", () => {
  const e = booleanExpression(
    tableOf(2, ([a, b]) => (a === b ? 1 : 0)),
    2,
  );
  expect(e.op).toBe("==");
});

test("a variable that always flips the function is taken out", () => {
  const e = booleanExpression(
    tableOf(3, ([a, b, c]) => a ^ (b & c)),
    3,
  );
  expect(e.op).toBe("xor");
  expect(countNodes(e)).toBe(5);
});
