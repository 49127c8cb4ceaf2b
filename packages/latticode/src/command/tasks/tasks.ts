import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { formatCsv, formatJsonl, sampleTask, type Task, tasks } from "@latticode/tasks";
import { type Command, Option } from "commander";
import { parseInteger, parseSeed, taskOf } from "../options.ts";
import { UsageError } from "../usage-error.ts";

interface TasksOptions {
  readonly sample?: number;
  readonly length?: number;
  readonly seed?: number;
  readonly format?: "jsonl" | "csv";
  readonly json?: true;
}

const manual = `
Examples:
    latticode tasks
    latticode tasks Sum_All --sample 1000 --seed 7 --format csv

Without --sample, the command lists the 62 tasks of the benchmark of Michaud et al. (2024), or the
one that is named. The list shows inputs and definition, and whether GPT-4 Turbo and the published
program solve the task.

Exit codes:
    0    done
    2    bad usage
    130  interrupted`;

/** Adds `latticode tasks`, which lists the benchmark's tasks and writes samples of them. */
export function addTasksCommand(command: Command): void {
  command
    .command("tasks")
    .description("lists the benchmark's tasks, or samples examples of one")
    .argument("[name]", "the name of a task")
    .option("--sample <n>", "print this many sampled sequences", parseInteger(1, 2 ** 32))
    .option(
      "--length <n>",
      "positions per sequence; the task's own unless given",
      parseInteger(1, 1e6),
    )
    .option("--seed <n>", "seed of the sample; 0 unless given", parseSeed)
    .addOption(
      new Option("--format <format>", "format of the sample; jsonl unless given").choices([
        "jsonl",
        "csv",
      ]),
    )
    .option("--json", "print the list as JSON")
    .addHelpText("after", manual)
    .action((name: string | undefined, options: TasksOptions) => runTasks(name, options));
}

/** @throws UsageError when there is no such task, or options do not go together */
async function runTasks(name: string | undefined, options: TasksOptions): Promise<void> {
  const task = name === undefined ? undefined : taskOf(name);
  if (options.sample === undefined) {
    for (const option of ["length", "seed", "format"] as const) {
      if (options[option] !== undefined) {
        throw new UsageError(`--${option} belongs to a sample; give --sample too`);
      }
    }
    const listed = task ? [task] : tasks;
    const json = task ? plain(task) : tasks.map(plain);
    await print([options.json ? `${JSON.stringify(json, null, 2)}\n` : tableOf(listed)]);
    return;
  }
  if (!task) throw new UsageError("--sample needs a task; give its name");
  if (options.json) throw new UsageError("--json belongs to the list; for a sample give --format");
  await print(sampleText(task, { ...options, sample: options.sample }));
}

/** Sequences drawn at a time: memory does not grow with the sample. */
const pieceSize = 1000;

function* sampleText(
  task: Task,
  options: TasksOptions & { readonly sample: number },
): Generator<string, void, undefined> {
  const { sample, length = task.length, seed = 0, format } = options;
  const size = Math.max(1, Math.floor((pieceSize * task.length) / length));
  for (let first = 0; first < sample; first += size) {
    const examples = draw(task, { first, count: Math.min(size, sample - first), length, seed });
    const lines = [...(format === "csv" ? formatCsv(examples, { first }) : formatJsonl(examples))];
    // One header for the whole.
    if (format === "csv" && first > 0) lines.shift();
    yield `${lines.join("\n")}\n`;
  }
}

function draw(task: Task, options: Parameters<typeof sampleTask>[1]) {
  try {
    return sampleTask(task, options);
  } catch (error) {
    // Labels beyond 2^31: a matter of --length.
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** Writes no faster than the reader reads; a reader that goes away (`| head`) ends it. */
async function print(pieces: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
}

/** A task as JSON. */
function plain(task: Task) {
  const { name, description, inputDim, inputRange, outputDim, length } = task;
  const { gpt4TurboSolved, publishedProgramRight } = task;
  return {
    name,
    description,
    inputDim,
    inputRange,
    outputDim,
    length,
    gpt4TurboSolved,
    publishedProgramRight,
  };
}

function tableOf(listed: readonly Task[]): string {
  const header = ["task", "inputs", "length", "GPT-4", "published", "output at each position"];
  const rows = listed.map((task) => {
    const range = `[${task.inputRange.join(", ")}]`;
    return [
      task.name,
      task.inputDim === 1 ? range : `${task.inputDim} x ${range}`,
      String(task.length),
      task.gpt4TurboSolved ? "solved" : "-",
      task.publishedProgramRight ? "right" : "-",
      task.description,
    ];
  });
  const widths = header.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i].length)),
  );
  const lines = [header, ...rows].map((row) =>
    row.map((cell, i) => (i < row.length - 1 ? cell.padEnd(widths[i]) : cell)).join("  "),
  );
  return `${lines.join("\n")}\n\n${legend}`;
}

const legend = `GPT-4: GPT-4 Turbo solved it, as the paper's authors recorded.
published: the program published with the paper is right on 300 new sequences; "-": wrong or none.
`;
