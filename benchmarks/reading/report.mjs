// The lines and tables of the reading benchmark.

import { table } from "../kernels/table.mjs";
import { barsTable } from "../training/report.mjs";
import { mostStates, mostSymbols, superpositions } from "./definitions.mjs";
import { surprising } from "./lattices.mjs";
import { isRight } from "./machines.mjs";

/** What was read of one task's network, in a few lines. */
export function resultText({
  name,
  perfect,
  finite,
  linear,
  machines,
  lattice,
  recurrence,
  seconds,
}) {
  const kinds = [...(finite ? ["finite"] : []), ...(linear ? ["linear"] : [])];
  const network = perfect ? [] : ["NETWORK NOT PERFECT"];
  const head = [name, ...kinds, ...network, `${seconds.toFixed(2)} s`].join(", ");
  const lines = [...(machines?.lines ?? []), lattice.line, ...recurrence.lines];
  return [head, ...lines.map((line) => line.replace(/^/gm, "  "))].join("\n");
}

const hasMachine = ({ machines }) => isRight(machines.residual) || isRight(machines.blobs);
const areEqual = ({ machines }) => machines.verdict === "equal";
const isExact = ({ recurrence }) => recurrence.exact;
const hasCoordinates = ({ lattice, recurrence }) =>
  lattice.kind === "surprising" || lattice.kind === "simplex" || recurrence.exact;

/** The bars of one seed: what is counted, how many there are, and how many there must be. */
export function bars(results, seconds) {
  const finite = results.filter((r) => r.finite);
  const linear = results.filter((r) => r.linear);
  const row = (name, of, test, bar = of.length) => [name, of.filter(test).length, bar];
  return [
    row("networks that are perfect", results, (r) => r.perfect),
    row(
      "finite tasks with a machine equal to the network on all words looked at",
      finite,
      hasMachine,
    ),
    row("linear tasks with an exact recurrence", linear, isExact),
    row("finite tasks with both machines, equal to each other", finite, areEqual, 33),
    row("closed integer coordinates or an exact recurrence", results, hasCoordinates, 45),
    ["wall-clock of the reading, s", seconds, 60, seconds < 60],
  ];
}

/** What the bars are made of, and which tasks are not counted. */
export function remarks(results) {
  const count = (test) => results.filter(test).length;
  const finite = results.filter((r) => r.finite);
  const right = (which) => finite.filter((r) => isRight(r.machines[which])).length;
  const kind = (name) => count((r) => r.lattice.kind === name);
  const onAll = ({ machines: m }) => (m.residual ?? m.blobs)?.exhaustive;
  const certain = count((r) => r.lattice.kind === "surprising" || r.recurrence.exact);
  const without = (of, test) =>
    of
      .filter((r) => !test(r))
      .map(({ name }) => name)
      .join(", ") || "none";
  return [
    `Machines equal to the network: ${right("residual")} residual, ${right("blobs")} blobs; compared on every word of the trained length for ${finite.filter(onAll).length} tasks, on a sample where there are more than 2^20.`,
    `Closed coordinates: ${kind("surprising")} surprising, ${kind("simplex")} of a simplex, ${kind("chance")} maybe by chance (not counted); ${certain} tasks have surprising ones or an exact recurrence.`,
    `Finite tasks without a machine: ${without(finite, hasMachine)}; without two equal ones: ${without(finite, areEqual)}.`,
    `Linear tasks without a recurrence: ${without(
      results.filter((r) => r.linear),
      isExact,
    )}. Neither coordinates nor a recurrence: ${without(results, hasCoordinates)}.`,
  ].join(" ");
}

const head = [
  ...["task", "kind", "residual", "blobs", "verdict", "right words", "lattice"],
  ...["closed", "surprise, bits", "recurrence", "s"],
];

const statesOf = (machine) =>
  machine ? `${machine.states}${machine.closed ? "" : " (open)"}` : "none";

/** Words on which each machine is right, once where it is the same. */
function agreementOf({ residual, blobs }) {
  const texts = [residual, blobs].map((machine) => {
    if (!machine) return "-";
    const { right, words, exhaustive } = machine;
    return `${right === words ? "all" : right} of ${words}${exhaustive ? "" : " sampled"}`;
  });
  return [...new Set(texts)].join("; ");
}

function cells({ name, perfect, finite, linear, machines, lattice, recurrence, seconds }) {
  const kinds = [...(finite ? ["finite"] : []), ...(linear ? ["linear"] : [])];
  const { kind, dimension, distinct, closed, surprise } = lattice;
  return [
    perfect ? name : `${name} (network not perfect)`,
    kinds.join(", "),
    ...(machines
      ? [
          statesOf(machines.residual),
          statesOf(machines.blobs),
          machines.verdict ?? "-",
          agreementOf(machines),
        ]
      : ["", "", "", ""]),
    ...(kind
      ? [
          `${dimension}D, ${distinct} codes`,
          closed ? "whole" : "a functional",
          kind === "surprising" ? surprise.toFixed(0) : `${surprise.toFixed(0)} (${kind})`,
        ]
      : ["none", "", ""]),
    recurrence.order === undefined
      ? "none"
      : `order ${recurrence.order}${recurrence.exact ? "" : " (not exact)"}`,
    seconds.toFixed(2),
  ];
}

/** The whole report of some seeds: [{seed, training, seconds, results}], times in seconds. */
export function report(runs, { machine, workers }) {
  const named = (test) => runs[0].results.filter(test).map(({ name }) => name);
  const [finite, linear] = [named((r) => r.finite), named((r) => r.linear)];
  const sections = runs.map(({ seed, training, seconds, results }) =>
    [
      `## Seed ${seed}`,
      barsTable(bars(results, seconds)),
      remarks(results),
      training,
      table(head, results.map(cells)),
    ].join("\n\n"),
  );
  const intro = [
    `Written by \`npm run bench:reading\`, which also prints the evidence for each machine, lattice and recurrence. \`npm run bench:reading -- --task NAME --seed N\` prints one again. The networks are those of \`npm run bench:training\`. Reading is measured apart from training, on ${workers} worker threads that start anew for each seed.`,
    `Finite tasks (${finite.length}) have at most ${mostSymbols} symbols and ${mostStates} states within their length, by their definition. Linear tasks (${linear.length}) are those whose definition adds: the labels of the sum of two inputs are the sum of their labels. Labels are counted from those of the smallest inputs, and ${superpositions} random pairs of sequences are tested. The linear tasks are ${linear.join(", ")}.`,
    `Machines are compared with the network's rounded outputs, not with labels. A lattice is closed if the codes, or an integer function of them, are a state of their own that gives the outputs. It is surprising from ${surprising} bits on. It is a simplex if it has at most one code more than dimensions: such points always lie on a lattice.`,
  ];
  return ["# Reading: measurements", ...intro, machine, ...sections, ""].join("\n\n");
}
