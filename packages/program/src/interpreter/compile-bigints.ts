import type { BinaryExpression, Expression, UnaryExpression } from "../expression.ts";
import { kindOf } from "../expression.ts";
import { floorDivideBigInts, moduloBigInts } from "./arithmetic.ts";
import type { ListArithmetic, ListFrame, StateNumbers } from "./compile-lists.ts";
import { compileList, compileListEquality, compileNumberOfList } from "./compile-lists.ts";
import { EvaluationError } from "./evaluation-error.ts";

/** What an expression reads while a program runs on integers of any size. */
export interface BigIntFrame extends ListFrame<bigint> {
  /** Inputs of all positions, [length, inputDim]. */
  x: ArrayLike<number>;
  /** Where in x the current position begins. */
  offset: number;
  /** State variables that are numbers, by number of the variable. */
  readonly state: bigint[];
}

export type BigIntEvaluator = (frame: BigIntFrame) => bigint;
export type BigIntListEvaluator = (frame: BigIntFrame) => readonly bigint[];

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
          throw new EvaluationError(`${path}: division by zero`);
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

function arithmeticOnBigInts(state: StateNumbers): ListArithmetic<bigint, BigIntFrame> {
  return {
    number: (e, path) => compileOnBigInts(e, path, state),
    fromNumber: BigInt,
    toNumber: Number,
    add: (a, b) => a + b,
    state,
  };
}

/**
 * An evaluator of the expression on integers of any size. It throws EvaluationError, beginning with
 * the path, on division by zero, on what lists do not have and on products of more than 2^20 bits.
 */
export function compileOnBigInts(
  e: Expression,
  path: string,
  state: StateNumbers,
): BigIntEvaluator {
  const argument = (e: Expression, i: number) => compileOnBigInts(e, `${path}.args[${i}]`, state);
  switch (e.op) {
    case "integer": {
      const value = BigInt(e.value);
      return () => value;
    }
    case "input": {
      const index = e.index;
      return (frame) => BigInt(frame.x[frame.offset + index]);
    }
    case "state": {
      const number = state.numbers.get(e.name)!;
      return (frame) => frame.state[number];
    }
    case "if": {
      const [condition, a, b] = e.args.map(argument);
      return (frame) => (condition(frame) !== 0n ? a(frame) : b(frame));
    }
    case "negate":
    case "abs":
    case "not":
      return compileUnary(argument(e.args[0], 0), e.op);
    case "sum":
    case "argmax":
    case "at":
    case "in":
      return compileNumberOfList(e, path, arithmeticOnBigInts(state));
    case "list":
    case "shift":
    case "append":
    case "add-at":
    case "reverse":
      throw new Error(`${path}: ${e.op} does not give a number`);
    case "==":
      if (kindOf(e.args[0], state.lists) === "list") {
        return compileListEquality(e.args, path, arithmeticOnBigInts(state));
      }
  }
  return compileBinary(argument(e.args[0], 0), argument(e.args[1], 1), e.op, path);
}

/** As `compileOnBigInts`, for an expression whose value is a list. */
export function compileListOnBigInts(
  e: Expression,
  path: string,
  state: StateNumbers,
): BigIntListEvaluator {
  return compileList(e, path, arithmeticOnBigInts(state));
}
