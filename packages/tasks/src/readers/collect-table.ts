import type { Examples } from "@latticode/program";
import { checkNumber, describe } from "./check-number.ts";
import type { Columns } from "./columns.ts";
import { InputError } from "./input-error.ts";
import { counted, excerpt } from "./message.ts";
import { createSequenceStore, type ReadOptions } from "./sequence-store.ts";

/** Checks the rows of a table, one by one, and gathers their sequences into Examples. */
export interface TableCollector {
  /** Takes the row at `place` (a line or row number): a cell a column of the file. */
  add(place: number, cells: readonly unknown[]): void;
  /** All sequences; `place` is the last of the file. */
  finish(place: number): Examples;
}

export interface TableOptions extends ReadOptions {
  readonly columns: Columns;
  /** A place of the file, for messages. */
  where(place: number): string;
  /** The number that a cell stands for; NaN or another value where it is none. */
  toNumber(cell: unknown): unknown;
}

/** Both functions throw an InputError. */
export function collectTable(options: TableOptions): TableCollector {
  const { columns, where, toNumber, sampling } = options;
  const { names, x, y } = columns;
  const store = createSequenceStore(sampling);
  let first = Number.NaN;
  let current = Number.NaN;
  /** Rows of the current sequence. */
  let rows = 0;
  /** Rows of the first sequence, once it is whole. */
  let length = 0;
  let last = 0;

  function take(place: number, cells: readonly unknown[], column: number): number {
    const cell = cells[column];
    const value = toNumber(cell);
    // The text of a message costs more than the check.
    if (typeof value === "number" && value === (value | 0) && value > -(2 ** 31)) return value;
    const name = names[column];
    return checkNumber(`${where(place)}: ${name}`, name, value, shown(cell, value));
  }

  function endSequence(): void {
    if (length === 0) length = rows;
    if (rows !== length) {
      throw new InputError(
        `${where(last)}: sequence ${current} ends with ${counted(rows, "row")}, ` +
          `sequence ${first} has ${length}`,
      );
    }
    store.endSequence();
  }

  return {
    add(place, cells) {
      const sequence = toNumber(cells[columns.sequence]);
      if (sequence !== current) {
        if (typeof sequence !== "number" || !Number.isSafeInteger(sequence)) {
          throw new InputError(
            `${where(place)}: sequence is ${shown(cells[columns.sequence], sequence)}, not ` +
              "an integer below 2^53; it numbers the sequence that the row is a position of",
          );
        }
        if (sequence < current) {
          throw new InputError(
            `${where(place)}: sequence is ${sequence} after ${current}; the rows of a ` +
              "sequence stand together, and sequences in ascending order",
          );
        }
        if (rows > 0) endSequence();
        else first = sequence;
        current = sequence;
        rows = 0;
      }
      if (++rows > length && length > 0) {
        throw new InputError(
          `${where(place)}: sequence ${current} has more than ${counted(length, "row")}, ` +
            `sequence ${first} has ${length}`,
        );
      }
      for (const column of x) store.x.push(take(place, cells, column));
      for (const column of y) store.y.push(take(place, cells, column));
      last = place;
    },

    finish(place) {
      if (rows > 0) endSequence();
      const shape = { length, inputDim: x.length, outputDim: y.length };
      return store.finish(where(place), rows > 0 ? shape : undefined);
    },
  };
}

/** A cell as a message shows it. */
function shown(cell: unknown, value: unknown): string {
  if (typeof cell !== "string") return describe(cell);
  if (cell.trim() === "") return "empty";
  return Number.isNaN(value) ? `"${excerpt(cell)}"` : excerpt(cell);
}
