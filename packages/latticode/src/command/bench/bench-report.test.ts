import { expect, test } from "vitest";
import type { BenchLine } from "./bench-line.ts";
import { reportText } from "./bench-report.ts";
import { benchFacts, compareDigests } from "./facts.ts";
import { programLine } from "./program-line.ts";
import { inOrder } from "./schedule.ts";

const judgement = { sequences: 2000, wrong: 0, longSequences: 100, longWrong: 0 };

const judging = { passed: true, judges: true };

/** A line of a task that was solved as well as can be. */
const lineOf = (task: string, rest: Partial<BenchLine> = {}): BenchLine => ({
  ...{ task, seed: 1, method: "default", solved: true, stopped: null, judgement },
  network: {
    ...{ hiddenDim: 1, hiddenDepth: 2, hiddenWidth: 4, outputDepth: 1, outputWidth: 0 },
    ...{ perfect: true, attempts: 1 },
  },
  ...{ route: "white-box", stage: "codes", decoding: "affine" },
  program: { inputDim: 1, state: [], order: "in-place", updates: [], outputs: [] },
  ...{ text: "a = a | x; output a", cost: 7, proofs: ["product"] },
  certificate: { equality: "same program", explanation: "" },
  ...{
    checks: [],
    verdict: "not solved",
    relation: null,
    repair: null,
    seconds: { training: 1.5 },
    digest: "ab".repeat(32),
    ...rest,
  },
});

test("the report shows programs, what is amiss, and no broken table", () => {
  const report = reportText({
    ...{ method: "default", machine: "m", workers: 2, build: "b" },
    runs: [
      {
        ...{ seed: 1, wall: 1 },
        lines: [
          lineOf("Prev1", {
            checks: [
              { name: "examples", ...{ sequences: 1024, positions: 10240, wrong: 0 }, ...judging },
            ],
            relation: "exhaustive",
          }),
          lineOf("Add_Mod_5", { judgement: { ...judgement, wrong: 3 } }),
          lineOf("Div_3", {
            ...{ solved: false, judgement: null, program: null, text: null, cost: null },
            stopped: { stage: "reading", reason: "a | b\nc" },
          }),
        ],
      },
    ],
  });
  expect(report).toContain("`a = a \\| x; output a`");
  expect(report).toContain("Called solved and wrong, by task and seed: Add_Mod_5 (1).");
  expect(report).toContain("Not solved, by task and seed: Div_3 (1).");
  expect(report).toContain("| Add_Mod_5 | **WRONG** |");
  expect(report).toContain("| all 3 | 1 | 1 |");
  expect(report).toContain("| examples 1,024 | product | same program:  | exhaustive |");
  const cells = (row: string) => row.replace(/\\\|/g, "").split("|").length;
  for (const block of report.split("\n\n").filter((text) => text.startsWith("|"))) {
    const rows = block.split("\n");
    expect(new Set(rows.map(cells)).size, rows[0]).toBe(1);
  }
});

test("facts count what is claimed, what is right, and what is proven", () => {
  const wrong = { ...judgement, wrong: 1 };
  const facts = benchFacts({
    ...{ seed: 1, wall: 2.25 },
    lines: [
      lineOf("Prev1"),
      lineOf("Prev2", { judgement: { ...judgement, longWrong: 1 }, proofs: [], cost: 8 }),
      lineOf("Prev3", { judgement: wrong, certificate: null }),
      lineOf("Prev4", { solved: false, judgement: null, cost: null }),
    ],
  });
  expect(Object.fromEntries(Object.entries(facts).map(([key, { text }]) => [key, text]))).toEqual({
    ...{ solved: "3 of 4", right: "2 of 4", false: "1", long: "1 of 4", cost: "15" },
    ...{ proven: "1 of 4", certified: "2 of 4", seconds: "2.3" },
  });
});

test("digests are compared where both runs have the task, seed and method", () => {
  const differs = lineOf("Prev2", { digest: "cd".repeat(32) });
  const lines = [lineOf("Prev1"), differs, lineOf("Prev3"), lineOf("Prev4", { seed: 2 })];
  const others = ["Prev1", "Prev2", "Prev4"].map((task) => lineOf(task));
  const { compared, differing } = compareDigests(lines, others);
  expect(compared).toHaveLength(2);
  expect(differing).toEqual([differs]);
});

test("a program in one line", () => {
  const state = [
    { name: "a", initial: 0 },
    { name: "b", initial: 9 },
  ];
  const program = { inputDim: 1, state, order: "in-place", updates: [], outputs: [] } as const;
  const python =
    "def f(s):\n    a = 0\n    b = 9\n    ys = []\n    for x in s:\n        b = min(b, x)\n        ys.append(b)\n    return ys\n";
  expect(programLine(program, python)).toBe("b = min(b, x); output b from b = 9");
});

test("the longest tasks start first, the others keep their order", () => {
  const names = ["Prev1", "Dithering", "Sum_All", "Majority_0_3"];
  const order = inOrder(names.map((task) => ({ task }))).map(({ task }) => task);
  expect(order).toEqual(["Majority_0_3", "Dithering", "Prev1", "Sum_All"]);
});
