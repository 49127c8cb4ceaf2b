import { checkExamples, type Examples } from "@latticode/program";
import { collectExamples } from "./collect-examples.ts";
import { InputError } from "./input-error.ts";
import { excerpt } from "./message.ts";
import type { ReadOptions } from "./sequence-store.ts";

// JSON Lines: one sequence per line, {"x": [...], "y": [...]}, one row per position. A row is a
// number where there is one column, an array of numbers otherwise.

const form = `a line is {"x": [...], "y": [...]}`;

/**
 * Reads examples from the lines of a JSONL file, one at a time, line ends removed or not (see
 * `splitLines`). Blank lines, a byte order mark and keys other than x and y are
 * ignored; rows of one column may be numbers or arrays of one.
 *
 * Throws an InputError, `name:line: what is wrong`, when there are fewer than `minimumSequences`
 * sequences, a line is not of that form, lengths or columns differ within a line or between lines,
 * or a number is not an integer of magnitude below 2^31.
 */
export async function parseJsonl(
  lines: AsyncIterable<string> | Iterable<string>,
  options: ReadOptions,
): Promise<Examples> {
  if (typeof lines === "string") {
    throw new TypeError('lines is one string, not an iterable of lines: pass text.split("\\n")');
  }
  const { name } = options;
  const collector = collectExamples(options);
  let line = 0;
  for await (const given of lines) {
    line++;
    const text = line === 1 && given.startsWith("\uFEFF") ? given.slice(1) : given;
    if (text.trim() === "") continue;
    const { x, y } = parseLine(`${name}:${line}`, text);
    collector.add(line, x, y);
  }
  return collector.finish(line);
}

function parseLine(where: string, text: string): { readonly x: unknown; readonly y: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What the runtime says differs from one to another.
    const hint = /\b(NaN|Infinity)\b/.test(text) ? "JSON has no NaN or Infinity" : form;
    throw new InputError(`${where}: not JSON: ${excerpt(text)}; ${hint}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError(`${where}: not an object with x and y: ${excerpt(text)}; ${form}`);
  }
  for (const key of ["x", "y"]) {
    if (!Object.hasOwn(value, key)) throw new InputError(`${where}: ${key} is missing; ${form}`);
  }
  return value as { x: unknown; y: unknown };
}

/**
 * The lines of a JSONL file, without line ends, that `parseJsonl` reads back as equal examples.
 * Throws what `checkExamples` throws when the examples are not well formed.
 */
export function formatJsonl(examples: Examples): Iterable<string> {
  checkExamples(examples);
  return formatLines(examples);
}

function* formatLines(examples: Examples): Generator<string, void, undefined> {
  const { count, length, inputDim, outputDim, x, y } = examples;
  for (let sequence = 0; sequence < count; sequence++) {
    const from = sequence * length;
    const inputs = formatRows(x, from, length, inputDim);
    yield `{"x":${inputs},"y":${formatRows(y, from, length, outputDim)}}`;
  }
}

function formatRows(values: Int32Array, first: number, length: number, columns: number): string {
  if (columns === 1) return `[${values.subarray(first, first + length).join()}]`;
  const rows: string[] = [];
  for (let row = first; row < first + length; row++) {
    rows.push(`[${values.subarray(row * columns, (row + 1) * columns).join()}]`);
  }
  return `[${rows.join()}]`;
}
