// Programs run on integers of any size.

import type { Arithmetic } from "./compile.ts";
import { EvaluationError } from "./evaluation-error.ts";
import type { Evaluator } from "./frame.ts";
import { operatorsOnLists } from "./lists.ts";

/**
 * Products at least this large are refused. Sums grow by a bit a step, but `a = a * a` doubles its
 * bits with every step and would exhaust memory before a sequence of length 40 ends.
 */
const productLimit = 1n << 1_048_576n;

function product(a: bigint, b: bigint, path: string): bigint {
  const result = a * b;
  if (result >= productLimit || result <= -productLimit) {
    throw new EvaluationError(`${path}: product of more than 2^20 bits`);
  }
  return result;
}

/** The quotient rounded down and the remainder with the divisor's sign, b not 0. */
function floorDivide(a: bigint, b: bigint): readonly [quotient: bigint, remainder: bigint] {
  const quotient = a / b;
  const remainder = a % b;
  const rounds = remainder !== 0n && remainder < 0n !== b < 0n;
  return rounds ? [quotient - 1n, remainder + b] : [quotient, remainder];
}

const division =
  (result: 0 | 1) =>
  (a: Evaluator<bigint>, b: Evaluator<bigint>, path: string): Evaluator<bigint> =>
  (frame) => {
    const dividend = a(frame);
    const divisor = b(frame);
    if (divisor === 0n) {
      throw new EvaluationError(`${path}: division by zero`);
    }
    return floorDivide(dividend, divisor)[result];
  };

const extremum =
  (wantLess: boolean) =>
  (a: Evaluator<bigint>, b: Evaluator<bigint>): Evaluator<bigint> =>
  (frame) => {
    const left = a(frame);
    const right = b(frame);
    return left < right === wantLess ? left : right;
  };

const magnitude = (value: bigint) => (value < 0n ? -value : value);

function toInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Integers of any size, but for products of more than 2^20 bits. */
export const bigints: Arithmetic<bigint> = {
  fromInteger: BigInt,
  toInteger,
  fromIntegers: (values) => values.map(BigInt),
  toIntegers: (values) => values.map(toInteger),
  store: (size) => new Array<bigint>(size).fill(0n),
  input: (index) => (frame) => BigInt(frame.x[frame.offset + index]),
  state: (number) => (frame) => frame.state[number],
  operators: {
    negate: (a) => (frame) => -a(frame),
    abs: (a) => (frame) => magnitude(a(frame)),
    not: (a) => (frame) => (a(frame) === 0n ? 1n : 0n),
    "+": (a, b) => (frame) => a(frame) + b(frame),
    "-": (a, b) => (frame) => a(frame) - b(frame),
    "*": (a, b, path) => (frame) => product(a(frame), b(frame), path),
    "//": division(0),
    "%": division(1),
    min: extremum(true),
    max: extremum(false),
    "==": (a, b) => (frame) => (a(frame) === b(frame) ? 1n : 0n),
    "<": (a, b) => (frame) => (a(frame) < b(frame) ? 1n : 0n),
    and: (a, b) => (frame) => (a(frame) !== 0n && b(frame) !== 0n ? 1n : 0n),
    or: (a, b) => (frame) => (a(frame) !== 0n || b(frame) !== 0n ? 1n : 0n),
    xor: (a, b) => (frame) => a(frame) ^ b(frame),
    if: (condition, a, b) => (frame) => (condition(frame) !== 0n ? a(frame) : b(frame)),
    ...operatorsOnLists<bigint>(BigInt, Number, (a, b) => a + b),
  },
};
