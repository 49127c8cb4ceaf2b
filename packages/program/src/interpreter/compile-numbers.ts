import type { BinaryExpression, Expression, UnaryExpression } from "../expression.ts";
import { kindOf } from "../expression.ts";
import { floorDivideNumbers, moduloNumbers, xorNumbers } from "./arithmetic.ts";
import type { ListArithmetic, ListFrame, StateNumbers } from "./compile-lists.ts";
import { compileList, compileListEquality, compileNumberOfList } from "./compile-lists.ts";
import { EvaluationError } from "./evaluation-error.ts";

/** What an expression reads while a program runs on numbers. */
export interface NumberFrame extends ListFrame<number> {
  /** Inputs of all positions, [length, inputDim]. */
  x: ArrayLike<number>;
  /** Where in x the current position begins. */
  offset: number;
  /** State variables that are numbers, by number of the variable. */
  readonly state: Float64Array;
}

export type NumberEvaluator = (frame: NumberFrame) => number;
export type NumberListEvaluator = (frame: NumberFrame) => readonly number[];

/**
 * Thrown, this very object, when a result is not a safe integer: the run is to be repeated in
 * BigInt.
 */
export const leftSafeIntegers = new Error("a result is not a safe integer");

const limit = Number.MAX_SAFE_INTEGER;

/** Rounding is monotonic, so a result beyond the safe integers can never round to one of them. */
function safe(value: number): number {
  if (value > limit || value < -limit) {
    throw leftSafeIntegers;
  }
  return value;
}

function divisionByZero(path: string): EvaluationError {
  return new EvaluationError(`${path}: division by zero`);
}

function compileUnary(a: NumberEvaluator, op: UnaryExpression["op"]): NumberEvaluator {
  switch (op) {
    case "negate":
      return (frame) => -a(frame);
    case "abs":
      return (frame) => Math.abs(a(frame));
    case "not":
      return (frame) => (a(frame) === 0 ? 1 : 0);
    default:
      return op satisfies never;
  }
}

function compileBinary(
  a: NumberEvaluator,
  b: NumberEvaluator,
  op: BinaryExpression["op"],
  path: string,
): NumberEvaluator {
  switch (op) {
    case "+":
      return (frame) => safe(a(frame) + b(frame));
    case "-":
      return (frame) => safe(a(frame) - b(frame));
    case "*":
      return (frame) => safe(a(frame) * b(frame));
    case "//":
    case "%": {
      const divide = op === "//" ? floorDivideNumbers : moduloNumbers;
      return (frame) => {
        const dividend = a(frame);
        const divisor = b(frame);
        if (divisor === 0) {
          throw divisionByZero(path);
        }
        return divide(dividend, divisor);
      };
    }
    case "min":
      return (frame) => Math.min(a(frame), b(frame));
    case "max":
      return (frame) => Math.max(a(frame), b(frame));
    case "==":
      return (frame) => (a(frame) === b(frame) ? 1 : 0);
    case "<":
      return (frame) => (a(frame) < b(frame) ? 1 : 0);
    case "and":
      return (frame) => (a(frame) !== 0 && b(frame) !== 0 ? 1 : 0);
    case "or":
      return (frame) => (a(frame) !== 0 || b(frame) !== 0 ? 1 : 0);
    case "xor":
      return (frame) => safe(xorNumbers(a(frame), b(frame)));
    default:
      return op satisfies never;
  }
}

function arithmeticOnNumbers(state: StateNumbers): ListArithmetic<number, NumberFrame> {
  return {
    number: (e, path) => compileOnNumbers(e, path, state),
    fromNumber: (value) => value,
    toNumber: (value) => value,
    add: (a, b) => safe(a + b),
    state,
  };
}

/**
 * An evaluator of the expression on numbers. It returns a safe integer (0 may be -0), throws
 * `leftSafeIntegers` when an intermediate result is none, and EvaluationError, beginning with the
 * path, on division by zero and on what lists do not have.
 */
export function compileOnNumbers(
  e: Expression,
  path: string,
  state: StateNumbers,
): NumberEvaluator {
  const argument = (e: Expression, i: number) => compileOnNumbers(e, `${path}.args[${i}]`, state);
  switch (e.op) {
    case "integer": {
      const value = e.value;
      return () => value;
    }
    case "input": {
      const index = e.index;
      return (frame) => frame.x[frame.offset + index];
    }
    case "state": {
      const number = state.numbers.get(e.name)!;
      return (frame) => frame.state[number];
    }
    case "if": {
      const [condition, a, b] = e.args.map(argument);
      return (frame) => (condition(frame) !== 0 ? a(frame) : b(frame));
    }
    case "negate":
    case "abs":
    case "not":
      return compileUnary(argument(e.args[0], 0), e.op);
    case "sum":
    case "argmax":
    case "at":
    case "in":
      return compileNumberOfList(e, path, arithmeticOnNumbers(state));
    case "list":
    case "shift":
    case "append":
    case "add-at":
    case "reverse":
      throw new Error(`${path}: ${e.op} does not give a number`);
    case "==":
      if (kindOf(e.args[0], state.lists) === "list") {
        return compileListEquality(e.args, path, arithmeticOnNumbers(state));
      }
  }
  return compileBinary(argument(e.args[0], 0), argument(e.args[1], 1), e.op, path);
}

/** As `compileOnNumbers`, for an expression whose value is a list. */
export function compileListOnNumbers(
  e: Expression,
  path: string,
  state: StateNumbers,
): NumberListEvaluator {
  return compileList(e, path, arithmeticOnNumbers(state));
}
