import { loadKernels } from "@latticode/kernels";
import { drawIntegers, type Examples } from "@latticode/program";
import { expect, test } from "vitest";
import { linearDimension } from "./linear-dimension.ts";

const kernels = await loadKernels();

/** 100 random sequences, labelled by a function of the inputs so far, the last one first. */
function labelled(length: number, label: (past: number[]) => number): Examples {
  const draw = drawIntegers(7, 0);
  const x = Int32Array.from({ length: 100 * length }, () => draw(-9, 9));
  const y = x.map((_, i) => label([...x.subarray(i - (i % length), i + 1)].reverse()));
  return { count: 100, length, inputDim: 1, outputDim: 1, x, y };
}

const systems: readonly [
  name: string,
  dimension: number | undefined,
  label: (past: number[]) => number,
][] = [
  ["the input itself", 1, ([x]) => x],
  ["nothing", 0, () => 0],
  ["a running sum", 1, (past) => past.reduce((a, b) => a + b)],
  ["an input three positions ago", 4, (past) => past[3] ?? 0],
  [
    "a position, moved by forces",
    2,
    (past) => past.reduce((sum, v, lag) => sum + v * (lag + 1), 0),
  ],
  ["a constant that alternates", 1, (past) => past.length % 2],
  [
    "a running sum and a constant that grows",
    1,
    (past) => past.reduce((a, b) => a + b) + 3 * past.length,
  ],
  ["an absolute value", undefined, ([x]) => Math.abs(x)],
  ["the parity of all", undefined, (past) => Math.abs(past.reduce((a, b) => a + b)) % 2],
];

test.each(systems)("%s needs hidden dimension %s", (_, dimension, label) => {
  expect(linearDimension(labelled(10, label), { kernels })).toBe(dimension);
});

test("a linear function that is right after rounding is one", () => {
  const { count, length, outputDim } = labelled(10, () => 0);
  const draw = drawIntegers(8, 0);
  const two = Int32Array.from({ length: 2 * count * length }, () => draw(0, 1));
  const or = Int32Array.from({ length: count * length }, (_, i) => two[2 * i] | two[2 * i + 1]);
  const sizes = { count, length, outputDim };
  expect(linearDimension({ ...sizes, inputDim: 2, x: two, y: or }, { kernels })).toBe(1);
});

test("too few sequences tell nothing", () => {
  const { x, y, ...sizes } = labelled(10, ([x]) => x);
  const few = { ...sizes, count: 1, x: x.subarray(0, 10), y: y.subarray(0, 10) };
  expect(linearDimension(few, { kernels })).toBeUndefined();
});
