import type { Determination } from "@latticode/verification";
import { expect, test } from "vitest";
import { missingOf } from "./missing.ts";

const determined: Determination = {
  ...{
    determined: true,
    exhaustive: false,
    rivals: [],
    questions: [],
    leavesNetwork: false,
    openBeyond: false,
  },
  steps: { kind: "steps", total: 20, shown: 20, missing: [], growing: false },
  labels: { sequences: 1000, distinct: 900 },
  heldBack: { sequences: 200, distinct: 180 },
  bound: 3 / 180,
};
const open = { ...determined, determined: false };
test("nothing is missing where the program is determined", () => {
  expect(missingOf(determined, 1)).toEqual([]);
  // too few held back is nothing to say where all words have labels
  const few = { sequences: 0, distinct: 0 };
  expect(missingOf({ ...open, exhaustive: true, heldBack: few }, 1)).toEqual([]);
});

test("each thing that is missing is a sentence", () => {
  expect(missingOf({ ...open, steps: { ...open.steps, shown: 17 } }, 1)).toEqual([
    "3 of the program's 20 steps are not shown by any label",
  ]);
  const paths = { ...open.steps, kind: "paths", total: 4100, shown: 0 } as const;
  expect(missingOf({ ...open, steps: paths }, 1)).toEqual([
    "4,100 of the program's 4,100 paths are not shown by any label",
  ]);
  const rivals = Array.from({ length: 3 }, (_, i) => ({
    description: `machine ${i}`,
    word: Int32Array.of(1, 0),
    outputs: [[8], [i, "fails"]] as const,
  }));
  expect(missingOf({ ...open, rivals }, 1)).toEqual([
    "machine 0, fits all labels too: after 1 0 it gives 0 fails, the program 8",
    "machine 1, fits all labels too: after 1 0 it gives 1 fails, the program 8",
  ]);
  expect(missingOf({ ...open, leavesNetwork: true }, 1)).toEqual([
    "the program's state grows with the length, and on longer words the network gives other outputs",
  ]);
});

test("59 distinct sequences held back are too few, 60 are enough", () => {
  const heldBack = (distinct: number) =>
    missingOf({ ...open, heldBack: { sequences: 200, distinct } }, 1);
  expect(heldBack(60)).toEqual([]);
  expect(heldBack(59)).toEqual(["only 59 distinct sequences could be held back; 60 are needed"]);
  expect(heldBack(1)).toEqual(["only 1 distinct sequence could be held back; 60 are needed"]);
  expect(heldBack(0)).toEqual(["no sequence was held back, as too few are distinct"]);
});
