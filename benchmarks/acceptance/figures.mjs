import { tasks } from "@latticode/tasks";
import { openDrawing } from "latticode/inspection";
import { isRight } from "latticode/node";
import { publishedCost } from "./reference-costs.mjs";

const font = { fontFamily: 'Helvetica, Arial, "DejaVu Sans", sans-serif', fontSize: "11px" };
const solvedColour = "#0072b2";
const publishedColour = "#e69f00";
const unsolvedColour = "#eeeeee";

/** Figures of a benchmark, as SVG files by name. */
export async function benchFigures(runs) {
  const drawing = await openDrawing();
  const lines = runs.flatMap((run) => run.lines);
  const adder = lines.find((line) => line.task === "Binary_Addition" && isRight(line));
  return [
    {
      file: "solved.svg",
      title: "Tasks solved by GPT-4 Turbo, by the published programs, and here",
      svg: solvedSvg(runs, drawing),
    },
    {
      file: "costs.svg",
      title: "Costs of programs beside those of the published ones",
      svg: costsSvg(lines, drawing),
    },
    ...(adder
      ? [
          {
            file: "binary-addition.svg",
            title: "The program that was read for Binary_Addition",
            svg: listingSvg(adder, drawing),
          },
        ]
      : []),
  ];
}

/** A row a task, a column a system; shades say in how many seeds. */
function solvedSvg(runs, { Plot, draw }) {
  const shown = tasks.filter(({ name }) =>
    runs.some(({ lines }) => lines.some((line) => line.task === name)),
  );
  const shareOf = (name) => {
    const lines = runs.flatMap((run) => run.lines.filter((line) => line.task === name));
    return lines.filter(isRight).length / lines.length;
  };
  const cells = shown.flatMap(({ name, gpt4TurboSolved, publishedProgramRight }) => [
    { task: name, system: "GPT-4 Turbo", share: Number(gpt4TurboSolved) },
    { task: name, system: "MIPS, published", share: Number(publishedProgramRight) },
    { task: name, system: "Latticode", share: shareOf(name) },
  ]);
  const systems = ["GPT-4 Turbo", "MIPS, published", "Latticode"];
  const count = (system) =>
    cells.filter((cell) => cell.system === system && cell.share === 1).length;
  return draw({
    ...{ width: 560, height: 50 + 13 * shown.length },
    ...{ marginLeft: 170, marginTop: 30, marginBottom: 10, marginRight: 20 },
    style: font,
    x: {
      ...{ domain: systems, axis: "top", label: null, tickSize: 0 },
      tickFormat: (system) => `${system}: ${count(system)}`,
    },
    y: { domain: shown.map(({ name }) => name), label: null, tickSize: 0 },
    marks: [
      Plot.cell(cells, {
        ...{ x: "system", y: "task", inset: 1, fill: solvedColour },
        fillOpacity: (cell) => cell.share,
      }),
      Plot.cell(
        cells.filter(({ share }) => share === 0),
        { x: "system", y: "task", inset: 1, fill: unsolvedColour },
      ),
    ],
  });
}

/** A row a task whose published program is right: its cost and that of the first seed that solves it. */
function costsSvg(lines, { Plot, draw }) {
  const seen = new Set();
  const rows = lines.flatMap((line) => {
    const published = publishedCost(line.task);
    if (published === undefined || line.cost === null || !isRight(line)) return [];
    if (seen.has(line.task)) return [];
    seen.add(line.task);
    return [{ task: line.task, published, cost: line.cost }];
  });
  const dots = rows.flatMap(({ task, published, cost }) => [
    { task, cost: published, who: "published" },
    { task, cost, who: "found here" },
  ]);
  return draw({
    ...{ width: 560, height: 90 + 15 * rows.length },
    ...{ marginLeft: 170, marginTop: 50, marginRight: 20, marginBottom: 10 },
    style: font,
    x: {
      ...{ type: "log", domain: [1.5, 100], ticks: [2, 5, 10, 20, 50, 100], axis: "top" },
      ...{ tickFormat: (value) => String(value), labelArrow: "none", grid: true },
      label: "cost of the program: blue found here, orange published",
    },
    y: { domain: rows.map(({ task }) => task), label: null, tickSize: 0, type: "point" },
    color: { domain: ["published", "found here"], range: [publishedColour, solvedColour] },
    marks: [
      Plot.link(rows, { x1: "cost", x2: "published", y: "task", stroke: "#aaaaaa" }),
      Plot.dot(dots, { x: "cost", y: "task", fill: "who", r: 4 }),
    ],
  });
}

/** A program as text, a statement a line. */
function listingSvg({ text, task, cost }, { Plot, draw }) {
  const statements = (text ?? "").split("; ");
  const listing = [`${task}, cost ${cost}`, "", ...statements].join("\n");
  return draw({
    ...{ width: 460, height: 64 + 18 * statements.length, margin: 14, axis: null },
    style: { fontFamily: '"DejaVu Sans Mono", Menlo, Consolas, monospace', fontSize: "13px" },
    marks: [
      Plot.text([listing], {
        ...{ frameAnchor: "top-left", textAnchor: "start", lineAnchor: "top" },
        ...{ lineHeight: 1.3, fill: "#000000" },
      }),
    ],
  });
}
