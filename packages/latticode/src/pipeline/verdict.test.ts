import type { Determination, Verification } from "@latticode/verification";
import { expect, test } from "vitest";
import { missingFor, verdictOf } from "./verdict.ts";

const determined: Determination = {
  ...{ determined: true, exhaustive: false, rivals: [], questions: [], leavesNetwork: false },
  steps: { kind: "steps", total: 20, shown: 20, missing: [], growing: false },
  labels: { sequences: 1000, distinct: 900 },
  heldBack: { sequences: 200, distinct: 180 },
  bound: 3 / 180,
};
const open = { ...determined, determined: false };
const passed: Verification = {
  ...{ checks: [], passed: true, statement: "" },
  relation: { kind: "differs", word: Int32Array.of(1), program: [1], network: [0] },
};

test("labels judge, whatever the network says", () => {
  expect(verdictOf({ verification: passed, determination: determined })).toBe("solved");
  expect(verdictOf({ verification: passed, determination: open })).toBe("consistent");
});

test("nothing is solved that was stopped, is wrong, or was not looked at", () => {
  const stopped = { stage: "reading", reason: "nothing fits" } as const;
  const all = { verification: passed, determination: determined };
  expect(verdictOf({ ...all, stopped })).toBe("not solved");
  expect(verdictOf({ ...all, verification: { ...passed, passed: false } })).toBe("not solved");
  expect(verdictOf({ verification: passed })).toBe("not solved");
  expect(verdictOf({ determination: determined })).toBe("not solved");
});

test("nothing is missing where the program is determined", () => {
  expect(missingFor(determined)).toEqual([]);
  // too few held back is nothing to say where all words have labels
  const few = { sequences: 0, distinct: 0 };
  expect(missingFor({ ...open, exhaustive: true, heldBack: few })).toEqual([]);
});

test("each thing that is missing is a sentence", () => {
  expect(missingFor({ ...open, steps: { ...open.steps, shown: 17 } })).toEqual([
    "3 of its 20 steps are shown by no label",
  ]);
  const paths = { ...open.steps, kind: "paths", total: 4100, shown: 0 } as const;
  expect(missingFor({ ...open, steps: paths })).toEqual([
    "4,100 of its 4,100 paths through a step are shown by no label",
  ]);
  const rivals = Array.from({ length: 3 }, (_, i) => ({
    description: `machine ${i}`,
    word: Int32Array.of(1, 0),
    outputs: [[8], [i, "fails"]] as const,
  }));
  expect(missingFor({ ...open, rivals })).toEqual([
    "machine 0, fits all labels too: after [1,0] it gives 0 fails, the program 8",
    "machine 1, fits all labels too: after [1,0] it gives 1 fails, the program 8",
  ]);
  expect(missingFor({ ...open, leavesNetwork: true })).toEqual([
    "its state grows with the length, and the network goes on in another way",
  ]);
});

test("59 distinct sequences held back are too few, 60 are enough", () => {
  const heldBack = (distinct: number) =>
    missingFor({ ...open, heldBack: { sequences: 200, distinct } });
  expect(heldBack(60)).toEqual([]);
  expect(heldBack(59)).toEqual([
    "only 59 distinct sequences could be held back, of 60 that are wanted",
  ]);
  expect(heldBack(1)).toEqual([
    "only 1 distinct sequence could be held back, of 60 that are wanted",
  ]);
  expect(heldBack(0)).toEqual(["no sequence could be held back, as too few are distinct"]);
});
