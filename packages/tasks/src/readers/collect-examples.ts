import type { Examples } from "@latticode/program";
import { checkNumber, describe } from "./check-number.ts";
import { InputError } from "./input-error.ts";
import type { IntegerBuffer } from "./integer-buffer.ts";
import { counted } from "./message.ts";
import { createSequenceStore, type ReadOptions, type SequenceShape } from "./sequence-store.ts";

/** Checks sequences of unknown content, one by one, and gathers them into Examples. */
export interface ExamplesCollector {
  /** Takes the sequence that starts on `line`; its rows are numbers or arrays of numbers. */
  add(line: number, x: unknown, y: unknown): void;
  /** All sequences; `line` is the last of the file. */
  finish(line: number): Examples;
}

/** Both functions throw an InputError. */
export function collectExamples({ name, sampling }: ReadOptions): ExamplesCollector {
  const store = createSequenceStore(sampling);
  let shape: SequenceShape | undefined;
  let first = 0;

  return {
    add(line, xRows, yRows) {
      const where = `${name}:${line}`;
      const [length, inputDim] = takeRows(where, "x", xRows, store.x);
      const [outputs, outputDim] = takeRows(where, "y", yRows, store.y);
      if (outputs !== length) {
        throw new InputError(`${where}: y has ${counted(outputs, "row")}, x has ${length}`);
      }
      if (!shape) [shape, first] = [{ length, inputDim, outputDim }, line];
      const check = (what: string, found: number, thing: string, expected: number) => {
        if (found === expected) return;
        const before = `those of line ${first} have ${expected}`;
        throw new InputError(`${where}: ${what} have ${counted(found, thing)}, ${before}`);
      };
      check("x and y", length, "row", shape.length);
      check("the rows of x", inputDim, "number", shape.inputDim);
      check("the rows of y", outputDim, "number", shape.outputDim);
      store.endSequence();
    },

    finish: (line) => store.finish(`${name}:${Math.max(line, 1)}`, shape),
  };
}

/** Appends the numbers of a sequence's rows to `into`; returns how many rows and columns it has. */
function takeRows(
  where: string,
  key: "x" | "y",
  value: unknown,
  into: IntegerBuffer,
): readonly [length: number, columns: number] {
  if (!Array.isArray(value)) {
    throw new InputError(`${where}: ${key} is ${describe(value)}, not an array`);
  }
  const sequence: readonly unknown[] = value;
  if (sequence.length === 0) {
    throw new InputError(`${where}: ${key} is empty; a sequence has at least 1 row`);
  }
  const columns = width(sequence[0]);
  sequence.forEach((row, t) => {
    if (width(row) !== columns) {
      throw new InputError(
        `${where}: ${key}[${t}] has ${counted(width(row), "number")}, ${key}[0] has ${columns}`,
      );
    }
    if (!Array.isArray(row)) {
      into.push(checkNumber(`${where}: ${key}[${t}]`, key, row));
    } else if (row.length === 0) {
      throw new InputError(`${where}: ${key}[${t}] is empty; a row has at least 1 number`);
    } else {
      row.forEach((number: unknown, i) => {
        into.push(checkNumber(`${where}: ${key}[${t}][${i}]`, key, number));
      });
    }
  });
  return [sequence.length, columns];
}

/** Numbers in a row: a bare number is a row of one column. */
function width(row: unknown): number {
  return Array.isArray(row) ? row.length : 1;
}
