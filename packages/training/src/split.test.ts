import type { Examples } from "@latticode/program";
import { drawIntegers } from "@latticode/program";
import { expect, test } from "vitest";
import { splitExamples } from "./split.ts";

/** Sequences of length 1 whose input is their number. */
function numbered(count: number): Examples {
  const x = Int32Array.from({ length: count }, (_, i) => i);
  return { count, length: 1, inputDim: 1, outputDim: 1, x, y: x.map((v) => 2 * v) };
}

test.each([10, 11, 19, 20, 2000])("%i sequences are dealt, each into one set", (count) => {
  const split = splitExamples(numbered(count), { seed: 5 });
  const sets = [split.training, split.stopping, split.confirmation, split.verification];
  const dealt = sets.flatMap((set) => [...set.x]);
  expect(dealt.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  const tenth = Math.floor(count / 10);
  expect(sets.map((set) => set.count)).toEqual([count - 4 * tenth, tenth, tenth, 2 * tenth]);
  for (const { x, y } of sets) expect([...y]).toEqual([...x].map((v) => 2 * v));
});

test("the seed decides, and nothing else", () => {
  const examples = numbered(100);
  const deal = (seed: number) => [...splitExamples(examples, { seed }).training.x];
  expect(deal(1)).toEqual(deal(1));
  expect(deal(1)).not.toEqual(deal(2));
});

test("sequences with the same inputs are dealt into one set", () => {
  const draw = drawIntegers(3, 0);
  const count = 500;
  const x = Int32Array.from({ length: 3 * count }, () => draw(0, 2));
  const examples = { count, length: 3, inputDim: 1, outputDim: 1, x, y: Int32Array.from(x) };
  const split = splitExamples(examples, { seed: 1 });
  const sets = [split.training, split.stopping, split.confirmation, split.verification];
  expect(sets.reduce((sum, set) => sum + set.count, 0)).toBe(count);
  const words = sets.map(
    (set) =>
      new Set(Array.from({ length: set.count }, (_, s) => set.x.slice(3 * s, 3 * s + 3).join())),
  );
  expect(words.map((set) => set.size)).toEqual([19, 2, 2, 4]);
  expect(new Set(words.flatMap((set) => [...set])).size).toBe(27);
});

test("of fewer than 10 distinct sequences none is held back", () => {
  const repeated = numbered(9);
  const examples = {
    ...repeated,
    count: 18,
    x: Int32Array.from([...repeated.x, ...repeated.x]),
    y: Int32Array.from([...repeated.y, ...repeated.y]),
  };
  const split = splitExamples(examples, { seed: 1 });
  expect(split.training).toBe(examples);
  expect([split.stopping.count, split.confirmation.count, split.verification.count]).toEqual([
    0, 0, 0,
  ]);
});

test("no sequences are refused", () => {
  expect(() => splitExamples(numbered(0), { seed: 1 })).toThrow("there are no sequences");
});
