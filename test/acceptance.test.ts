import { readFileSync } from "node:fs";
import { tasks } from "@latticode/tasks";
import type { BenchLine } from "latticode/node";
import { expect, test } from "vitest";
import {
  acceptanceReport,
  barsOf,
  benchFigures,
  judgeRuns,
  referenceCosts,
} from "../benchmarks/acceptance/index.mjs";

const judgement = { sequences: 2000, wrong: 0, longSequences: 100, longWrong: 0 };

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
    verdict: "solved",
    relation: null,
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
  expect(barsOf(perfect, "default").every(({ met }) => met)).toBe(true);
  const wrong = { ...judgement, wrong: 1 };
  const failing = barsOf(
    {
      ...{ seed: 1, wall: 301 },
      lines: lines.map((line, i) =>
        lineOf(line.task, {
          ...{ cost: 100, proofs: [], certificate: null },
          ...(i === 0 && { judgement: wrong }),
          ...(i > 58 && { judgement: { ...judgement, longWrong: 1 } }),
        }),
      ),
    },
    "default",
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
    judgeRuns({
      method: "default",
      runs: misses.map((count, seed) => ({ seed, wall: 1, lines: missing(count) })),
    });
  const verdictOf = ({ text }: { text: string }) =>
    /\| solved, and right .*\| (.*) \|/.exec(text)?.[1];
  expect(verdictOf(textOf([0, 0, 0]))).toBe("met");
  expect(verdictOf(textOf([0, 1, 0]))).toBe("met: 1 miss in all seeds is allowed");
  expect(verdictOf(textOf([0, 1, 1]))).toBe("**not met**");
  expect(textOf([0, 0, 0]).met).toBe(true);
  expect(textOf([0, 1, 1]).met).toBe(false);
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
  const [part] = await benchFigures([{ seed: 1, wall: 1, lines: lines.slice(0, 3) }]);
  expect(part.svg).toContain("Latticode: 3");
});

test("bars come before what was measured, figures and costs before the programs", () => {
  const runs = [{ seed: 1, wall: 1, lines }];
  const figures = [{ file: "figures/solved.svg", title: "Solved" }];
  const report = "# Results\n\n## Measured\n\nfacts\n\n## Programs\n\nall";
  const text = acceptanceReport(report, { bars: "bars", runs, figures });
  expect(text.match(/^#+ .*|^[a-z]+$|^!.*/gm)).toEqual([
    ...["# Results", "## Bars", "bars", "## Measured", "facts"],
    ...["![Solved](figures/solved.svg)", "## Costs", "## Programs", "all"],
  ]);
  expect(text).toContain("| Binary_Addition | 12 | 12 | 16 |");
  expect(() => acceptanceReport("# Results", { bars: "", runs, figures })).toThrow(/## Measured/);
});

test("the recorded results meet the bars that are shown with them", () => {
  const fileOf = (name: string) => new URL(`../benchmarks/${name}`, import.meta.url);
  const { method, runs } = JSON.parse(readFileSync(fileOf("results.json"), "utf8"));
  const { text, met } = judgeRuns({ method, runs });
  expect(met).toBe(true);
  expect(readFileSync(fileOf("results.md"), "utf8")).toContain(text);
});
