import type { Determination, Verification } from "@latticode/verification";
import { expect, test } from "vitest";
import { verdictOf } from "./verdict.ts";

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
