import { readFileSync } from "node:fs";
import { methods } from "@latticode/regression";
import type { Command } from "commander";
import type { BenchJob } from "../bench/bench-line.ts";
import { buildFingerprint } from "../bench/build-fingerprint.ts";
import { runLanes } from "../bench/lanes.ts";
import { exitCodes } from "../exit-codes.ts";
import { lanesOption, parseSeed, repeatedOption } from "../options.ts";
import { UsageError } from "../usage-error.ts";

interface ReproduceOptions {
  readonly task: readonly string[];
  readonly seed?: number;
  readonly workers: number;
}

/** A run of a results file, as far as it matters here. */
interface RecordedRun extends BenchJob {
  readonly digest: string;
}

interface Results {
  readonly build: string;
  readonly runs: readonly RecordedRun[];
}

const manual = `
Examples:
    latticode reproduce results.json
    latticode reproduce results.json --task Parity_All --seed 1

The command prints one line per run: equal, or DIFFERS with both digests.

Exit codes:
    0    all digests are equal
    1    at least one digest differs
    2    bad usage or bad input
    130  interrupted`;

/**
 * Adds `latticode reproduce`, which runs lines of a results file again and compares their digests.
 */
export function addReproduceCommand(command: Command): void {
  command
    .command("reproduce")
    .description("repeats the runs of a results file and compares their digests")
    .argument("<results>", "a results.json that latticode bench wrote")
    .addOption(
      repeatedOption("--task <name>", "only runs of this task; give the option again for more", {
        ...{ parse: String, default: [], defaultText: "all" },
      }),
    )
    .option("--seed <n>", "only runs with this seed", parseSeed)
    .addOption(lanesOption("number of runs at the same time"))
    .addHelpText("after", manual)
    .action(async (path: string, options: ReproduceOptions) => {
      process.exitCode = await reproduce(path, options);
    });
}

/** @returns the exit code */
async function reproduce(path: string, options: ReproduceOptions): Promise<number> {
  const { build, runs } = readResults(path);
  const { seed, task } = options;
  const unknown = task.find((name) => !runs.some((run) => run.task === name));
  if (unknown !== undefined) throw new UsageError(`${path}: has no run of --task ${unknown}`);
  const chosen = runs.filter(
    (run) =>
      (task.length === 0 || task.includes(run.task)) && (seed === undefined || run.seed === seed),
  );
  if (chosen.length === 0) throw new UsageError(`${path}: has no run of the given task and seed`);
  const recorded = new Map(chosen.map((run) => [keyOf(run), run.digest]));
  let equal = 0;
  const jobs = chosen.map(({ task, seed, method }): BenchJob => ({ task, seed, method }));
  await runLanes(jobs, {
    workers: options.workers,
    onLine: (line) => {
      const digest = recorded.get(keyOf(line));
      if (digest === line.digest) equal++;
      const verdict =
        digest === line.digest
          ? `equal    ${line.digest}`
          : `DIFFERS  ${line.digest}, recorded ${digest}`;
      process.stdout.write(`${keyOf(line)}: ${verdict}\n`);
    },
  });
  process.stdout.write(`${equal} of ${chosen.length} digests are equal\n`);
  const here = buildFingerprint();
  if (equal < chosen.length && build !== here) {
    process.stdout.write(
      `the results are from build ${build}, this is build ${here}; results of ` +
        "different builds may differ\n",
    );
  }
  return equal === chosen.length ? exitCodes.solved : exitCodes.different;
}

function keyOf({ task, seed, method }: BenchJob): string {
  return `${task}, seed ${seed}${method === "default" ? "" : `, method ${method}`}`;
}

function readResults(path: string): Results {
  const fail = (reason: string) =>
    new UsageError(`${path}: ${reason}; give a results.json that latticode bench wrote`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw fail(`cannot be read as JSON: ${error instanceof Error ? error.message : error}`);
  }
  const { build, runs } = (value ?? {}) as { build?: unknown; runs?: unknown };
  if (typeof build !== "string" || !Array.isArray(runs)) throw fail("has no build and runs");
  const lines: unknown[] = runs.flatMap((run) => run?.lines ?? []);
  lines.forEach((line, i) => {
    if (!isRecordedRun(line)) {
      throw fail(`line ${i + 1} of its runs has no task, seed, method and digest`);
    }
  });
  return { build, runs: lines as RecordedRun[] };
}

function isRecordedRun(line: unknown): line is RecordedRun {
  const { task, seed, method, digest } = (line ?? {}) as Partial<RecordedRun>;
  return (
    typeof task === "string" &&
    Number.isInteger(seed) &&
    methods.some((known) => known === method) &&
    typeof digest === "string"
  );
}
