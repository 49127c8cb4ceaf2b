import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalEntry } from "@latticode/training";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openJournal, prepareJournal } from "./journal-file.ts";

const examples = { count: 1, length: 2, inputDim: 1, outputDim: 1 };
const run = {
  seed: 1,
  version: "1.0.0",
  examples: { ...examples, x: Int32Array.of(1, 2), y: Int32Array.of(3, 4) },
};

/** Entries are only kept here, so that any JSON does. */
const entry = (unit: string) => ({ unit, outcome: {} }) as unknown as JournalEntry;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "latticode-journal-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function reopen() {
  const journal = await openJournal(prepareJournal(directory, run));
  const units = (await journal.entries()).map(({ unit }) => unit);
  return { journal, units };
}

test("entries are there when the journal is opened again, in their order", async () => {
  const { journal, units } = await reopen();
  expect(units).toEqual([]);
  await Promise.all(["a", "b", "c"].map((unit) => journal.append(entry(unit))));
  await journal.close();
  const again = await reopen();
  expect(again.units).toEqual(["a", "b", "c"]);
  await again.journal.close();
});

test.each([
  ["a line that was cut off", '{"unit":"c'],
  ["a last line that is no JSON", '{"unit":"c\0\0\0\n'],
  ["zeros", "\0".repeat(100)],
])("%s at the end is taken away, and writing goes on there", async (_, tail) => {
  const first = await reopen();
  for (const unit of ["a", "b"]) await first.journal.append(entry(unit));
  await first.journal.close();
  appendFileSync(join(directory, "journal.jsonl"), tail);
  const second = await reopen();
  expect(second.units).toEqual(["a", "b"]);
  await second.journal.append(entry("d"));
  await second.journal.close();
  const third = await reopen();
  expect(third.units).toEqual(["a", "b", "d"]);
  await third.journal.close();
});

test("a line in the middle that is no JSON is refused, by its number", async () => {
  const { journal } = await reopen();
  for (const unit of ["a", "b"]) await journal.append(entry(unit));
  await journal.close();
  const path = join(directory, "journal.jsonl");
  writeFileSync(path, readFileSync(path, "utf8").replace('{"unit":"a"', '{"unit":a'));
  expect(() => prepareJournal(directory, run)).toThrow(`${path}:2: is not JSON`);
});

test("other examples, another seed and another version are another run", () => {
  prepareJournal(directory, run);
  prepareJournal(directory, structuredClone(run));
  const others = [
    { ...run, seed: 2 },
    { ...run, version: "1.0.1" },
    { ...run, examples: { ...run.examples, y: Int32Array.of(3, 5) } },
    { ...run, examples: { ...run.examples, count: 2, length: 1 } },
  ];
  for (const other of others) {
    expect(() => prepareJournal(directory, other)).toThrow("belongs to another run");
  }
});

test.each(["", "\n", "hello\n", "[1, 2]\n"])("a file of %j is no journal", (text) => {
  writeFileSync(join(directory, "journal.jsonl"), text);
  expect(() => prepareJournal(directory, run)).toThrow(/journal\.jsonl:1: is not /);
});
