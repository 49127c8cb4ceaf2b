import type { Domain } from "@latticode/verification";
import { countOf, countText } from "@latticode/verification";

/** Inputs by position: [length][inputDim]. */
export type Word = readonly (readonly number[])[];

/** The inputs in question, as data that JSON holds. */
export interface DomainFacts {
  readonly inputDim: number;
  /** The longest sequence in question. */
  readonly length: number;
  /** The rows that occur, [rows][inputDim]; null beyond 4,096. */
  readonly rows: Word | null;
  /** The smallest and the largest value of each input. */
  readonly ranges: readonly { readonly min: number; readonly max: number }[];
  /** Numbers of the rows that may start a sequence, and that may follow each row; null for all. */
  readonly order: {
    readonly starts: readonly number[];
    readonly follows: readonly (readonly number[])[];
  } | null;
}

/** Rows that are written out; of more, columns are described. */
const mostWritten = 8;
/** Positions of a word that are written out. */
const mostPositions = 24;

export function domainFacts({ inputDim, length, rows, ranges, order }: Domain): DomainFacts {
  const all = rows ? wordOf(rows, inputDim) : null;
  const listed = (flags: Uint8Array) => [...flags.keys()].filter((row) => flags[row] === 1);
  return {
    ...{ inputDim, length, rows: all, ranges },
    order:
      order && all
        ? {
            starts: listed(order.starts),
            follows: all.map((_, row) =>
              listed(order.follows.subarray(row * all.length, (row + 1) * all.length)),
            ),
          }
        : null,
  };
}

/** Rows [length, inputDim] one by one. */
export function wordOf(rows: Int32Array, inputDim: number): Word {
  return Array.from({ length: rows.length / inputDim }, (_, t) => [
    ...rows.subarray(t * inputDim, (t + 1) * inputDim),
  ]);
}

/** The inputs in question, in words: "0 or 1, up to length 10". */
export function domainText(domain: DomainFacts): string {
  const order = domain.order
    ? "; which rows start a sequence, and which row follows which, is taken from the examples"
    : "";
  return `${rowsText(domain)}, up to length ${countText(domain.length)}${order}`;
}

/** What the text of a program says of inputs that nothing is claimed about. */
export function notCheckedText(domain: DomainFacts): string {
  const what = domain.inputDim === 1 ? "inputs are" : "each row of inputs is";
  return `Not checked: ${what} taken to be ${rowsText(domain)}.`;
}

function rowsText({ rows, ranges, inputDim }: DomainFacts): string {
  const columns = ranges.map(({ min, max }) => (min === max ? String(min) : `${min}..${max}`));
  const within = inputDim === 1 ? columns[0] : `(${columns.join(", ")})`;
  if (!rows) return `in ${within}`;
  const all = ranges.reduce((product, { min, max }) => product * (max - min + 1), 1);
  if (rows.length === all && rows.length > 4) return `in ${within}`;
  if (rows.length > mostWritten) {
    return `one of the ${countOf(rows.length, "row")} of the examples, in ${within}`;
  }
  const written = rows.map(rowText);
  const last = written.pop()!;
  return written.length === 0 ? last : `${written.join(", ")} or ${last}`;
}

function rowText(row: readonly number[]): string {
  return row.length === 1 ? String(row[0]) : `(${row.join(", ")})`;
}

/** A word for people: "0 1 1", or "(0, 1) (1, 1)" with several inputs. */
export function wordText(word: Word): string {
  const start = word.slice(0, mostPositions).map(rowText).join(" ");
  return word.length > mostPositions ? `${start} ... (${countText(word.length)} positions)` : start;
}
