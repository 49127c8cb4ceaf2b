// `npm run bench:soundness`: 300 random tasks, each given as examples only; writes soundness.md.
//
//   npm run bench:soundness -- [--workers N] [--count N] [--kind machine|linear|program]
//
// With --count or --kind, that many tasks of each kind, or one kind, and nothing is written.

import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { integerOption } from "./command-line.mjs";

const { values } = parseArgs({
  options: { workers: { type: "string" }, count: { type: "string" }, kind: { type: "string" } },
});
const workers =
  values.workers === undefined
    ? availableParallelism()
    : integerOption("workers", values.workers, 1, 64);
const count = values.count === undefined ? 100 : integerOption("count", values.count, 1, 100);

/** The suite is TypeScript, which Node 20 does not run. It finds its files from where it lies. */
const bundle = fileURLToPath(new URL("../test/dist/soundness.mjs", import.meta.url));
mkdirSync(dirname(bundle), { recursive: true });
const suite = new URL("../test/soundness/", import.meta.url);
await build({
  stdin: {
    contents: `export * from "./definition.ts"; export * from "./report.ts"; export * from "./run.ts";`,
    resolveDir: fileURLToPath(suite),
  },
  ...{ bundle: true, format: "esm", platform: "node", packages: "external", outfile: bundle },
});
const { kindTable, kinds, solveAll, soundnessReport } = await import(bundle);

const jobs = kinds
  .filter((kind) => (values.kind ?? kind) === kind)
  .flatMap((kind) => Array.from({ length: count }, (_, index) => ({ kind, index })));
let done = 0;
const outcomes = await solveAll(jobs, {
  workers,
  onOutcome: ({ kind, index, solved, wrong, stopped, seconds }) => {
    const what = solved ? (wrong > 0 ? "FALSE CLAIM" : "solved") : `stopped at ${stopped}`;
    console.error(
      `[${++done} of ${jobs.length}] ${kind} ${index}: ${what}, ${seconds.toFixed(1)} s`,
    );
  },
});
console.log(kindTable(outcomes));
if (jobs.length === 300) {
  const machine = `${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}`;
  writeFileSync(new URL("soundness.md", import.meta.url), soundnessReport(outcomes, machine));
}
if (outcomes.some(({ solved, wrong }) => solved && wrong > 0)) process.exitCode = 1;
