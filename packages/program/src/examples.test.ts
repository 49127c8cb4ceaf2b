import { describe, expect, test } from "vitest";
import type { Examples } from "./examples.ts";
import { checkExamples, distinctSequences, selectExamples } from "./examples.ts";
import { drawIntegers } from "./random.ts";

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

describe("distinct sequences", () => {
  test("are grouped by their inputs alone, in the order in which they turn up", () => {
    const x = Int32Array.from([0, 1, 1, 1, 0, 1, 0, 0, 1, 1]);
    const examples = { count: 5, length: 2, inputDim: 1, outputDim: 1, x, y: Int32Array.from(x) };
    expect(distinctSequences(examples)).toEqual({
      count: 3,
      group: Int32Array.from([0, 1, 0, 2, 1]),
      first: Int32Array.from([0, 1, 3]),
    });
  });

  test("of random examples are those that a set of texts finds", () => {
    const draw = drawIntegers(5, 0);
    const count = 4000;
    const [length, inputDim] = [3, 2];
    const x = Int32Array.from({ length: count * length * inputDim }, () => draw(-1, 2));
    const y = new Int32Array(count * length);
    const { group, first } = distinctSequences({ count, length, inputDim, outputDim: 1, x, y });
    const known = new Map<string, number>();
    for (let s = 0; s < count; s++) {
      const key = x.subarray(s * 6, (s + 1) * 6).join();
      if (!known.has(key)) known.set(key, known.size);
      expect(group[s]).toBe(known.get(key));
    }
    expect(first.length).toBe(known.size);
  });
});
