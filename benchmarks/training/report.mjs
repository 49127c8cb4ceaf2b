// The tables of the training benchmark.

import { table, verdict } from "../kernels/table.mjs";
import { isDiscrete } from "./line.mjs";

/** Hidden dimensions above 4 that a linear task needs. */
const needed = { Sum_Last5: 5, Sum_Last6: 6, Sum_Last7: 7, Prev4: 5, Prev5: 6 };
const mostHidden = (task) => needed[task] ?? 4;

const layers = (depth, width) => (depth === 1 ? "linear" : `${depth} x ${width}`);

/** The cells of one line. */
export function cells(line) {
  const { hiddenDim, hiddenDepth, hiddenWidth, outputDepth, outputWidth } = line;
  return [
    line.task,
    line.perfect ? (line.isExhaustive ? "all sequences" : "yes") : "NO",
    line.perfectAgain ? "yes" : "NO",
    hiddenDim,
    layers(hiddenDepth, hiddenWidth),
    layers(outputDepth, outputWidth),
    line.weights,
    line.margin === null ? "-" : line.margin.toFixed(4),
    line.linear ? "linear" : `${line.distinctStates} of ${line.trueStates ?? "many"}`,
    line.spread === null ? "-" : line.spread.toExponential(0),
    line.accuracyAt100 === null ? "beyond 32 bits" : line.accuracyAt100.toFixed(4),
    line.attempts,
    line.seconds.toFixed(1),
  ];
}

const head = [
  ...["task", "perfect", "again", "hidden", "f", "g", "weights", "margin", "states", "spread"],
  ...["at length 100", "attempts", "s"],
];

export const lineText = (line) =>
  cells(line)
    .map((cell, i) => `${i === 0 ? "" : `${head[i]} `}${cell}`)
    .join(", ");

/** The bars of one seed: what is counted, how many there are, and how many there must be. */
export function bars(lines, seconds) {
  const count = (test) => lines.filter(test).length;
  const slowest = Math.max(...lines.map((line) => line.seconds));
  const width = (line) => Math.max(line.hiddenWidth, line.outputWidth);
  return [
    ["perfect", count((l) => l.perfect), lines.length],
    ["perfect on the second set", count((l) => l.perfectAgain), lines.length],
    [
      "hidden dimension at most 4, or the least",
      count((l) => l.hiddenDim <= mostHidden(l.task)),
      lines.length,
    ],
    ["width at most 48", count((l) => width(l) <= 48), lines.length],
    ["margin below 0.3", count((l) => l.margin !== null && l.margin < 0.3), 55],
    ["one hidden state for each true state, or linear", count(isDiscrete), 45],
    ["perfect at length 100", count((l) => l.accuracyAt100 === 1), 48],
    ["wall-clock, s", seconds, 180, seconds <= 180],
    ["slowest task, s", slowest, 60, slowest <= 60],
  ];
}

export function barsTable(rows) {
  const body = rows.map(([name, value, bar, met]) => [
    name,
    Number.isInteger(value) ? value : value.toFixed(1),
    bar,
    met === undefined ? verdict(value, bar) : met ? "met" : "not met",
  ]);
  return table(["", "", "bar", ""], body);
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** The whole report of some seeds: [{seed, seconds, lines}]. */
export function report(runs, machine) {
  const sections = runs.map(({ seed, seconds, lines }) => {
    const others = lines
      .filter((line) => !isDiscrete(line))
      .map((line) => `${line.task} (${line.distinctStates} of ${line.trueStates ?? "many"})`);
    return [
      `## Seed ${seed}`,
      barsTable(bars(lines, seconds)),
      `More than one hidden state per true state: ${others.join(", ") || "none"}.`,
      table(head, lines.map(cells)),
    ].join("\n\n");
  });
  const tasks = runs[0].lines.map(({ task }, i) => {
    const of = (pick) => runs.map(({ lines }) => pick(lines[i]));
    return [
      task,
      median(of((l) => l.seconds)).toFixed(1),
      median(of((l) => l.attempts)),
      "12 h on a GPU",
    ];
  });
  const medians = table(["task", "s, median", "attempts, median", "the paper's budget"], tasks);
  const intro =
    "Written by `npm run bench:training`. Every network is trained on sequences from the task's generator. It is confirmed on 65,536 others, or on all if there are fewer. The second set and the sequences of length 100 are sampled once all networks are written, with a seed from each network's digest. `npm run bench:training -- --task NAME --seed N` trains one again, to the same digest.";
  return [`# Training: measurements`, intro, machine, ...sections, "## Medians", medians, ""].join(
    "\n\n",
  );
}
