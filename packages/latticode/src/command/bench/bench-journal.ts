import { closeSync, existsSync, fsyncSync, openSync, writeSync } from "node:fs";
import { readJournalLines } from "../journal-file.ts";
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

/** The lines of a journal, none where there is no file, see `readJournalLines`. */
export function readBenchJournal(path: string): JournalLine[] {
  return existsSync(path) ? readJournalLines(path).map((line) => JSON.parse(line)) : [];
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
