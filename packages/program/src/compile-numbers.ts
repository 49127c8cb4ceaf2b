import { floorDivideNumbers, moduloNumbers, xorNumbers } from "./arithmetic.ts";
import type { BinaryExpression, Expression, UnaryExpression } from "./expression.ts";

/** What an expression reads while a program runs on numbers. */
export interface NumberFrame {
  /** Inputs of all positions, [length, inputDim]. */
  x: ArrayLike<number>;
  /** Where in x the current position begins. */
  offset: number;
  /** State variables by number. */
  readonly state: Float64Array;
}

export type NumberEvaluator = (frame: NumberFrame) => number;

/** Thrown, this very object, when a result is not a safe integer: the run is to be repeated in BigInt. */
export const leftSafeIntegers = new Error("a result is not a safe integer");

const limit = Number.MAX_SAFE_INTEGER;

/** Rounding is monotonic, so a result beyond the safe integers can never round to one of them. */
function safe(value: number): number {
  if (value > limit || value < -limit) {
    throw leftSafeIntegers;
  }
  return value;
}

function divisionByZero(path: string): RangeError {
  return new RangeError(`${path}: division by zero`);
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

/**
 * An evaluator of the expression on numbers. It returns a safe integer (0 may be -0), throws
 * `leftSafeIntegers` when an intermediate result is none, and RangeError, beginning with the path,
 * on division by zero.
 */
export function compileOnNumbers(
  e: Expression,
  path: string,
  stateNumber: ReadonlyMap<string, number>,
): NumberEvaluator {
  if (e.op === "integer") {
    const value = e.value;
    return () => value;
  }
  if (e.op === "input") {
    const index = e.index;
    return (frame) => frame.x[frame.offset + index];
  }
  if (e.op === "state") {
    const number = stateNumber.get(e.name)!;
    return (frame) => frame.state[number];
  }
  const argument = (i: number) => compileOnNumbers(e.args[i]!, `${path}.args[${i}]`, stateNumber);
  if (e.op === "if") {
    const condition = argument(0);
    const a = argument(1);
    const b = argument(2);
    return (frame) => (condition(frame) !== 0 ? a(frame) : b(frame));
  }
  if (e.op === "negate" || e.op === "abs" || e.op === "not") {
    return compileUnary(argument(0), e.op);
  }
  return compileBinary(argument(0), argument(1), e.op, path);
}
