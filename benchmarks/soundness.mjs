// `npm run bench:soundness`: tasks that nobody made up, small and skewed samples, and counting rules, each
// given as examples only; writes soundness.md.
//
//   npm run bench:soundness -- [--part random|small|counting] [--kind KIND] [--count N] [--first N]
//                              [--workers N] [--journal FILE]
//
// A part is written into soundness.md when all of its runs are there; with --kind, --count or --first,
// nothing is written. Outcomes are kept in the journal, a line each, and what it has is not run again.

import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { integerOption } from "./command-line.mjs";

const option = { type: "string" };
const { values } = parseArgs({
  options: {
    ...{ part: option, kind: option, count: option, first: option },
    ...{ workers: option, journal: option },
  },
});
const number = (name, fallback, low, high) =>
  values[name] === undefined ? fallback : integerOption(name, values[name], low, high);
const workers = number("workers", availableParallelism(), 1, 64);
const first = number("first", 0, 0, 499);

/** The suite is TypeScript, which Node 20 does not run. It finds its files from where it lies. */
const bundle = fileURLToPath(new URL("../test/dist/soundness.mjs", import.meta.url));
mkdirSync(dirname(bundle), { recursive: true });
const suite = new URL("../test/soundness/", import.meta.url);
await build({
  stdin: {
    contents: `export * from "./jobs.ts"; export * from "./report.ts"; export * from "./run.ts";`,
    resolveDir: fileURLToPath(suite),
  },
  ...{ bundle: true, format: "esm", platform: "node", packages: "external", outfile: bundle },
});
const { describeOutcome, isViolation, partTables, parts, reportPart, runJobs } = await import(
  bundle
);

const names = Object.keys(parts).filter((name) => (values.part ?? name) === name);
const known = Object.values(parts).flatMap((part) => part.kinds);
if (names.length === 0) throw new Error(`--part is one of ${Object.keys(parts).join(", ")}`);
if (values.kind && !known.includes(values.kind)) {
  throw new Error(`--kind is one of ${known.join(", ")}`);
}

const journal = new Map();
const keyOf = ({ kind, index }) => `${kind} ${index}`;
if (values.journal && existsSync(values.journal)) {
  for (const line of readFileSync(values.journal, "utf8").split("\n").filter(Boolean)) {
    const outcome = JSON.parse(line);
    journal.set(keyOf(outcome), outcome);
  }
}

const isWhole = !values.kind && !values.count && !values.first;
const machine = `${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}`;
const file = new URL("soundness.md", import.meta.url);
for (const name of names) {
  const { kinds, count } = parts[name];
  const last = Math.min(count, first + number("count", count, 1, count));
  const jobs = kinds
    .filter((kind) => (values.kind ?? kind) === kind)
    .flatMap((kind) =>
      Array.from({ length: Math.max(0, last - first) }, (_, i) => ({ kind, index: first + i })),
    );
  const left = jobs.filter((job) => !journal.has(keyOf(job)));
  if (jobs.length === 0) continue;
  let done = jobs.length - left.length;
  await runJobs(left, {
    workers,
    onOutcome: (outcome) => {
      journal.set(keyOf(outcome), outcome);
      if (values.journal) appendFileSync(values.journal, `${JSON.stringify(outcome)}\n`);
      console.error(`[${++done} of ${jobs.length}] ${describeOutcome(outcome)}`);
    },
  });
  const outcomes = jobs.map((job) => journal.get(keyOf(job)));
  console.log(partTables(name, outcomes));
  if (isWhole) writeFileSync(file, reportPart(readFileSync(file, "utf8"), name, outcomes, machine));
  if (outcomes.some(isViolation)) process.exitCode = 1;
}
