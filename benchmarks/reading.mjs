// `npm run bench:reading`: reads machines, integer coordinates and recurrences from a network for
// each benchmark task, over three seeds, and holds them against the bars.
//
//   npm run bench:reading -- [--seed N] [--task NAME] [--workers N] [--before CHECKOUT]
//
// Networks are those that `npm run bench:training` kept, or are trained the same way before the
// reading starts, which is measured alone. Without --seed and --task it writes benchmarks/reading.md.
// With --before, the folder of another checkout that is built, each network is read by both builds in
// turn, and the ratio of their times is printed; nothing is written.

import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { loadKernels } from "../packages/kernels/dist/index.js";
import { openPool } from "../packages/training/dist/index.js";
import { integerOption, taskNames } from "./command-line.mjs";
import { keptNetwork, networkFor } from "./networks.mjs";
import { readAll, readBoth } from "./reading/pool.mjs";
import { bars, remarks, report, resultText } from "./reading/report.mjs";
import { barsTable } from "./training/report.mjs";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    task: { type: "string" },
    workers: { type: "string", default: "2" },
    before: { type: "string" },
  },
});

// machines are compared on words of a seed below 2^32 - 1
const seeds =
  values.seed === undefined ? [1, 2, 3] : [integerOption("seed", values.seed, 0, 2 ** 32 - 2)];
const names = taskNames(values.task);
const workers = integerOption("workers", values.workers, 1, 64);

/** The network of each task, and in a sentence how many were trained and how long that took. */
async function networksOf(seed) {
  const missing = names.filter((name) => !keptNetwork(name, seed));
  const start = performance.now();
  if (missing.length > 0) {
    const kernels = await loadKernels();
    const pool = await openPool({ kernels });
    for (const name of missing) {
      const begin = performance.now();
      const { perfect } = await networkFor(name, seed, { kernels, pool });
      const seconds = (performance.now() - begin) / 1000;
      const found = perfect ? "perfect" : "NOT PERFECT";
      console.error(`seed ${seed}: trained ${name}, ${found}, ${seconds.toFixed(1)} s`);
    }
    pool.close();
  }
  const seconds = (performance.now() - start) / 1000;
  const training =
    missing.length > 0
      ? `Networks: ${missing.length} of ${names.length} trained before the reading, in ${seconds.toFixed(1)} s.`
      : `Networks: all ${names.length} kept from earlier training.`;
  const jobs = names.map((name) => ({ name, seed, ...keptNetwork(name, seed) }));
  return { jobs, training };
}

if (values.before !== undefined) {
  const before = pathToFileURL(resolve(values.before, "benchmarks/reading/worker.mjs"));
  for (const seed of seeds) {
    const { jobs } = await networksOf(seed);
    const show = ({ name }, pair) =>
      console.log(`${name}: ${pair.before.toFixed(3)} s before, ${pair.after.toFixed(3)} s after`);
    const seconds = await readBoth(jobs, { before, show });
    const ratio = seconds.after / seconds.before;
    console.log(
      `seed ${seed}, ${jobs.length} tasks: ${seconds.before.toFixed(1)} s before, ` +
        `${seconds.after.toFixed(1)} s after, ratio ${ratio.toFixed(2)}`,
    );
  }
  process.exit(0);
}

const runs = [];
for (const seed of seeds) {
  const { jobs, training } = await networksOf(seed);
  const start = performance.now();
  const show = (result) => console.log(resultText(result));
  const results = await readAll(jobs, { workers, show });
  const seconds = (performance.now() - start) / 1000;
  console.log(`\nSeed ${seed}. ${training} Reading ${seconds.toFixed(1)} s.`);
  if (!values.task) console.log(`${barsTable(bars(results, seconds))}\n${remarks(results)}\n`);
  runs.push({ seed, training, seconds, results });
}

if (values.seed === undefined && values.task === undefined) {
  const machine = `${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}`;
  writeFileSync(new URL("reading.md", import.meta.url), report(runs, { machine, workers }));
}
