import type { Examples } from "@latticode/program";
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

test("too few sequences are refused", () => {
  expect(() => splitExamples(numbered(9), { seed: 1 })).toThrow(
    "9 sequences are too few to train, stop, confirm and verify on: at least 10 are needed",
  );
});
