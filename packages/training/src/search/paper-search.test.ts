import type { Examples } from "@latticode/program";
import { expect, test } from "vitest";
import type { Attempt } from "../attempt/attempt.ts";
import { paperSearch } from "./paper-search.ts";

const sizes = { count: 1, length: 1, inputDim: 1, outputDim: 1 };
const examples: Examples = { ...sizes, x: new Int32Array(1), y: new Int32Array(1) };

type Shape = Attempt["shape"];

/** Searches where a shape is enough when `enough` says so; returns it with all that were tried. */
async function searched(enough: (shape: Shape) => boolean) {
  const tried: Shape[] = [];
  const found = await paperSearch(examples, async ([{ shape }, ...others]) => {
    expect(others.map((attempt) => attempt.start)).toEqual([1, 2]);
    expect(others.every((attempt) => attempt.shape === shape)).toBe(true);
    tried.push(shape);
    return enough(shape) ? shape : undefined;
  });
  return { found, tried };
}

test("the first architecture is linear, of hidden dimension 1", async () => {
  const { found, tried } = await searched(() => true);
  expect(found).toMatchObject({ hiddenDim: 1, hiddenDepth: 1, outputDepth: 1 });
  expect(tried).toEqual([found]);
});

test("growth overshoots, and bisection comes back to the smallest hidden dimension", async () => {
  const { found, tried } = await searched(({ hiddenDim }) => hiddenDim >= 10);
  expect(found).toMatchObject({ hiddenDim: 10, hiddenDepth: 1, outputDepth: 1 });
  const dims = tried.map(({ hiddenDim }) => hiddenDim);
  expect(Math.max(...dims)).toBeGreaterThan(10);
  expect(new Set(dims).size).toBe(dims.length);
});

test("the smallest width of the least depth that is enough is found", async () => {
  const { found } = await searched(
    ({ hiddenDepth, hiddenDim, hiddenWidth }) =>
      hiddenDepth === 2 && hiddenDim >= 2 && hiddenWidth >= 1,
  );
  expect(found).toMatchObject({ hiddenDim: 2, hiddenDepth: 2, hiddenWidth: 1, outputDepth: 1 });
});

test("where nothing is enough, the largest is tried, and no shape twice", async () => {
  const { found, tried } = await searched(() => false);
  expect(found).toBeUndefined();
  expect(tried.at(-1)).toMatchObject({ hiddenDim: 16, hiddenDepth: 3, outputDepth: 3 });
  expect(tried.at(-1)).toMatchObject({ hiddenWidth: 64, outputWidth: 64 });
  expect(new Set(tried.map((shape) => JSON.stringify(shape))).size).toBe(tried.length);
});
