import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from "node:fs";
import type { BenchLine } from "./bench-line.ts";

/** A line of the journal: what a run came to, with which build, and when in its session. */
export interface JournalLine {
  readonly build: string;
  /** One call of the command. */
  readonly session: string;
  readonly workers: number;
  /** Seconds from the start of the seed in its session to the end of this run. */
  readonly elapsed: number;
  readonly line: BenchLine;
}

/**
 * The lines of a journal, none where there is no file. A process that is killed leaves at most one
 * torn line, at the end: it is cut off.
 */
export function readBenchJournal(path: string): JournalLine[] {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf("\n") + 1;
  if (end < bytes.length) truncateSync(path, end);
  return bytes
    .toString("utf8", 0, end)
    .split("\n")
    .slice(0, -1)
    .map((line, i) => {
      try {
        return JSON.parse(line) as JournalLine;
      } catch {
        throw new Error(`${path}:${i + 1}: is not JSON; delete the line, or the file`);
      }
    });
}

/** Appends a line and waits until it is on the disk. */
export function appendToJournal(path: string, line: JournalLine): void {
  const file = openSync(path, "a");
  try {
    writeSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Wall-clock seconds that the sessions of a seed have taken up to their last finished run. */
export function wallSeconds(lines: readonly JournalLine[]): number {
  const last = new Map<string, number>();
  for (const { session, elapsed } of lines) {
    last.set(session, Math.max(last.get(session) ?? 0, elapsed));
  }
  return [...last.values()].reduce((sum, elapsed) => sum + elapsed, 0);
}
