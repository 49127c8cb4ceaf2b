// Reads a program from the network of each benchmark task and judges it against the definition:
//
//   npm run bench:programs -- [--method paper|white-box|black-box|default] [--seed N] [--task NAME]
//
// Networks are those that `npm run bench:training` kept, or are trained the same way first. A program
// is solved when it passes every check of a synthesis, and right when it gives the definition's outputs
// on fresh sequences, of the trained length and of length 100. One thread a method and seed; with all
// of them it writes programs.md.

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { emit } from "../packages/codegen/dist/index.js";
import { loadKernels } from "../packages/kernels/dist/index.js";
import { runEmitted } from "../packages/latticode/dist/command/index.js";
import { recurrentOf, traceNetwork } from "../packages/network/dist/index.js";
import { programCost } from "../packages/program/dist/index.js";
import { methods, readProgram } from "../packages/regression/dist/index.js";
import { drawSequences, findTask, sampleLonger, sampleTask } from "../packages/tasks/dist/index.js";
import { countWrong, verifyProgram } from "../packages/verification/dist/index.js";
import { targets } from "./acceptance/index.mjs";
import { integerOption, taskNames } from "./command-line.mjs";
import { table } from "./kernels/table.mjs";
import { networkFor } from "./networks.mjs";

const { values } = parseArgs({
  options: { method: { type: "string" }, seed: { type: "string" }, task: { type: "string" } },
});
if (values.method !== undefined && !methods.includes(values.method)) {
  console.error(`--method ${values.method}: must be one of ${methods.join(", ")}`);
  process.exit(2);
}
const seeds =
  values.seed === undefined ? [1, 2, 3] : [integerOption("seed", values.seed, 0, 2 ** 32 - 2)];
const names = taskNames(values.task);
const kernels = await loadKernels();

const sequences = 1000;
/** Apart from the sets that networks are trained on, which take the seeds 16 seed to 16 seed + 3. */
const seedOf = (seed) => seed * 16 + 8;

/** Whether a program passes what `latticode synth` checks before it calls one solved. */
async function isVerified(program, task, { network, found, seed }) {
  const heldBack = sampleTask(task, { count: 20_000, seed: seedOf(seed) + 2 });
  const longer = sampleLonger(task, { count: 100, length: 100, seed: seedOf(seed) + 3 });
  const code = { python: emit(program, "python"), javascript: emit(program, "javascript") };
  const data = {
    heldBack,
    longerHeldBack: longer,
    longer,
    observed: heldBack,
    readings: found,
    code,
  };
  const { passed } = await verifyProgram(program, recurrentOf(network, { kernels }), data, {
    seed,
    runEmitted,
  });
  return passed;
}

async function readTask(name, seed, { network, perfect }) {
  const task = findTask(name);
  const sample = sampleTask(task, { count: sequences, seed: seedOf(seed) });
  const start = performance.now();
  const recurrent = recurrentOf(network, { kernels });
  const traces = traceNetwork(recurrent, sample);
  const found = readProgram(recurrent, traces, { kernels, seed, method: values.method });
  const seconds = (performance.now() - start) / 1000;
  const { program, stage, notes, certificate, isReading } = found;
  if (!program) return { name, perfect, seconds, notes };
  const isRight = (count, length) =>
    countWrong(program, drawSequences(task, { count, length, seed: seedOf(seed) + 1 })) === 0;
  const judged = {
    solved: await isVerified(program, task, { network, found, seed }),
    ...{ trained: isRight(2000, task.length), long: isRight(200, 100) },
  };
  const certified = /same|proven/.test(certificate?.equality);
  const cost = programCost(program);
  return { name, perfect, seconds, notes, program, stage, cost, certified, isReading, ...judged };
}

