// Reads a program from the network of each benchmark task and judges it against the definition:
//
//   node benchmarks/programs.mjs --method default|paper [--seed N] [--task NAME]
//
// Networks are those that `npm run bench:training` kept, or are trained the same way first. A program
// is right when it gives the definition's outputs on fresh sequences, of the trained length and of
// length 100. One thread.

import { parseArgs } from "node:util";
import { emit } from "../packages/codegen/dist/index.js";
import { loadKernels } from "../packages/kernels/dist/index.js";
import { programCost } from "../packages/program/dist/index.js";
import { isRejection, readByPaper, readProgram } from "../packages/regression/dist/index.js";
import { findTask, sampleTask } from "../packages/tasks/dist/index.js";
import { traceNetwork } from "../packages/training/dist/index.js";
import { integerOption, taskNames } from "./command-line.mjs";
import { table } from "./kernels/table.mjs";
import { networkFor } from "./networks.mjs";
import { judgeProgram } from "./programs/judge.mjs";

/** Each takes (network, traces, {kernels, seed}). */
const methods = { default: readProgram, paper: readByPaper };

const { values } = parseArgs({
  options: {
    method: { type: "string", default: "default" },
    seed: { type: "string" },
    task: { type: "string" },
  },
});
const read = methods[values.method];
if (!read) {
  console.error(`--method ${values.method}: must be one of ${Object.keys(methods).join(", ")}`);
  process.exit(2);
}
const seeds =
  values.seed === undefined ? [1, 2, 3] : [integerOption("seed", values.seed, 0, 2 ** 32 - 2)];
const names = taskNames(values.task);
const kernels = await loadKernels();

const sequences = 1000;
/** Apart from the sets that networks are trained on, which take the seeds 16 seed to 16 seed + 3. */
const seedOf = (seed) => seed * 16 + 8;

function readTask(name, seed, { network, perfect }) {
  const task = findTask(name);
  const sample = sampleTask(task, { count: sequences, seed: seedOf(seed) });
  const start = performance.now();
  const traces = traceNetwork(network, sample, { kernels });
  const found = read(network, traces, { kernels, seed });
  const seconds = (performance.now() - start) / 1000;
  if (isRejection(found)) return { name, perfect, seconds, notes: [found.rejected] };
  const { program, stage = found.method, notes } = found;
  if (!program) return { name, perfect, seconds, notes };
  const judged = judgeProgram(program, task, seedOf(seed) + 1);
  return { name, perfect, seconds, notes, program, stage, cost: programCost(program), ...judged };
}

function show({ name, perfect, seconds, notes, program, stage, cost, trained, long }) {
  const network = perfect ? "" : ", NETWORK NOT PERFECT";
  const time = `${seconds.toFixed(2)} s`;
  if (!program) {
    const why = notes.map((note) => `  ${note}`).join("\n");
    console.log(`${name}: no program${network}, ${time}\n${why}`);
    return;
  }
  const verdict = `${trained ? "right" : "WRONG"}, ${long ? "right" : "WRONG"} at length 100`;
  console.log(`${name}: ${stage}, cost ${cost}, ${verdict}${network}, ${time}`);
  console.log(emit(program, "python").trimEnd().replace(/^/gm, "  "));
}

const totals = [];
for (const seed of seeds) {
  const results = [];
  for (const name of names) {
    const result = readTask(name, seed, await networkFor(name, seed, { kernels }));
    show(result);
    results.push(result);
  }
  const count = (test) => results.filter(test).length;
  const stages = [...new Set(results.flatMap(({ stage }) => (stage ? [stage] : [])))].sort();
  totals.push([
    ...[seed, count((r) => r.trained), count((r) => r.long), count((r) => r.program && !r.trained)],
    stages.map((stage) => `${stage} ${count((r) => r.stage === stage && r.trained)}`).join(", "),
    results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1),
  ]);
  const unsolved = results.filter((r) => !r.trained).map((r) => r.name);
  console.log(`\nSeed ${seed}, not right: ${unsolved.join(", ") || "none"}\n`);
}
const head = ["seed", "right", "at length 100", "wrong", "right by stage", "s"];
console.log(`Method ${values.method}, ${names.length} tasks\n${table(head, totals)}`);
