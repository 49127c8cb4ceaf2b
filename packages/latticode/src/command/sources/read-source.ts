import { createReadStream, existsSync, statSync } from "node:fs";
import type { Readable } from "node:stream";
import type { Examples } from "@latticode/program";
import {
  findTask,
  parseCsv,
  parseJsonl,
  type ReadOptions,
  sampleLonger,
  sampleTask,
  splitLines,
  type Task,
  tasks,
} from "@latticode/tasks";
import { nearestName } from "../nearest-name.ts";
import { UsageError } from "../usage-error.ts";
import { readParquet } from "./read-parquet.ts";

/** Sequences sampled from a task, and of ten times its length: a fifth of these check the program. */
const sampledSequences = 20_000;
const longerSequences = 640;
const lengthening = 10;

/** What a source gives. */
export interface Source {
  readonly examples: Examples;
  /** Sequences of a greater length, where the source can make them. */
  readonly longer?: Examples;
}

/**
 * The most numbers that are kept of a file, 128 MiB of them: about the million sequences that the
 * paper trains on, for Binary_Addition. More are sampled, so that memory does not grow with files.
 */
const keptNumbers = 2 ** 25;

/**
 * Examples from what SOURCE names: `-` is standard input, in JSON lines; what ends in .jsonl, .csv
 * or .parquet or exists is a file of that kind, JSON lines by default; anything else a benchmark
 * task, sampled with the seed. Of a file with more than `keptNumbers` numbers, sequences drawn with
 * the seed are kept, and standard error says so.
 *
 * @throws UsageError when there is no such source, InputError when its examples are wrong
 */
export async function readSource(
  source: string,
  options: { readonly seed: number },
): Promise<Source> {
  const { seed } = options;
  const name = source === "-" ? "stdin" : source;
  const onSample = (kept: number, found: number) => {
    process.stderr.write(
      `latticode: ${name}: too large to keep: using ${kept} of ${found} sequences, ` +
        "sampled with the seed\n",
    );
  };
  const reading = { name, sampling: { numbers: keptNumbers, seed, onSample } };
  if (source === "-") return { examples: await readStream(process.stdin, parseLines, reading) };
  if (/\.(jsonl|csv|parquet)$/i.test(source) || existsSync(source)) {
    return { examples: await readFile(source, reading) };
  }
  const task = findTask(source);
  if (task) return sampleSource(task, seed);
  const nearest = nearestName(
    source,
    tasks.map((task) => task.name),
  );
  throw new UsageError(
    `${source}: no such file or task; give a .jsonl, .csv or .parquet file, - for ` +
      `standard input, or the name of a task (the nearest is ${nearest})`,
  );
}

function sampleSource(task: Task, seed: number): Source {
  const examples = sampleTask(task, { count: sampledSequences, seed });
  // the same seed at another length would only continue the sequences above
  const longer = sampleLonger(task, {
    count: longerSequences,
    length: lengthening * task.length,
    seed: seed + 2 ** 32,
  });
  return { examples, ...(longer && { longer }) };
}

type Parse = (stream: Readable, options: ReadOptions) => Promise<Examples>;

const parseLines: Parse = (stream, options) => parseJsonl(splitLines(stream, options), options);

async function readFile(path: string, options: ReadOptions): Promise<Examples> {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) throw new UsageError(`${path}: no such file`);
  if (status.isDirectory()) {
    throw new UsageError(`${path}: is a directory; give a .jsonl, .csv or .parquet file`);
  }
  if (/\.parquet$/i.test(path)) return readParquet(path, options);
  return readStream(createReadStream(path), /\.csv$/i.test(path) ? parseCsv : parseLines, options);
}

async function readStream(stream: Readable, parse: Parse, options: ReadOptions): Promise<Examples> {
  try {
    return await parse(stream, options);
  } catch (error) {
    // Errors of the system have a code; those of the examples and of the program have none.
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UsageError(`${options.name}: cannot be read: ${error.message}`);
  } finally {
    stream.destroy();
  }
}
