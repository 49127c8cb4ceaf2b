import { tasks } from "@latticode/tasks";
import { expect, test } from "vitest";
import { barsOf } from "./bars.ts";
import { benchFigures } from "./bench-figures.ts";
import type { BenchLine } from "./bench-line.ts";
import { reportText } from "./bench-report.ts";
import { programLine } from "./program-line.ts";
import { referenceCosts } from "./reference-costs.ts";
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
  ...{ text: "a = a | x; output a", cost: referenceCosts[task].known, proofs: ["product"] },
  certificate: { equality: "same program", explanation: "" },
  ...{
    checks: [],
    beyond: null,
    repair: null,
    seconds: { training: 1.5 },
    digest: "ab".repeat(32),
    ...rest,
  },
});

const lines = tasks.map(({ name }) => lineOf(name));

test("every task has a known cost, and those with a right published program that one's", () => {
  expect(Object.keys(referenceCosts).sort()).toEqual(tasks.map(({ name }) => name).sort());
  const right = tasks.filter((task) => task.publishedProgramRight).map(({ name }) => name);
  const published = Object.keys(referenceCosts).filter((name) => referenceCosts[name].published);
  expect(published.sort()).toEqual(right.sort());
});

test("bars are met by a run that is as good as can be, and each is missed by one that is not", () => {
  const perfect = { seed: 1, wall: 299, lines };
  expect(barsOf(perfect, "default", lines).every(({ met }) => met)).toBe(true);
  const wrong = { ...judgement, wrong: 1 };
  const failing = barsOf(
    {
      ...{ seed: 1, wall: 301 },
      lines: lines.map((line, i) =>
        lineOf(line.task, {
          ...{ cost: 100, proofs: [], certificate: null, digest: "cd".repeat(32) },
          ...(i === 0 && { judgement: wrong }),
          ...(i > 58 && { judgement: { ...judgement, longWrong: 1 } }),
        }),
      ),
    },
    "default",
    lines,
  );
  expect(failing.map(({ met }) => met)).toEqual(failing.map(() => false));
  // what is wrong is not solved, whatever was claimed
  expect(failing.slice(0, 2).map(({ value }) => value)).toEqual([61, 1]);
});

test("methods have bars of their own", () => {
  const run = { seed: 1, wall: 900, lines: lines.slice(0, 40) };
  const solved = (method: Parameters<typeof barsOf>[1]) => barsOf(run, method)[0];
  expect(solved("paper")).toMatchObject({ value: 40, bar: "at least 36", met: true });
  expect(solved("white-box")).toMatchObject({ bar: "at least 58", met: false });
  expect(solved("black-box")).toMatchObject({ bar: "at least 60", met: false });
});

test("one task may be missed over all seeds, two may not", () => {
  const missing = (count: number) =>
    lines.map((line, i) =>
      i < count ? lineOf(line.task, { solved: false, judgement: null }) : line,
    );
  const textOf = (misses: readonly number[]) =>
    reportText({
      ...{ method: "default", machine: "m", workers: 2, build: "b", figures: [] },
      runs: misses.map((count, seed) => ({ seed, wall: 1, lines: missing(count) })),
    });
  const verdictOf = (text: string) => /\| solved, and right .*\| (.*) \|/.exec(text)?.[1];
  expect(verdictOf(textOf([0, 0, 0]))).toBe("met");
  expect(verdictOf(textOf([0, 1, 0]))).toBe("met: 1 miss in all seeds is allowed");
  expect(verdictOf(textOf([0, 1, 1]))).toBe("**not met**");
});

test("the report shows programs, what is short of the bars, and no broken table", () => {
  const report = reportText({
    ...{ method: "default", machine: "m", workers: 2, build: "b", figures: [] },
    runs: [
      {
        ...{ seed: 1, wall: 1 },
        lines: [
          lineOf("Prev1", {
            checks: [
              { name: "words", ...{ sequences: 1024, positions: 10240, wrong: 0 }, ...judging },
            ],
            beyond: "beyond length 10: inferred",
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
  expect(report).toContain(
    "| words 1,024 | product | same program:  | beyond length 10: inferred |",
  );
  const cells = (row: string) => row.replace(/\\\|/g, "").split("|").length;
  for (const block of report.split("\n\n").filter((text) => text.startsWith("|"))) {
    const rows = block.split("\n");
    expect(new Set(rows.map(cells)).size, rows[0]).toBe(1);
  }
});

test("figures are SVG of all tasks, the same each time", async () => {
  const runs = [{ seed: 1, wall: 1, lines }];
  const figures = await benchFigures(runs);
  expect(figures.map(({ file }) => file)).toEqual([
    "solved.svg",
    "costs.svg",
    "binary-addition.svg",
  ]);
  for (const { name } of tasks) expect(figures[0].svg).toContain(`>${name}<`);
  expect(figures[0].svg).toContain("Latticode: 62");
  expect(figures[2].svg).toContain("a = a | x");
  expect(await benchFigures(runs)).toEqual(figures);
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
