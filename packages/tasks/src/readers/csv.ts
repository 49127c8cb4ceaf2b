import { checkExamples, type Examples } from "@latticode/program";
import { collectTable, type TableCollector } from "./collect-table.ts";
import { columnsForm, readColumns } from "./columns.ts";
import { InputError } from "./input-error.ts";
import { decodeText } from "./lines.ts";
import { counted } from "./message.ts";
import type { ReadOptions } from "./sequence-store.ts";

// CSV (RFC 4180): a header, then one row per position.
//
//   sequence,x1,x2,y
//   0,1,1,0
//   0,0,1,0
//   1,0,1,1

/** A row is a few integers, so a longer one is no such file, or a quote that nothing closes. */
const longestRow = 2 ** 20;

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function toNumber(cell: unknown): number {
  const text = cell as string;
  const integer = readDigits(text);
  if (!Number.isNaN(integer)) return integer;
  const trimmed = text.trim();
  return decimal.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/**
 * An integer of up to 9 digits, as nearly every field is; the general way takes several times as
 * long.
 */
function readDigits(text: string): number {
  const { length } = text;
  const first = text.charCodeAt(0) === 45 ? 1 : 0;
  if (length === first || length > first + 9) return Number.NaN;
  let value = 0;
  for (let i = first; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = 10 * value + digit;
  }
  return first === 1 ? -value : value;
}

/**
 * Reads examples from a CSV file in UTF-8 that comes in pieces, one piece at a time; papaparse is
 * loaded at the first call. The header names the columns, in any order: `sequence`; `x`, or `x1`,
 * `x2`, ... where there are several inputs; `y`, or `y1`, `y2`, ... Each row is a position. The
 * rows of a sequence stand together, in order of position, all under one number in `sequence`, and
 * these numbers ascend. Fields may be quoted, rows end in LF, CR LF or CR; blank lines and a byte
 * order mark are ignored.
 *
 * Throws an InputError, `name:line: what is wrong`, when the columns are others, a field is not an
 * integer of magnitude below 2^31, sequences differ in length or are fewer than `minimumSequences`.
 */
export async function parseCsv(
  pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  options: ReadOptions,
): Promise<Examples> {
  const { default: papaparse } = await import("papaparse");
  const { name } = options;
  const where = (line: number) => `${name}:${line}`;
  const parser = new papaparse.Parser({ delimiter: ",", newline: "\n" });
  let table: TableCollector | undefined;
  let fields = 0;
  let line = 0;

  function takeRow(row: readonly string[]): void {
    line++;
    if (row.length === 1 && row[0].trim() === "") return;
    if (!table) {
      fields = row.length;
      const columns = readColumns(where(line), row);
      table = collectTable({ ...options, columns, where, toNumber });
    } else {
      if (row.length !== fields) {
        throw new InputError(
          `${where(line)}: the row has ${counted(row.length, "field")}, the header ${fields}`,
        );
      }
      table.add(line, row);
    }
  }

  function takeText(text: string, isLast: boolean): string {
    const { data, errors, meta } = parser.parse(text, 0, !isLast);
    const firstWrong = errors[0]?.row ?? data.length;
    const hasQuotes = text.includes('"');
    for (const row of data.slice(0, firstWrong)) {
      takeRow(row);
      // Line breaks within quotes count too.
      if (hasQuotes) line += row.join().split("\n").length - 1;
    }
    if (errors.length > 0) throw new InputError(`${where(line + 1)}: ${quoting}`);
    const rest = text.slice(meta.cursor);
    if (rest.length > longestRow) {
      throw new InputError(
        `${where(line + 1)}: the row is longer than ${longestRow} characters; is a quote ` +
          "left open?",
      );
    }
    return isLast ? "" : rest;
  }

  let rest = "";
  for await (const text of withLineFeeds(decodeText(pieces))) rest = takeText(rest + text, false);
  if (rest !== "") takeText(rest, true);
  if (!table)
    throw new InputError(`${where(Math.max(line, 1))}: the file is empty; ${columnsForm}`);
  return table.finish(line);
}

const quoting = `a quoted field is not closed as "..." before the next comma or line end`;

/** Ends every line in LF. */
async function* withLineFeeds(
  texts: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  let held = "";
  for await (const text of texts) {
    const joined = held + text;
    // Whether a LF follows is in the next piece.
    held = joined.endsWith("\r") ? "\r" : "";
    const whole = held ? joined.slice(0, -1) : joined;
    yield whole.includes("\r") ? whole.replace(/\r\n?/g, "\n") : whole;
  }
  if (held) yield "\n";
}

/**
 * The lines of a CSV file, without line ends, that `parseCsv` reads back as equal examples: the
 * header, then the rows of the sequences, numbered from `first` on. Throws what `checkExamples`
 * throws when the examples are not well formed.
 */
export function formatCsv(
  examples: Examples,
  options: { readonly first?: number } = {},
): Iterable<string> {
  checkExamples(examples);
  return formatLines(examples, options.first ?? 0);
}

function* formatLines(
  { count, length, inputDim, outputDim, x, y }: Examples,
  first: number,
): Generator<string, void, undefined> {
  yield ["sequence", ...columnNames("x", inputDim), ...columnNames("y", outputDim)].join();
  for (let row = 0; row < count * length; row++) {
    const inputs = x.subarray(row * inputDim, (row + 1) * inputDim);
    const outputs = y.subarray(row * outputDim, (row + 1) * outputDim);
    yield `${first + Math.floor(row / length)},${inputs.join()},${outputs.join()}`;
  }
}

function columnNames(letter: string, count: number): string[] {
  return count === 1 ? [letter] : Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
}
