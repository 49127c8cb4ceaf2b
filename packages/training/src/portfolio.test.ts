import { parameterCount } from "@latticode/kernels";
import { expect, test } from "vitest";
import { portfolio } from "./portfolio.ts";

const examples = { count: 0, length: 10, inputDim: 1, outputDim: 1 };
const empty = { ...examples, x: new Int32Array(0), y: new Int32Array(0) };

test("linear networks come first, by ascending hidden dimension", () => {
  const attempts = portfolio(empty);
  const isLinear = attempts.map(({ shape }) => shape.hiddenDepth + shape.outputDepth === 2);
  const linear = attempts.slice(0, isLinear.indexOf(false));
  const dims = linear.map(({ shape }) => shape.hiddenDim);
  expect(dims).toEqual([...dims].sort((a, b) => a - b));
  expect(new Set(dims).size).toBe(8);
  expect(isLinear.lastIndexOf(true)).toBe(linear.length - 1);
});

test("no prefix is longer than the sequences", () => {
  for (const { recipe } of portfolio({ ...empty, length: 2 })) {
    if (recipe.trainer === "adam") continue;
    expect(recipe.firstPrefix).toBeLessThanOrEqual(2);
  }
});

test("Levenberg-Marquardt gets no network that is too large for it", () => {
  for (const { recipe, shape } of portfolio({ ...empty, inputDim: 40, outputDim: 40 })) {
    if (recipe.trainer === "levenberg-marquardt")
      expect(parameterCount(shape)).toBeLessThanOrEqual(300);
  }
});
