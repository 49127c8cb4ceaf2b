import { expect, test } from "vitest";
import type { Examples } from "./examples.ts";
import { checkExamples, selectExamples } from "./examples.ts";

const examples: Examples = {
  count: 3,
  length: 2,
  inputDim: 2,
  outputDim: 1,
  x: Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
  y: Int32Array.of(1, 2, 3, 4, 5, 6),
};

test("well-formed examples pass", () => {
  checkExamples(examples);
  checkExamples({ ...examples, count: 0, x: new Int32Array(), y: new Int32Array() });
});

test("errors name the field that is wrong", () => {
  expect(() => checkExamples(undefined as unknown as Examples)).toThrow(
    "examples: undefined is not an object",
  );
  expect(() => checkExamples({ ...examples, count: -1 })).toThrow("examples.count: -1");
  expect(() => checkExamples({ ...examples, length: 0 })).toThrow(
    "examples.length: 0 is not an integer of at least 1",
  );
  expect(() => checkExamples({ ...examples, inputDim: 1.5 })).toThrow("examples.inputDim: 1.5");
  expect(() => checkExamples({ ...examples, outputDim: 2 })).toThrow(
    "examples.y: has 6 numbers, [count, length, outputDim] asks for 12 of them",
  );
  const floats = new Float64Array(12) as unknown as Int32Array;
  expect(() => checkExamples({ ...examples, x: floats })).toThrow("examples.x: not an Int32Array");
});

test("selectExamples copies the chosen sequences in the given order", () => {
  const selected = selectExamples(examples, [2, 0, 2]);
  checkExamples(selected);
  expect(selected.count).toBe(3);
  expect([...selected.x]).toEqual([9, 10, 11, 12, 1, 2, 3, 4, 9, 10, 11, 12]);
  expect([...selected.y]).toEqual([5, 6, 1, 2, 5, 6]);
  expect(selectExamples(examples, []).count).toBe(0);
  expect(() => selectExamples(examples, [0, 3])).toThrow(
    "indices[1]: 3 is not the index of one of 3 sequences",
  );
});
