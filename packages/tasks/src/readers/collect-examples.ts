import type { Examples } from "@latticode/program";
import { checkNumber, describe } from "./check-number.ts";
import { InputError } from "./input-error.ts";
import type { IntegerBuffer } from "./integer-buffer.ts";
import { createSequenceStore, minimumSequences, type ReadOptions } from "./sequence-store.ts";

/** Checks sequences of unknown content, one by one, and gathers them into Examples. */
export interface ExamplesCollector {
  /** Takes the sequence that starts on `line`; its rows are numbers or arrays of numbers. */
  add(line: number, x: unknown, y: unknown): void;
  /** All sequences; `line` is the last of the file. */
  finish(line: number): Examples;
}

interface Shape {
  readonly line: number;
  readonly length: number;
  readonly inputDim: number;
  readonly outputDim: number;
}

/** Both functions throw an InputError. */
export function collectExamples(options: ReadOptions): ExamplesCollector {
  const { name } = options;
  const store = createSequenceStore(options);
  let shape: Shape | undefined;

  return {
    add(line, xRows, yRows) {
      const where = `${name}:${line}`;
      const [length, inputDim] = takeRows(where, "x", xRows, store.x);
      const [outputs, outputDim] = takeRows(where, "y", yRows, store.y);
      if (outputs !== length) {
        throw new InputError(`${where}: y has ${rows(outputs)}, x has ${length}`);
      }
      shape ??= { line, length, inputDim, outputDim };
      const before = `those of line ${shape.line} have`;
      if (length !== shape.length) {
        throw new InputError(`${where}: x and y have ${rows(length)}, ${before} ${shape.length}`);
      }
      if (inputDim !== shape.inputDim) {
        throw new InputError(
          `${where}: the rows of x have ${numbers(inputDim)}, ${before} ${shape.inputDim}`,
        );
      }
      if (outputDim !== shape.outputDim) {
        throw new InputError(
          `${where}: the rows of y have ${numbers(outputDim)}, ${before} ${shape.outputDim}`,
        );
      }
      store.endSequence(line);
    },

    finish(line) {
      const where = `${name}:${Math.max(line, 1)}`;
      if (shape === undefined) {
        throw new InputError(
          `${where}: the file holds no sequences; at least ${minimumSequences} are needed`,
        );
      }
      const { length, inputDim, outputDim } = shape;
      return store.finish(where, { length, inputDim, outputDim });
    },
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
        `${where}: ${key}[${t}] has ${numbers(width(row))}, ${key}[0] has ${columns}`,
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

function rows(count: number): string {
  return count === 1 ? "1 row" : `${count} rows`;
}

function numbers(count: number): string {
  return count === 1 ? "1 number" : `${count} numbers`;
}