function show({ name, perfect, seconds, notes, program, stage, cost, solved, trained, long }) {
  const network = perfect ? "" : ", NETWORK NOT PERFECT";
  const time = `${seconds.toFixed(2)} s`;
  if (!program) {
    const why = notes.map((note) => `  ${note}`).join("\n");
    console.log(`${name}: no program${network}, ${time}\n${why}`);
    return;
  }
  const verdict = `${solved ? "solved" : "NOT VERIFIED"}, ${trained ? "right" : "WRONG"}, ${long ? "right" : "WRONG"} at length 100`;
  console.log(`${name}: ${stage}, cost ${cost}, ${verdict}${network}, ${time}`);
  console.log(emit(program, "python").trimEnd().replace(/^/gm, "  "));
}

const head = [
  ...["method", "seed", "solved", "bar", "", "at length 100", "false claims", "wrong"],
  ...["readings", "certified", "solved by stage", "not solved", "s"],
];

/** Reads all programs of one method and seed: a row of the table. */
async function readAll(seed) {
  const results = [];
  for (const name of names) {
    const result = await readTask(name, seed, await networkFor(name, seed, { kernels }));
    show(result);
    results.push(result);
  }
  const count = (test) => results.filter(test).length;
  const stages = [...new Set(results.flatMap(({ stage }) => (stage ? [stage] : [])))].sort();
  const isSolved = (r) => r.solved && r.trained;
  const right = count(isSolved);
  const bar = targets[values.method].right;
  return [
    ...[values.method, seed, right, bar, right >= bar ? "met" : "MISSED"],
    ...[count((r) => isSolved(r) && r.long), count((r) => r.solved && !r.trained)],
    count((r) => r.program && !r.trained),
    ...[count((r) => r.isReading), values.method === "default" ? count((r) => r.certified) : ""],
    stages.map((stage) => `${stage} ${count((r) => r.stage === stage && isSolved(r))}`).join(", "),
    results
      .filter((r) => !isSolved(r))
      .map((r) => r.name)
      .join(", ") || "none",
    results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1),
  ];
}

/** One method and seed in a process of its own; its last line is the row. */
function readApart(method, seed) {
  const script = fileURLToPath(import.meta.url);
  const args = ["--method", method, "--seed", String(seed)];
  if (values.task !== undefined) args.push("--task", values.task);
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, ...args], { maxBuffer: 2 ** 26 }, (error, stdout) => {
      if (error) reject(error);
      else resolve(JSON.parse(stdout.trimEnd().split("\n").at(-1)));
    });
  });
}

if (values.method !== undefined && values.seed !== undefined) {
  const row = await readAll(seeds[0]);
  console.log(`\n${table(head, [row])}\n${JSON.stringify(row)}`);
} else {
  const jobs = (
    values.method === undefined ? ["paper", "white-box", "black-box", "default"] : [values.method]
  ).flatMap((method) => seeds.map((seed) => ({ method, seed })));
  const rows = new Array(jobs.length);
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < jobs.length; i = next++) {
      const { method, seed } = jobs[i];
      rows[i] = await readApart(method, seed);
      console.error(`[${rows.filter(Boolean).length} of ${jobs.length}] ${method}, seed ${seed}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  console.log(table(head, rows));
  if (values.method === undefined && values.task === undefined && seeds.length === 3) {
    const machine = `${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}`;
    writeFileSync(
      new URL("programs.md", import.meta.url),
      `# Programs: methods compared\n\nWritten by \`npm run bench:programs\`. Each method reads a program from the networks of ${names.length} tasks, trained as \`npm run bench:training\` does.\n\n- Solved: the program passes every check of a synthesis, on labels that no earlier stage saw. It also gives the outputs of the task's definition on 2,000 other sequences of the trained length.\n- False claims: programs that pass every check, but not the definition.\n- Wrong: programs that agree with their network on the traced sequences only.\n- Certified: the other route found the same program, or one that is proven equal.\n- s: the seconds of reading.\n\n${machine}\n\n${table(head, rows)}\n`,
    );
  }
}
