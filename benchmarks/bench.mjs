// The whole benchmark, from examples to judged programs, against our bars:
//
//   npm run bench -- [--compare] [--method NAME] [--seed N]... [--task NAME]... [--workers N]
//
// Runs `latticode bench` for seeds 1 to 3 in benchmarks/run (not part of the repository), going on
// where an earlier run of the same build was stopped, and writes results.json, results.md and figures/
// here. With --compare nothing is written: the digests are compared with those of results.json. With
// --task there are neither bars nor files but those in benchmarks/run. Exit code 1 where a bar is not
// met or a digest differs.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compareDigests } from "latticode/node";
import { acceptanceReport, benchFigures, judgeRuns } from "./acceptance/index.mjs";

const { values } = parseArgs({
  options: {
    ...{ compare: { type: "boolean" }, method: { type: "string", default: "default" } },
    seed: { type: "string", multiple: true, default: ["1", "2", "3"] },
    ...{ task: { type: "string", multiple: true, default: [] }, workers: { type: "string" } },
  },
});
const { compare, method, seed: seeds, task: names, workers } = values;
const fileOf = (path) => fileURLToPath(new URL(path, import.meta.url));
const suffix = method === "default" ? "" : `-${method}`;

/** Lines of a results file, in one list. */
const linesOf = ({ runs }) => runs.flatMap(({ lines }) => lines);
const readJson = (path) => JSON.parse(readFileSync(fileOf(path), "utf8"));
const recorded = compare ? linesOf(readJson(`results${suffix}.json`)) : undefined;

const { status } = spawnSync(
  process.execPath,
  [
    fileOf("../packages/latticode/bin/latticode.js"),
    ...["bench", "--out", fileOf("run"), "--method", method],
    ...seeds.flatMap((seed) => ["--seed", seed]),
    ...names.flatMap((name) => ["--task", name]),
    ...(workers === undefined ? [] : ["--workers", workers]),
  ],
  { stdio: "inherit" },
);
// 3: not everything is solved, which the bars judge
if (status !== 0 && status !== 3) process.exit(status ?? 1);

const part = `${suffix}${names.length > 0 ? "-part" : ""}`;
const results = readJson(`run/results${part}.json`);
if (compare) compareWithRecorded(linesOf(results));
else if (names.length === 0) await writeResults(results.runs);

/** Prints which lines have no equal digest among those recorded. */
function compareWithRecorded(lines) {
  const { compared, differing } = compareDigests(lines, recorded);
  for (const { task, seed } of differing) console.log(`${task}, seed ${seed}: DIFFERS`);
  const equal = compared.length - differing.length;
  console.log(`${equal} of ${lines.length} digests are equal to those in results${suffix}.json`);
  process.exitCode = equal === lines.length ? 0 : 1;
}

async function writeResults(runs) {
  const drawn = await benchFigures(runs);
  mkdirSync(fileOf(`figures${suffix}`), { recursive: true });
  const figures = drawn.map(({ file, title, svg }) => {
    writeFileSync(fileOf(`figures${suffix}/${file}`), svg);
    return { file: `figures${suffix}/${file}`, title };
  });
  const { text: bars, met } = judgeRuns({ method, runs });
  const report = readFileSync(fileOf(`run/results${suffix}.md`), "utf8");
  writeFileSync(fileOf(`results${suffix}.md`), acceptanceReport(report, { bars, runs, figures }));
  copyFileSync(fileOf(`run/results${suffix}.json`), fileOf(`results${suffix}.json`));
  console.log(bars);
  process.exitCode = met ? 0 : 1;
}
