import { floorDivideBigInts, moduloBigInts } from "./arithmetic.ts";
import type { BinaryExpression, Expression, UnaryExpression } from "./expression.ts";

/** What an expression reads while a program runs on integers of any size. */
export interface BigIntFrame {
  /** Inputs of all positions, [length, inputDim]. */
  x: ArrayLike<number>;
  /** Where in x the current position begins. */
  offset: number;
  /** State variables by number. */
  readonly state: bigint[];
}

export type BigIntEvaluator = (frame: BigIntFrame) => bigint;

/**
 * Products at least this large are refused. Sums grow by a bit a step, but `a = a * a` doubles its
 * bits with every step and would exhaust memory before a sequence of length 40 ends.
 */
const productLimit = 1n << 1_048_576n;

function product(a: bigint, b: bigint, path: string): bigint {
  const result = a * b;
  if (result >= productLimit || result <= -productLimit) {
    throw new RangeError(`${path}: product of more than 2^20 bits`);
  }
  return result;
}

function compileUnary(a: BigIntEvaluator, op: UnaryExpression["op"]): BigIntEvaluator {
  switch (op) {
    case "negate":
      return (frame) => -a(frame);
    case "abs":
      return (frame) => {
        const value = a(frame);
        return value < 0n ? -value : value;
      };
    case "not":
      return (frame) => (a(frame) === 0n ? 1n : 0n);
    default:
      return op satisfies never;
  }
}

function compileBinary(
  a: BigIntEvaluator,
  b: BigIntEvaluator,
  op: BinaryExpression["op"],
  path: string,
): BigIntEvaluator {
  switch (op) {
    case "+":
      return (frame) => a(frame) + b(frame);
    case "-":
      return (frame) => a(frame) - b(frame);
    case "*":
      return (frame) => product(a(frame), b(frame), path);
    case "//":
    case "%": {
      const divide = op === "//" ? floorDivideBigInts : moduloBigInts;
      return (frame) => {
        const dividend = a(frame);
        const divisor = b(frame);
        if (divisor === 0n) {
          throw new RangeError(`${path}: division by zero`);
        }
        return divide(dividend, divisor);
      };
    }
    case "min":
    case "max": {
      const wantLess = op === "min";
      return (frame) => {
        const left = a(frame);
        const right = b(frame);
        return left < right === wantLess ? left : right;
      };
    }
    case "==":
      return (frame) => (a(frame) === b(frame) ? 1n : 0n);
    case "<":
      return (frame) => (a(frame) < b(frame) ? 1n : 0n);
    case "and":
      return (frame) => (a(frame) !== 0n && b(frame) !== 0n ? 1n : 0n);
    case "or":
      return (frame) => (a(frame) !== 0n || b(frame) !== 0n ? 1n : 0n);
    case "xor":
      return (frame) => a(frame) ^ b(frame);
    default:
      return op satisfies never;
  }
}

/**
 * An evaluator of the expression on integers of any size. It throws RangeError, beginning with the
 * path, on division by zero and on products of more than 2^20 bits.
 */
export function compileOnBigInts(
  e: Expression,
  path: string,
  stateNumber: ReadonlyMap<string, number>,
): BigIntEvaluator {
  if (e.op === "integer") {
    const value = BigInt(e.value);
    return () => value;
  }
  if (e.op === "input") {
    const index = e.index;
    return (frame) => BigInt(frame.x[frame.offset + index]);
  }
  if (e.op === "state") {
    const number = stateNumber.get(e.name)!;
    return (frame) => frame.state[number];
  }
  const argument = (i: number) => compileOnBigInts(e.args[i]!, `${path}.args[${i}]`, stateNumber);
  if (e.op === "if") {
    const condition = argument(0);
    const a = argument(1);
    const b = argument(2);
    return (frame) => (condition(frame) !== 0n ? a(frame) : b(frame));
  }
  if (e.op === "negate" || e.op === "abs" || e.op === "not") {
    return compileUnary(argument(0), e.op);
  }
  return compileBinary(argument(0), argument(1), e.op, path);
}
