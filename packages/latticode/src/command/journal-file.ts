import { createHash } from "node:crypto";
import { existsSync, readFileSync, truncateSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Examples } from "@latticode/program";
import type { Journal, JournalEntry, Strategy } from "@latticode/training";
import { UsageError } from "./usage-error.ts";
import { writeAtomically } from "./write-files.ts";

// The first line says which run the journal is of, every other one is a finished attempt. Lines are
// written whole and synced one by one, so a process that is killed leaves at most one torn line, at
// the end.

/** What decides what a synthesis comes to. */
export interface Run {
  readonly examples: Examples;
  readonly longer?: Examples | undefined;
  readonly strategy?: Strategy | undefined;
  readonly seed: number;
  readonly version: string;
}

function digestOfRun({ examples, longer, seed, strategy, version }: Run): string {
  const hash = createHash("sha256").update(JSON.stringify({ version, seed, strategy }));
  for (const { x, y, ...sizes } of longer ? [examples, longer] : [examples]) {
    hash.update(JSON.stringify(sizes)).update(x).update(y);
  }
  return hash.digest("hex");
}

/**
 * Sees to it that the directory's journal is there and is that of the run.
 *
 * @returns the path of the journal
 * @throws UsageError where it is another run's, or is no journal
 */
export function prepareJournal(directory: string, run: Run): string {
  const path = join(directory, "journal.jsonl");
  const header = JSON.stringify({ journal: 1, run: digestOfRun(run) });
  try {
    if (!existsSync(path)) writeAtomically(path, `${header}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `--out ${directory}: cannot write there: ${reason}; give another directory`,
    );
  }
  const [first] = readJournalLines(path);
  if (first !== header) {
    const other = first?.startsWith('{"journal":1,');
    throw new UsageError(
      other
        ? `${path}: belongs to another run (its examples, seed, strategy or version ` +
            "differ); give another directory, or delete the file"
        : `${path}:1: is not the first line of a journal; give another directory, or ` +
            "delete the file",
    );
  }
  return path;
}

/**
 * The whole lines of a journal. A torn last one is cut off the file.
 *
 * @throws UsageError where another line is no JSON
 */
export function readJournalLines(path: string): string[] {
  const bytes = readFileSync(path);
  let end = bytes.lastIndexOf("\n") + 1;
  const lines = bytes.toString("utf8", 0, end).split("\n").slice(0, -1);
  lines.forEach((line, i) => {
    if (isJson(line)) return;
    if (i === 0 || i < lines.length - 1)
      throw new UsageError(`${path}:${i + 1}: is not JSON; delete the line, or the file`);
    lines.pop();
    end -= Buffer.byteLength(line) + 1;
  });
  if (end < bytes.length) truncateSync(path, end);
  return lines;
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** Opens a journal that `prepareJournal` has seen to. */
export async function openJournal(path: string): Promise<Journal & { close(): Promise<void> }> {
  const entries = readJournalLines(path)
    .slice(1)
    .map((line): JournalEntry => JSON.parse(line));
  const file = await open(path, "a");
  let last = Promise.resolve();
  return {
    entries: async () => entries,
    append(entry) {
      last = last.then(async () => {
        await file.appendFile(`${JSON.stringify(entry)}\n`);
        await file.datasync();
      });
      return last;
    },
    close: () => file.close(),
  };
}
