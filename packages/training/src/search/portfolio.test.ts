import { loadKernels, parameterCount } from "@latticode/kernels";
import { drawIntegers, type Examples } from "@latticode/program";
import { expect, test } from "vitest";
import { portfolio } from "./portfolio.ts";

const kernels = await loadKernels();

/** 200 random sequences of digits, labelled position by position. */
function labelled(
  length: number,
  dim: number,
  label: (x: Int32Array, t: number) => number,
): Examples {
  const draw = drawIntegers(3, 0);
  const x = Int32Array.from({ length: 200 * length * dim }, () => draw(0, 9));
  const y = Int32Array.from({ length: 200 * length * dim }, (_, i) => label(x, i));
  return { count: 200, length, inputDim: dim, outputDim: dim, x, y };
}

const parity = labelled(10, 1, (x, i) => {
  let sum = 0;
  for (let k = i - (i % 10); k <= i; k++) sum += x[k];
  return sum % 2;
});

test("linear networks come first, by ascending hidden dimension", () => {
  const attempts = portfolio(parity, { kernels });
  const isLinear = attempts.map(({ shape }) => shape.hiddenDepth + shape.outputDepth === 2);
  const linear = attempts.slice(0, isLinear.indexOf(false));
  const dims = linear.map(({ shape }) => shape.hiddenDim);
  expect(dims).toEqual([...dims].sort((a, b) => a - b));
  expect([...new Set(dims)]).toEqual([1, 2]);
  expect(isLinear.lastIndexOf(true)).toBe(linear.length - 1);
});

test("where a linear function is right, its hidden dimension comes first", () => {
  const lag = labelled(10, 1, (x, i) => (i % 10 < 3 ? 0 : x[i - 3]));
  expect(portfolio(lag, { kernels })[0].shape).toMatchObject({
    hiddenDim: 4,
    hiddenDepth: 1,
    outputDepth: 1,
  });
});

test("no prefix is longer than the sequences", () => {
  for (const { recipe } of portfolio(
    labelled(2, 1, (x, i) => x[i]),
    { kernels },
  )) {
    if (recipe.trainer !== "levenberg-marquardt") continue;
    expect(recipe.firstPrefix).toBeLessThanOrEqual(2);
  }
});

test("Levenberg-Marquardt gets no network that is too large for it", () => {
  const wide = labelled(10, 40, (x, i) => (x[i] * x[0]) % 7);
  for (const { recipe, shape } of portfolio(wide, { kernels })) {
    if (recipe.trainer === "levenberg-marquardt")
      expect(parameterCount(shape)).toBeLessThanOrEqual(300);
  }
});
