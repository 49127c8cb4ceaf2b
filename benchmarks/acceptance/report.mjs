// Bars and reference costs beside what `latticode bench` reports.

import { table } from "../kernels/table.mjs";
import { barsOf, verdict } from "./bars.mjs";
import { publishedCost, referenceCosts } from "./reference-costs.mjs";

/** A row a bar, a column a seed; and whether all are met. */
export function judgeRuns({ method, runs }) {
  const columns = runs.map((run) => barsOf(run, method));
  const rows = columns[0].map((first, i) => {
    const bars = columns.map((column) => column[i]);
    return [first.name, ...bars.map(({ text }) => text), first.bar ?? "", verdict(bars)];
  });
  const head = ["", ...runs.map(({ seed }) => `seed ${seed}`), "bar", ""];
  return { text: table(head, rows), met: rows.every((row) => !row.at(-1).includes("not met")) };
}

const legend =
  "The cost of each seed's program, of the shortest program known before, and of the published one where that is right. Known costs are of the shortest programs found by earlier experiments, in which a list's window was priced a little differently.";

function costTable(runs) {
  const rows = runs[0].lines.map(({ task }, i) => [
    ...[task, ...runs.map(({ lines }) => lines[i].cost ?? "-")],
    ...[referenceCosts[task].known, publishedCost(task) ?? "-"],
  ]);
  return table(["task", ...runs.map(({ seed }) => `seed ${seed}`), "known", "published"], rows);
}

/**
 * The text of results.md: the report of `latticode bench`, with the bars before what it measured, and
 * figures and costs after.
 *
 * @throws Error where the report does not have the sections that this goes between
 */
export function acceptanceReport(report, { bars, runs, figures }) {
  const [measured, programs] = ["\n## Measured\n", "\n## Programs\n"].map((title) => {
    const at = report.indexOf(title);
    if (at < 0) throw new Error(`the report of latticode bench has no section ${title.trim()}`);
    return at;
  });
  return [
    report.slice(0, measured),
    "## Bars\n",
    `${bars}`,
    report.slice(measured, programs),
    ...figures.map(({ file, title }) => `![${title}](${file})\n`),
    "## Costs\n",
    `${legend}\n`,
    costTable(runs),
    report.slice(programs),
  ].join("\n");
}
