import { createHash, type Hash } from "node:crypto";
import { createReadStream, existsSync, statSync } from "node:fs";
import type { Readable } from "node:stream";
import type { Examples } from "@latticode/program";
import {
  findTask,
  formatJsonl,
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

/**
 * Sequences sampled from a task, and of ten times its length: a fifth of these check the program.
 */
const sampledSequences = 20_000;
const longerSequences = 640;
const lengthening = 10;

/** What a source gives. */
export interface Source {
  readonly examples: Examples;
  /** Sequences of a greater length, where the source can make them. */
  readonly longer?: Examples;
  readonly origin: Origin;
}

/** Where examples are from. */
export interface Origin {
  readonly name: string;
  /**
   * SHA-256 of the bytes that were read, 64 hexadecimal digits; for a task, of its sample as JSON
   * lines, each with a line feed.
   */
  readonly sha256: string;
  /** What names a sequence: its line, or its number in the column `sequence`. */
  readonly unit: "line" | "sequence";
  /** That of each sequence. */
  readonly places: readonly number[];
}

/** Sequences as their source names them: "line 12", "lines 12 and 40". */
export function nameSequences(
  { unit, places }: Pick<Origin, "unit" | "places">,
  sequences: readonly number[],
): string {
  const names = sequences.map((i) => String(places[i]));
  const last = names.pop();
  return names.length === 0 ? `${unit} ${last}` : `${unit}s ${names.join(", ")} and ${last}`;
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
  if (source === "-") return readStream(process.stdin, parseLines, reading);
  if (/\.(jsonl|csv|parquet)$/i.test(source) || existsSync(source)) {
    return readFile(source, reading);
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
  const hash = createHash("sha256");
  for (const line of formatJsonl(examples)) hash.update(`${line}\n`);
  const places = Array.from({ length: examples.count }, (_, i) => i);
  const origin: Origin = {
    ...{ name: task.name, sha256: hash.digest("hex"), unit: "sequence", places },
  };
  return { examples, ...(longer && { longer }), origin };
}

/** What parsers take of a stream. */
type Pieces = AsyncIterable<Uint8Array | string>;
type Parse = (pieces: Pieces, options: ReadOptions) => Promise<Examples>;

const parseLines: Parse = (pieces, options) => parseJsonl(splitLines(pieces, options), options);

async function readFile(path: string, options: ReadOptions): Promise<Source> {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) throw new UsageError(`${path}: no such file`);
  if (status.isDirectory()) {
    throw new UsageError(`${path}: is a directory; give a .jsonl, .csv or .parquet file`);
  }
  if (!/\.parquet$/i.test(path)) {
    const parse = /\.csv$/i.test(path) ? parseCsv : parseLines;
    return readStream(createReadStream(path), parse, options);
  }
  let places: readonly number[] = [];
  const onPlaces = (all: readonly number[]) => {
    places = all;
  };
  const examples = await readParquet(path, { ...options, onPlaces });
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece);
  const { name } = options;
  return {
    examples,
    origin: { ...{ name, sha256: hash.digest("hex"), unit: "sequence", places } },
  };
}

async function readStream(stream: Readable, parse: Parse, options: ReadOptions): Promise<Source> {
  const hash = createHash("sha256");
  let places: readonly number[] = [];
  const onPlaces = (all: readonly number[]) => {
    places = all;
  };
  const { name } = options;
  try {
    const examples = await parse(hashed(stream, hash), { ...options, onPlaces });
    const unit = parse === parseCsv ? "sequence" : "line";
    return { examples, origin: { ...{ name, sha256: hash.digest("hex"), unit, places } } };
  } catch (error) {
    // Errors of the system have a code; those of the examples and of the program have none.
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UsageError(`${name}: cannot be read: ${error.message}`);
  } finally {
    stream.destroy();
  }
}

/** The pieces of a stream, which the hash takes in as they pass. */
async function* hashed(stream: Readable, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of stream) {
    hash.update(piece);
    yield piece;
  }
}
