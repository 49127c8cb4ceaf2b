// `npm run bench:training`: a perfect network for every benchmark task, over three seeds.
//
//   npm run bench:training -- [--seed N] [--task NAME] [--workers N]
//
// Networks are kept in benchmarks/networks, for the benchmarks that read them. Without --seed and
// --task it writes benchmarks/training.md and training.json.

import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { loadKernels } from "../packages/kernels/dist/index.js";
import { openPool } from "../packages/training/dist/index.js";
import { integerOption, taskNames } from "./command-line.mjs";
import { keepNetwork } from "./networks.mjs";
import { secondLook, trainLine } from "./training/line.mjs";
import { bars, barsTable, lineText, report } from "./training/report.mjs";
import { sampled } from "./training/sampler.mjs";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    task: { type: "string" },
    workers: { type: "string" },
  },
});

const seeds =
  values.seed === undefined ? [1, 2, 3] : [integerOption("seed", values.seed, 0, 2 ** 32 - 1)];
const names = taskNames(values.task);
const workers =
  values.workers === undefined ? undefined : integerOption("workers", values.workers, 0, 64);

const kernels = await loadKernels();
const pool = await openPool({ kernels, workers });
const runs = [];
for (const seed of seeds) {
  const start = performance.now();
  const trained = [];
  for await (const [name, data] of sampled(names, seed)) {
    const one = await trainLine(name, seed, { kernels, pool, data });
    trained.push(one);
    const { line, network } = one;
    keepNetwork(network, line);
    const found = line.perfect ? "perfect" : "NOT PERFECT";
    console.error(`seed ${seed}: ${name} ${found}, ${line.seconds.toFixed(1)} s, ${line.digest}`);
  }
  const seconds = (performance.now() - start) / 1000;
  const lines = trained.map(({ line, network }) => secondLook(line, network, { kernels }));
  for (const line of lines) console.log(lineText(line));
  if (!values.task) console.log(`${barsTable(bars(lines, seconds))}\n`);
  runs.push({ seed, seconds, lines });
}
pool.close();

if (values.seed === undefined && values.task === undefined) {
  const machine = `${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}`;
  writeFileSync(new URL("training.md", import.meta.url), report(runs, machine));
  writeFileSync(new URL("training.json", import.meta.url), `${JSON.stringify(runs, null, 1)}\n`);
}
