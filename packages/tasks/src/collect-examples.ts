import type { Examples } from "@latticode/program";
import { InputError } from "./input-error.ts";
import { createIntegerBuffer, type IntegerBuffer } from "./integer-buffer.ts";

/** The fewest sequences that a file of examples may hold: fewer cannot be split three ways. */
export const minimumSequences = 10;

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

/** `name` is the file's name for messages. Both functions throw an InputError. */
export function collectExamples(name: string): ExamplesCollector {
  const x = createIntegerBuffer();
  const y = createIntegerBuffer();
  let count = 0;
  let shape: Shape | undefined;

  return {
    add(line, xRows, yRows) {
      const where = `${name}:${line}`;
      const [length, inputDim] = takeRows(where, "x", xRows, x);
      const [outputs, outputDim] = takeRows(where, "y", yRows, y);
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
      count++;
    },

    finish(line) {
      const where = `${name}:${Math.max(line, 1)}`;
      if (shape === undefined) {
        throw new InputError(
          `${where}: the file holds no sequences; at least ${minimumSequences} are needed`,
        );
      }
      if (count < minimumSequences) {
        throw new InputError(
          `${where}: the file ends after ${count} ${count === 1 ? "sequence" : "sequences"}; at least ${minimumSequences} are needed`,
        );
      }
      const { length, inputDim, outputDim } = shape;
      return { count, length, inputDim, outputDim, x: x.toArray(), y: y.toArray() };
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

function checkNumber(where: string, key: "x" | "y", value: unknown): number {
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new InputError(`${where} is ${describe(value)}, not an integer`);
  }
  if (Math.abs(value) >= 2 ** 31) {
    throw new InputError(`${where} is ${value}; its magnitude must be below 2^31`);
  }
  if (!Number.isInteger(value)) {
    const why = key === "x" ? "inputs" : "outputs";
    throw new InputError(
      `${where} is ${value}, not an integer; programs are over the integers, their ${why} too`,
    );
  }
  return value;
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

function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return "a string";
  return String(value);
}
