import { expect, test } from "vitest";
import { findTask, labelSequence } from "./index.ts";

test("a task is found by its exact name", () => {
  expect(findTask("Sum_Last5")?.length).toBe(20);
  expect(findTask("sum_last5")).toBeUndefined();
});

test("labelSequence rejects inputs that the task does not define", () => {
  const task = findTask("Binary_Addition")!;
  expect(() => labelSequence(task, [0, 1, 1], 2)).toThrow(
    new RangeError("Binary_Addition: x has 3 numbers, 2 positions of 2 make 4"),
  );
  expect(() => labelSequence(task, [0, 1, 1, 2], 2)).toThrow(
    new RangeError("Binary_Addition: x[3] is 2, not an integer from 0 to 1"),
  );
  expect(() => labelSequence(task, [0, 0.5, 1, 1], 2)).toThrow("x[1] is 0.5, not an integer");
});

test("an empty sequence has no labels", () => {
  expect(labelSequence(findTask("Prev1")!, [], 0)).toEqual([]);
});
