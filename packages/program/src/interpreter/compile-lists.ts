// Lists while a program runs: JavaScript arrays that are never changed, of numbers or of BigInt
// like everything else in the run. The operators differ in how an integer is made and how an index
// read.

import type {
  AtExpression,
  Expression,
  InExpression,
  ListExtensionExpression,
  ListReductionExpression,
} from "../expression.ts";
import { sameNumbers } from "../expression.ts";
import { EvaluationError } from "./evaluation-error.ts";

/** State variables by name: their numbers, and which are lists. */
export interface StateNumbers {
  readonly numbers: ReadonlyMap<string, number>;
  readonly lists: ReadonlySet<string>;
}

/** What list expressions read besides what their numbers do. */
export interface ListFrame<Value> {
  /** By number of the state variable; nothing where the variable is no list. */
  readonly lists: (readonly Value[])[];
}

/** What both kinds of integers bring to the operators on lists. */
export interface ListArithmetic<Value, Frame> {
  readonly number: (e: Expression, path: string) => (frame: Frame) => Value;
  readonly fromNumber: (value: number) => Value;
  readonly toNumber: (value: Value) => number;
  readonly add: (a: Value, b: Value) => Value;
  readonly state: StateNumbers;
}

type Evaluator<Frame, Value> = (frame: Frame) => Value;

/** Where Python finds that index in a list of that length. */
function place(index: number, length: number, path: string): number {
  const i = index < 0 ? index + length : index;
  if (!(i >= 0 && i < length)) {
    throw new EvaluationError(`${path}: index ${index} is out of range of a list of ${length}`);
  }
  return i;
}

function compileReduction<Value extends number | bigint, Frame extends ListFrame<Value>>(
  e: ListReductionExpression,
  path: string,
  arithmetic: ListArithmetic<Value, Frame>,
): Evaluator<Frame, Value> {
  const list = compileList(e.args[0], `${path}.args[0]`, arithmetic);
  const { add, fromNumber } = arithmetic;
  if (e.op === "sum") {
    const zero = fromNumber(0);
    return (frame) => {
      let total = zero;
      for (const value of list(frame)) {
        total = add(total, value);
      }
      return total;
    };
  }
  return (frame) => {
    const values = list(frame);
    if (values.length === 0) {
      throw new EvaluationError(`${path}: argmax of an empty list`);
    }
    let largest = 0;
    for (let i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return fromNumber(largest);
  };
}

/** An evaluator of an operator that makes a number of a list. */
export function compileNumberOfList<Value extends number | bigint, Frame extends ListFrame<Value>>(
  e: ListReductionExpression | AtExpression | InExpression,
  path: string,
  arithmetic: ListArithmetic<Value, Frame>,
): Evaluator<Frame, Value> {
  switch (e.op) {
    case "at": {
      const list = compileList(e.args[0], `${path}.args[0]`, arithmetic);
      const index = arithmetic.number(e.args[1], `${path}.args[1]`);
      const { toNumber } = arithmetic;
      return (frame) => {
        const values = list(frame);
        return values[place(toNumber(index(frame)), values.length, path)];
      };
    }
    case "in": {
      const number = arithmetic.number(e.args[0], `${path}.args[0]`);
      const list = compileList(e.args[1], `${path}.args[1]`, arithmetic);
      const [no, yes] = [0, 1].map(arithmetic.fromNumber);
      return (frame) => {
        const value = number(frame);
        return list(frame).includes(value) ? yes : no;
      };
    }
    default:
      return compileReduction(e, path, arithmetic);
  }
}

/** An evaluator of `a == b` for lists. */
export function compileListEquality<Value extends number | bigint, Frame extends ListFrame<Value>>(
  args: readonly [Expression, Expression],
  path: string,
  arithmetic: ListArithmetic<Value, Frame>,
): Evaluator<Frame, Value> {
  const a = compileList(args[0], `${path}.args[0]`, arithmetic);
  const b = compileList(args[1], `${path}.args[1]`, arithmetic);
  const [no, yes] = [0, 1].map(arithmetic.fromNumber);
  return (frame) => (sameNumbers(a(frame), b(frame)) ? yes : no);
}

function compileExtension<Value extends number | bigint, Frame extends ListFrame<Value>>(
  e: ListExtensionExpression,
  path: string,
  arithmetic: ListArithmetic<Value, Frame>,
): Evaluator<Frame, readonly Value[]> {
  const list = compileList(e.args[0], `${path}.args[0]`, arithmetic);
  const number = arithmetic.number(e.args[1], `${path}.args[1]`);
  if (e.op === "append") {
    return (frame) => {
      const values = list(frame).slice();
      values.push(number(frame));
      return values;
    };
  }
  return (frame) => {
    const values = list(frame);
    if (values.length === 0) {
      throw new EvaluationError(`${path}: shift of an empty list`);
    }
    const shifted = values.slice(1);
    shifted.push(number(frame));
    return shifted;
  };
}

/**
 * An evaluator of an expression whose value is a list. It throws EvaluationError, beginning with
 * the path, on an index out of range and where an empty list has no answer, and what its numbers
 * throw.
 */
export function compileList<Value extends number | bigint, Frame extends ListFrame<Value>>(
  e: Expression,
  path: string,
  arithmetic: ListArithmetic<Value, Frame>,
): Evaluator<Frame, readonly Value[]> {
  switch (e.op) {
    case "list": {
      const values = e.values.map(arithmetic.fromNumber);
      return () => values;
    }
    case "state": {
      const number = arithmetic.state.numbers.get(e.name)!;
      return (frame) => frame.lists[number];
    }
    case "shift":
    case "append":
      return compileExtension(e, path, arithmetic);
    case "add-at": {
      const list = compileList(e.args[0], `${path}.args[0]`, arithmetic);
      const index = arithmetic.number(e.args[1], `${path}.args[1]`);
      const number = arithmetic.number(e.args[2], `${path}.args[2]`);
      const { add, toNumber } = arithmetic;
      return (frame) => {
        const values = list(frame);
        const i = place(toNumber(index(frame)), values.length, path);
        const changed = values.slice();
        changed[i] = add(values[i], number(frame));
        return changed;
      };
    }
    case "reverse": {
      const list = compileList(e.args[0], `${path}.args[0]`, arithmetic);
      return (frame) => list(frame).slice().reverse();
    }
    default:
      throw new Error(`${path}: ${e.op} does not give a list`);
  }
}
