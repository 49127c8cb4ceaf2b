import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Method } from "@latticode/regression";
import { tasks } from "@latticode/tasks";
import type { Command } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { lanesOption, methodOption, parseSeed, repeatedOption, taskOf } from "../options.ts";
import { UsageError } from "../usage-error.ts";
import { prepareDirectory, writeAtomically } from "../write-files.ts";
import {
  appendToJournal,
  type JournalLine,
  readBenchJournal,
  wallSeconds,
} from "./bench-journal.ts";
import { type BenchJob, type BenchLine, isRight } from "./bench-line.ts";
import { lineText, reportText } from "./bench-report.ts";
import { buildFingerprint } from "./build-fingerprint.ts";
import type { SeedRun } from "./facts.ts";
import { runLanes } from "./lanes.ts";
import { inOrder } from "./schedule.ts";

interface BenchOptions {
  readonly seed: readonly number[];
  readonly task: readonly string[];
  readonly method: Method;
  readonly workers: number;
  readonly out: string;
  readonly compare?: string;
  readonly quiet?: true;
}

/** Adds `latticode bench`, which runs the benchmark from examples to judged programs. */
export function addBenchCommand(command: Command): void {
  command
    .command("bench")
    .description("runs the benchmark: from examples to programs, judged by the tasks' definitions")
    .addOption(
      repeatedOption("--seed <n>", "a seed; may be given again, 1 by default", {
        ...{ parse: parseSeed, default: [1] },
      }),
    )
    .addOption(
      repeatedOption("--task <name>", "a task; may be given again, all by default", {
        ...{ parse: (name) => taskOf(name, "--task ").name, default: [] },
      }),
    )
    .addOption(methodOption())
    .addOption(lanesOption("threads, each of which runs one task at a time"))
    .option("--out <dir>", "write results there, and resume from there", "bench-results")
    .option("--compare <results.json>", "count digests that are equal to those of another run")
    .option("--quiet", "show no progress")
    .addHelpText(
      "after",
      "\nEvery finished task is a line of DIR/bench.jsonl; the same command goes on from there, and runs\n" +
        "again what another build has done. DIR/results.md and results.json are written at the end,\n" +
        "with the method in their names where it isn't the default, and -part where tasks are chosen.\n" +
        "Exit codes: 0 everything solved and right, 3 not everything, 2 bad usage, 130 interrupted.",
    )
    .action(async (options: BenchOptions) => {
      process.exitCode = await bench(options);
    });
}

async function bench(options: BenchOptions): Promise<number> {
  const { out, method, workers, quiet } = options;
  const others = options.compare === undefined ? undefined : readResults(options.compare);
  prepareDirectory(out);
  const names = tasks
    .map(({ name }) => name)
    .filter((name) => options.task.length === 0 || options.task.includes(name));
  const path = join(out, "bench.jsonl");
  const build = buildFingerprint();
  const session = randomUUID();
  const seeds = [...new Set(options.seed)];
  const runs: SeedRun[] = [];
  const total = seeds.length * names.length;
  let ended = 0;
  for (const seed of seeds) {
    const known = new Map(linesOf(readBenchJournal(path), { build, method, seed }));
    const left = names.filter((name) => !known.has(name));
    ended += names.length - left.length;
    const jobs = inOrder(left.map((task): BenchJob => ({ task, seed, method })));
    const start = performance.now();
    await runLanes(jobs, {
      workers,
      onLine: (line) => {
        const elapsed = (performance.now() - start) / 1000;
        appendToJournal(path, { build, session, workers, elapsed, line });
        ended++;
        if (!quiet) process.stderr.write(`[${ended} of ${total}] ${lineText(line)}\n`);
      },
    });
    const finished = new Map(linesOf(readBenchJournal(path), { build, method, seed }));
    const journalLines = names.map((name) => finished.get(name)!);
    runs.push({
      seed,
      lines: journalLines.map(({ line }) => line),
      wall: wallSeconds(journalLines),
    });
  }
  const suffix = `${method === "default" ? "" : `-${method}`}${options.task.length > 0 ? "-part" : ""}`;
  const machine = `${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}`;
  const about = { method, machine, workers, build };
  const report = reportText({ ...about, runs, others });
  writeAtomically(
    join(out, `results${suffix}.json`),
    `${JSON.stringify({ ...about, runs }, null, 1)}\n`,
  );
  writeAtomically(join(out, `results${suffix}.md`), report);
  process.stdout.write(`${report.slice(0, report.indexOf("\n## Programs"))}\n`);
  const lines = runs.flatMap((run) => run.lines);
  return lines.every(isRight) ? exitCodes.solved : exitCodes.notSolved;
}

/** The last line of each task that this build has run so. */
function linesOf(
  journal: readonly JournalLine[],
  { build, method, seed }: { build: string; method: Method; seed: number },
): [string, JournalLine][] {
  return journal
    .filter((l) => l.build === build && l.line.method === method && l.line.seed === seed)
    .map((l) => [l.line.task, l]);
}

function readResults(path: string): BenchLine[] {
  try {
    const { runs } = JSON.parse(readFileSync(path, "utf8")) as { runs: SeedRun[] };
    return runs.flatMap((run) => run.lines);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--compare ${path}: cannot be read as results: ${reason}`);
  }
}
