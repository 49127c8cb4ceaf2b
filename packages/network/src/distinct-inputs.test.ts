import { expect, test } from "vitest";
import { distinctInputs } from "./distinct-inputs.ts";

test("inputs are told apart by all their numbers, and come in the order of their first rows", () => {
  const x = Int32Array.of(1, -1, 0, 2, 1, -1, 12, 3, 1, 23);
  expect(distinctInputs(x, 2, 4)?.map((input) => [...input])).toEqual([
    [1, -1],
    [0, 2],
    [12, 3],
    [1, 23],
  ]);
  expect(distinctInputs(x, 1, 7)?.map(([value]) => value)).toEqual([1, -1, 0, 2, 12, 3, 23]);
  expect(distinctInputs(new Int32Array(0), 2, 0)).toEqual([]);
});

test("more than the bound are not looked at", () => {
  const x = Int32Array.of(1, -1, 0, 2, 1, -1);
  expect(distinctInputs(x, 2, 2)).toHaveLength(2);
  expect(distinctInputs(x, 2, 1)).toBeUndefined();
});
