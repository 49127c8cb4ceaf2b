import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  appendToJournal,
  type JournalLine,
  readBenchJournal,
  wallSeconds,
} from "./bench-journal.ts";
import type { BenchLine } from "./bench-line.ts";

const directory = mkdtempSync(join(tmpdir(), "latticode-bench-"));
afterAll(() => rmSync(directory, { recursive: true }));

const lineOf = (session: string, elapsed: number): JournalLine => ({
  ...{ build: "b", session, workers: 2, elapsed },
  line: { task: "Prev1", seed: 1, method: "default" } as BenchLine,
});

test("a line that was torn by the end of the process is cut off, and the next one is whole", () => {
  const path = join(directory, "torn.jsonl");
  expect(readBenchJournal(path)).toEqual([]);
  appendToJournal(path, lineOf("s", 1));
  appendFileSync(path, '{"build":"b","sess');
  expect(readBenchJournal(path)).toEqual([lineOf("s", 1)]);
  appendToJournal(path, lineOf("s", 2));
  expect(readBenchJournal(path)).toEqual([lineOf("s", 1), lineOf("s", 2)]);
});

test("a line that is no JSON is named", () => {
  const path = join(directory, "broken.jsonl");
  writeFileSync(path, "{}\nnonsense\n{}\n");
  expect(() => readBenchJournal(path)).toThrow(`${path}:2: is not JSON`);
});

test("the wall-clock seconds of sessions add up", () => {
  expect(wallSeconds([lineOf("s", 3), lineOf("s", 5), lineOf("t", 4)])).toBe(9);
  expect(wallSeconds([])).toBe(0);
});
