// Programs run on numbers, in which every result is checked to be a safe integer.

import { floorDivideNumbers, moduloNumbers, xorNumbers } from "./arithmetic.ts";
import type { Arithmetic } from "./compile.ts";
import { EvaluationError } from "./evaluation-error.ts";
import type { Evaluator, Integer } from "./frame.ts";
import { operatorsOnLists } from "./lists.ts";

/**
 * Thrown, this very object, when a result is not a safe integer: the run is to be repeated in
 * BigInt.
 */
const leftSafeIntegers = new Error("a result is not a safe integer");

/**
 * An evaluation on numbers that is repeated on BigInt where an argument or a result is not a safe
 * integer.
 */
export function exactly<Args extends readonly unknown[], T>(
  onNumbers: (...args: Args) => T,
  prepareBigInts: () => (...args: Args) => T,
): (...args: Args) => T {
  let onBigInts: ((...args: Args) => T) | undefined;
  return (...args) => {
    try {
      return onNumbers(...args);
    } catch (error) {
      if (error !== leftSafeIntegers) throw error;
    }
    onBigInts ??= prepareBigInts();
    return onBigInts(...args);
  };
}

const limit = Number.MAX_SAFE_INTEGER;

/** Rounding is monotonic, so a result beyond the safe integers can never round to one of them. */
function safe(value: number): number {
  if (value > limit || value < -limit) {
    throw leftSafeIntegers;
  }
  return value;
}

const division =
  (divide: (a: number, b: number) => number) =>
  (a: Evaluator<number>, b: Evaluator<number>, path: string): Evaluator<number> =>
  (frame) => {
    const dividend = a(frame);
    const divisor = b(frame);
    if (divisor === 0) {
      throw new EvaluationError(`${path}: division by zero`);
    }
    return divide(dividend, divisor);
  };

function fromInteger(value: Integer): number {
  if (typeof value === "bigint") {
    throw leftSafeIntegers;
  }
  return value;
}

function fromIntegers(values: readonly Integer[]): readonly number[] {
  for (let i = 0; i < values.length; i++) fromInteger(values[i]);
  return values as readonly number[];
}

const toNumber = (value: number) => value;
const add = (a: number, b: number) => safe(a + b);

/** Adding 0 turns the -0 of products and negations into 0. */
const withoutSign = (value: number) => value + 0;

/** Safe integers; 0 may be -0 until it leaves the run. */
export const numbers: Arithmetic<number> = {
  fromInteger,
  fromIntegers,
  toInteger: withoutSign,
  toIntegers: (values: readonly number[]): readonly Integer[] =>
    values.some((value) => Object.is(value, -0)) ? values.map(withoutSign) : values,
  store: (size) => new Float64Array(size),
  input: (index) => (frame) => frame.x[frame.offset + index],
  state: (number) => (frame) => frame.state[number],
  operators: {
    negate: (a) => (frame) => -a(frame),
    abs: (a) => (frame) => Math.abs(a(frame)),
    not: (a) => (frame) => (a(frame) === 0 ? 1 : 0),
    "+": (a, b) => (frame) => safe(a(frame) + b(frame)),
    "-": (a, b) => (frame) => safe(a(frame) - b(frame)),
    "*": (a, b) => (frame) => safe(a(frame) * b(frame)),
    "//": division(floorDivideNumbers),
    "%": division(moduloNumbers),
    min: (a, b) => (frame) => Math.min(a(frame), b(frame)),
    max: (a, b) => (frame) => Math.max(a(frame), b(frame)),
    "==": (a, b) => (frame) => (a(frame) === b(frame) ? 1 : 0),
    "<": (a, b) => (frame) => (a(frame) < b(frame) ? 1 : 0),
    and: (a, b) => (frame) => (a(frame) !== 0 && b(frame) !== 0 ? 1 : 0),
    or: (a, b) => (frame) => (a(frame) !== 0 || b(frame) !== 0 ? 1 : 0),
    xor: (a, b) => (frame) => safe(xorNumbers(a(frame), b(frame))),
    if: (condition, a, b) => (frame) => (condition(frame) !== 0 ? a(frame) : b(frame)),
    ...operatorsOnLists(fromInteger, toNumber, add),
  },
};
