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

const manual = `
Examples:
    latticode bench
    latticode bench --seed 1 --seed 2 --task Parity_All --task Sum_All --out results

Each synthesis sees 327,680 sequences of its task. Each program is then judged by the definition of
the task, on sequences that nothing has seen.

Output:
With --out, the directory receives:
    results.md     a summary first, then every program and its evidence
    results.json   the same as data
    bench.jsonl    one line per finished task

Names contain the method unless it is the default, and -part if tasks were chosen. An interrupted
run resumes when the same command is given again. Tasks that another build finished are run again.

Exit codes:
    0    every task is solved and right
    2    bad usage
    3    at least one task is not
    130  interrupted`;

/** Adds `latticode bench`, which runs the benchmark from examples to judged programs. */
export function addBenchCommand(command: Command): void {
  command
    .command("bench")
    .description(
      "runs the benchmark: from examples to programs, judged by the definitions of the tasks",
    )
    .addOption(
      repeatedOption("--seed <n>", "a seed; give the option again for more", {
        ...{ parse: parseSeed, default: [1], defaultText: "1" },
      }),
    )
    .addOption(
      repeatedOption("--task <name>", "a task; give the option again for more", {
        ...{ parse: (name) => taskOf(name, "--task ").name, default: [], defaultText: "all" },
      }),
    )
    .addOption(methodOption())
    .addOption(lanesOption("number of tasks that run at the same time"))
    .option(
      "--out <dir>",
      "directory for the results; an interrupted run resumes from it",
      "bench-results",
    )
    .option("--compare <results.json>", "count the digests that equal those of another run")
    .option("--quiet", "do not show progress")
    .addHelpText("after", manual)
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
  const named = method === "default" ? "" : `-${method}`;
  const suffix = options.task.length > 0 ? `${named}-part` : named;
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
