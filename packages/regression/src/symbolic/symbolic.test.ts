import { loadKernels } from "@latticode/kernels";
import type { Program } from "@latticode/program";
import { compileProgram, countNodes, drawIntegers, input } from "@latticode/program";
import { expect, test } from "vitest";
import { symbolicRegression } from "./symbolic.ts";

const kernels = await loadKernels();

type Target = (a: number, b: number) => number;

/** Two columns of random integers and what the functions give. */
function tableOf(targets: readonly Target[], low: number, high: number) {
  const draw = drawIntegers(5, 0);
  const rows = Array.from({ length: 400 }, () => [draw(low, high), draw(low, high)]);
  return {
    variables: [input(0), input(1)],
    columns: [rows.map(([a]) => a), rows.map(([, b]) => b)],
    targets: targets.map((f) => rows.map(([a, b]) => f(a, b))),
  };
}

function run(program: Pick<Program, "outputs">, a: number, b: number) {
  return compileProgram({ inputDim: 2, state: [], order: "in-place", updates: [], ...program })(
    [a, b],
    1,
  )[0];
}

const cases: readonly { name: string; f: Target; nodes: number }[] = [
  { name: "a + b", f: (a, b) => a + b, nodes: 3 },
  { name: "|a - b|", f: (a, b) => Math.abs(a - b), nodes: 4 },
  { name: "|a| - |b|", f: (a, b) => Math.abs(a) - Math.abs(b), nodes: 5 },
  { name: "0 < a - b", f: (a, b) => (a > b ? 1 : 0), nodes: 5 },
  { name: "(a + b) % 7", f: (a, b) => (((a + b) % 7) + 7) % 7, nodes: 5 },
  { name: "a + 100", f: (a) => a + 100, nodes: 3 },
];

test.each(cases)("finds $name", ({ f, nodes }) => {
  const { expressions } = symbolicRegression(tableOf([f], -9, 9), { kernels, constants: [7] });
  const expression = expressions[0]!;
  expect(countNodes(expression)).toBe(nodes);
  for (const [a, b] of [
    [50, -31],
    [-20, 77],
    [13, 13],
    [0, 0],
  ]) {
    expect(run({ outputs: [expression] }, a, b)).toBe(f(a, b));
  }
});

test("several targets are found at once, those out of reach are not", () => {
  const sum: Target = (a, b) => a + b;
  const far: Target = (a, b) => (a * 31 + b * 57 + a * b * 13) % 1009;
  const { expressions, candidates } = symbolicRegression(tableOf([far, sum], 0, 40), {
    kernels,
    symbols: 5,
  });
  expect(expressions[0]).toBeUndefined();
  expect(run({ outputs: [expressions[1]!] }, 2, 5)).toBe(7);
  expect(candidates).toBeGreaterThan(100);
});

test("a rare row that the first points lack is a counterexample", () => {
  const rows = Array.from({ length: 3000 }, (_, i) => (i === 1500 ? -4 : i));
  const { expressions } = symbolicRegression(
    { variables: [input(0)], columns: [rows], targets: [rows.map(Math.abs)] },
    { kernels },
  );
  expect(expressions[0]).toEqual({ op: "abs", args: [input(0)] });
});

test("what the variables do not determine has no expression", () => {
  const { expressions } = symbolicRegression(
    { variables: [input(0)], columns: [[1, 1, 2]], targets: [[3, 4, 5]] },
    { kernels },
  );
  expect(expressions).toEqual([undefined]);
});
