import { loadKernels } from "@latticode/kernels";
import { add, input, less, multiply, state } from "@latticode/program";
import { expect, test } from "vitest";
import { countBanks } from "../../testing/systems.ts";
import type { Variable } from "./fitting.ts";
import { fitExpressions, readVariables, valuesOn } from "./fitting.ts";

const kernels = await loadKernels();
const rows = 1000;
const x = Int32Array.from({ length: rows }, (_, i) => i);
const z = Int32Array.from({ length: rows }, (_, i) => (i * i) % 11);
const variables: Variable[] = [
  { expression: input(0), values: x },
  { expression: state("a"), values: z },
];

test("a row on which an expression is wrong is brought in", () => {
  const fitter = fitExpressions(variables, { kernels, constants: [0, 501] });
  const rare = x.map((v) => (v === 501 ? 1 : 0));
  expect(fitter.search().rows).not.toContain(501);
  const found = fitter.fit(rare, 5)!;
  expect(found.weight).toBe(3);
  expect(valuesOn(found.expression, [variables[0]])).toEqual([...rare]);
  expect(fitter.search().rows).toContain(501);
  fitter.dispose();
});

test("an expression that fails on a row is no fit, and no error", () => {
  // 12 // z is right wherever it has a value
  const zeros = x.map((v) => v - 501);
  const target = zeros.map((v) => (v === 0 ? 99 : Math.floor(12 / v)));
  const own: Variable[] = [{ expression: input(0), values: zeros }];
  const fitter = fitExpressions(own, { kernels, constants: [12] });
  expect(fitter.search().rows).not.toContain(501);
  expect(fitter.fit(target, 3)).toBeUndefined();
  expect(fitter.search().rows).toContain(501);
  fitter.dispose();
});

test("expressions are over the variables, which count their weight", () => {
  const heavy: Variable[] = [variables[0], { ...variables[1], weight: 3 }];
  const target = x.map((v, row) => v + z[row]);
  const fitter = fitExpressions(heavy, { kernels, constants: [] });
  expect(fitter.fit(target, 4)).toBeUndefined();
  const found = fitter.fit(target, 5)!;
  expect(found.weight).toBe(5);
  const sums = [add(input(0), state("a")), add(state("a"), input(0))];
  expect(sums).toContainEqual(found.expression);
  fitter.dispose();
});

test("the same question has the same answer, in any order", () => {
  const targets = [
    x.map((v, row) => (v < 40 * z[row] ? 1 : 0)),
    x.map((v, row) => v * z[row]),
    x.map((v) => v % 7),
  ];
  const fit = (order: readonly number[]) => {
    const fitter = fitExpressions(variables, { kernels, constants: [7, 40] });
    const found = new Map(order.map((i) => [i, fitter.fit(targets[i], 7)]));
    fitter.dispose();
    return [0, 1, 2].map((i) => found.get(i));
  };
  const found = fit([0, 1, 2]);
  expect(found.map((f) => f?.weight)).toEqual([5, 3, 3]);
  expect(fit([0, 1, 2])).toEqual(found);
  expect(fit([2, 1, 0]).map((f) => f?.weight)).toEqual([5, 3, 3]);
});

test("no more than one bank is held, and none after disposal", () => {
  const counted = countBanks(kernels);
  const fitter = fitExpressions(variables, { kernels: counted.kernels, constants: [501] });
  expect(counted.open()).toBe(0);
  fitter.fit(
    x.map((v) => (v === 501 ? 1 : 0)),
    5,
  );
  expect(counted.open()).toBe(1);
  fitter.dispose();
  fitter.dispose();
  expect(counted.open()).toBe(0);
});

test("inputs that stand for variables are replaced everywhere", () => {
  const e = less(multiply(input(1), input(0)), input(1));
  expect(readVariables(e, variables)).toEqual(less(multiply(state("a"), input(0)), state("a")));
});
