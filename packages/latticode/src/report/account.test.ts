import { expect, test } from "vitest";
import { type Account, blocksOf, headlineOf } from "./account.ts";

const account: Account = {
  verdict: "solved",
  domain: {
    ...{ inputDim: 1, length: 10, rows: [[0], [1]], order: null },
    ranges: [{ min: 0, max: 1 }],
  },
  relation: { kind: "exhaustive", length: 10, words: 1024 },
  labels: { sequences: 1000, distinct: 645, length: 10, leftOut: 0 },
  heldBack: { sequences: 201, distinct: 128, wrong: 0 },
  shown: { kind: "steps", steps: 4, shown: 4, words: [], growing: false },
  determined: {
    ...{ exhaustive: false, bound: 3 / 128, depth: { states: 2, upTo: 6 }, rivals: [] },
  },
  ...{ missing: [], questions: [], contradictions: null, checks: [] },
};
const linesOf = (given: Account, title: string) =>
  blocksOf(given).find((block) => block.title === title)?.lines;

test("the headline never says more than verdict and relation", () => {
  const solved = "solved: right at every label, and the labels determine the program";
  expect(headlineOf(account)).toBe(
    `${solved}; equal to the network on all 1,024 words of length 10`,
  );
  const growing = { ...account, shown: { ...account.shown!, growing: true } };
  expect(headlineOf(growing)).toMatch(/^solved up to length 10: /);
  expect(linesOf(growing, "domain")!.at(-1)).toBe(
    "the program's state grows with the length: nothing is claimed beyond length 10",
  );
  const sampled = { kind: "sampled", length: 10, words: 100_000, exhaustive: 3 } as const;
  expect(headlineOf({ ...account, relation: sampled })).toBe(
    `${solved}; equal to the network on 100,000 random words of length 10`,
  );
  expect(headlineOf({ ...account, relation: null })).toBe(solved);
  expect(headlineOf({ ...account, labels: null })).toMatch(
    /^solved: there are no labels, so the network decides; /,
  );
});

test("where program and network differ, both outputs are told, and whether a label decides", () => {
  const differs = {
    kind: "differs",
    ...{ word: [[1], [0], [1]], program: [3], network: [2], label: null },
  } as const;
  const open = { ...account, relation: differs };
  expect(headlineOf(open)).toMatch(/; differs from the network after 1 0 1$/);
  const title = "compared with the network";
  expect(linesOf(open, title)).toEqual([
    "after 1 0 1 the program gives 3, the network 2; no label decides",
  ]);
  const decided = { ...account, relation: { ...differs, label: [3] } };
  expect(linesOf(decided, title)).toEqual([
    "after 1 0 1 the program gives 3, the network 2; the label is 3",
  ]);
});

test("labels, what is compared with the network, and proofs are blocks of their own", () => {
  expect(blocksOf(account).map(({ title }) => title)).toEqual([
    ...["labels", "compared with the network", "domain"],
  ]);
  expect(linesOf(account, "labels")).toEqual([
    "1,000 sequences of length 10, 645 of them with different inputs",
    "201 sequences held back from all earlier stages, 128 of them with different inputs: the program is wrong on 0",
    "the program is wrong on fewer than 2.4 % of sequences drawn like these (95 % confidence)",
    "the labels show every step of the program: 4 steps",
    "no machine of at most 6 states fits the labels but this program, which has 2",
    "no other program or machine that was found fits all labels",
  ]);
});

test("a bound is never rounded down, and nothing is bounded where a sequence was wrong", () => {
  const bounded = (bound: number) =>
    linesOf({ ...account, determined: { ...account.determined!, bound } }, "labels")!.join("\n");
  expect(bounded(3 / 70)).toContain("fewer than 4.3 % of");
  expect(bounded(0.05)).toContain("fewer than 5 % of");
  expect(bounded(3 / 100_000)).toContain("fewer than 0.003 % of");
  const wrong = { ...account, heldBack: { ...account.heldBack!, wrong: 1 } };
  expect(linesOf(wrong, "labels")!.join("\n")).not.toContain("95 %");
});

test("what is missing, and the words whose labels would decide", () => {
  const missing = ["3 of the program's 20 steps are not shown by any label"];
  const open: Account = {
    ...account,
    ...{
      verdict: "consistent",
      missing,
      questions: [
        [[1], [1]],
        [[0], [1], [1]],
      ],
    },
    shown: { ...account.shown!, steps: 20, shown: 17 },
  };
  expect(headlineOf(open)).toMatch(
    /^consistent: right at every label, but the labels do not determine the program; /,
  );
  expect(linesOf(open, "labels")).toContain("the labels show 17 of 20 steps of the program");
  expect(linesOf(open, "missing")).toEqual([
    ...missing,
    ...["labels for these words would decide:", "  1 1", "  0 1 1"],
  ]);
  expect(linesOf(account, "missing")).toBeUndefined();
});

test("noise is named, by its source where that is known", () => {
  const noisy = { ...account, noise: { allowed: 0.1, sequences: [11, 39] } };
  expect(headlineOf(noisy)).toMatch(
    /^solved: right at every label except those of sequences 12, 40, /,
  );
  const nameSequences = (all: readonly number[]) => `lines ${all.join(" and ")}`;
  expect(linesOf({ ...noisy, nameSequences }, "labels")).toContain(
    "the program is wrong on lines 11 and 39",
  );
  const many = Array.from({ length: 1234 }, (_, i) => i);
  const noisier = { ...account, noise: { allowed: 0.4, sequences: many } };
  expect(linesOf(noisier, "labels")).toContain("the program is wrong on 1,234 sequences");
});

test("what was stopped says where and why, and goes no further", () => {
  const stopped = { stage: "reading", reason: "no program fits" } as const;
  expect(headlineOf({ ...account, verdict: "not solved", stopped, relation: null })).toBe(
    "not solved, stopped at reading: no program fits",
  );
  const reason = "the program fits all examples except 1 of 500";
  const one: Account = {
    ...account,
    ...{ verdict: "not solved", relation: null, noise: { allowed: 0, sequences: [41] } },
    stopped: { stage: "verification", reason },
  };
  expect(headlineOf(one)).toBe(`not solved, stopped at verification: ${reason}, sequence 42`);
});
