import { createReadStream, existsSync, statSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Examples } from "@latticode/program";
import { findTask, parseJsonl, sampleTask, tasks } from "@latticode/tasks";
import { nearestName } from "./nearest-name.ts";
import { UsageError } from "./usage-error.ts";

/** Sequences sampled from a task. */
const sampledSequences = 20_000;

/**
 * Examples from what SOURCE names: `-` is standard input, what ends in .jsonl or exists is a file
 * of JSON lines, anything else a benchmark task, sampled with the seed.
 *
 * @throws UsageError when there is no such source, InputError when its examples are wrong
 */
export async function readSource(
  source: string,
  options: { readonly seed: number },
): Promise<Examples> {
  if (source === "-") return readLines(process.stdin, "stdin");
  if (source.endsWith(".jsonl") || existsSync(source)) return readFile(source);
  const task = findTask(source);
  if (task) return sampleTask(task, { count: sampledSequences, seed: options.seed });
  const nearest = nearestName(
    source,
    tasks.map((task) => task.name),
  );
  throw new UsageError(
    `${source}: no such file or task; give a .jsonl file, - for standard input, or a task's name (the nearest is ${nearest})`,
  );
}

async function readFile(path: string): Promise<Examples> {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) throw new UsageError(`${path}: no such file`);
  if (status.isDirectory()) throw new UsageError(`${path}: is a directory, give a .jsonl file`);
  return readLines(createReadStream(path), path);
}

async function readLines(stream: Readable, name: string): Promise<Examples> {
  // readline drops errors of its stream: without this, an unreadable file would end the process.
  let streamError: Error | undefined;
  stream.on("error", (error) => {
    streamError = error;
    lines.close();
  });
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    const examples = await parseJsonl(lines, { name });
    if (!streamError) return examples;
  } catch (error) {
    if (!streamError) throw error;
  } finally {
    stream.destroy();
  }
  throw new UsageError(`${name}: cannot be read: ${streamError.message}`);
}
