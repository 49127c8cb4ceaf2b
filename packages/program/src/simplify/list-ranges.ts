// Intervals for lists: one for all numbers of a list, one for its length.

import type { Expression, ListOperatorExpression } from "../expression.ts";
import type { Range } from "./intervals.ts";
import { everything, join, productBound, resultRange, single, truth } from "./intervals.ts";

/** Of lists that are always empty. */
export const emptyRange: Range = { min: Infinity, max: -Infinity };

/** Whether no integer is in the range. */
export function isEmpty(range: Range): boolean {
  return range.min > range.max;
}

/** The lengths that a list can have. */
export const anyLength: Range = { min: 0, max: Infinity };

/** Between which integers those numbers lie. */
export function rangeOfNumbers(values: readonly number[]): Range {
  return values.reduce((range: Range, value) => join(range, single(value)), emptyRange);
}

/** The length of a list expression, given those of state variables; any where none is given. */
export function lengthRange(e: Expression, lengths: ReadonlyMap<string, Range>): Range {
  switch (e.op) {
    case "list":
      return single(e.values.length);
    case "state":
      return lengths.get(e.name) ?? anyLength;
    case "append": {
      const { min, max } = lengthRange(e.args[0], lengths);
      return { min: min + 1, max: max + 1 };
    }
    case "shift": {
      // An empty list has no value here.
      const { min, max } = lengthRange(e.args[0], lengths);
      return { min: Math.max(min, 1), max: Math.max(max, 1) };
    }
    case "reverse":
    case "add-at":
      return lengthRange(e.args[0], lengths);
    default:
      return anyLength;
  }
}

function sumRange(numbers: Range, length: Range): Range {
  if (isEmpty(numbers)) {
    return single(0);
  }
  const { min, max } = length;
  return {
    min: Math.min(productBound(min, numbers.min), productBound(max, numbers.min)),
    max: Math.max(productBound(min, numbers.max), productBound(max, numbers.max)),
  };
}

/**
 * The range of an operator that takes or gives lists, not yet cut to what the arithmetic allows.
 */
export function listResultRange(
  e: ListOperatorExpression,
  rangeOf: (e: Expression) => Range,
  lengthOf: (e: Expression) => Range,
): Range {
  switch (e.op) {
    case "shift":
    case "append":
      return join(rangeOf(e.args[0]), rangeOf(e.args[1]));
    case "add-at": {
      const numbers = rangeOf(e.args[0]);
      return isEmpty(numbers)
        ? numbers
        : join(numbers, resultRange("+", [numbers, rangeOf(e.args[2])]));
    }
    case "reverse":
      return rangeOf(e.args[0]);
    case "sum":
      return sumRange(rangeOf(e.args[0]), lengthOf(e.args[0]));
    case "at": {
      // That of an empty list always fails; a range that says so would confuse arithmetic.
      const numbers = rangeOf(e.args[0]);
      return isEmpty(numbers) ? everything : numbers;
    }
    case "argmax":
      return { min: 0, max: Math.max(lengthOf(e.args[0]).max - 1, 0) };
    case "in": {
      const value = rangeOf(e.args[0]);
      const numbers = rangeOf(e.args[1]);
      const alwaysThat = numbers.min === numbers.max && lengthOf(e.args[1]).min > 0;
      return truth(
        !(alwaysThat && value.min === numbers.min && value.max === numbers.min),
        value.min <= numbers.max && numbers.min <= value.max,
      );
    }
    default:
      return e satisfies never;
  }
}

/** The range of `a == b` for lists. */
export function listEqualityRange(
  args: readonly [Expression, Expression],
  rangeOf: (e: Expression) => Range,
  lengthOf: (e: Expression) => Range,
): Range {
  const [a, b] = args.map(rangeOf);
  const [m, n] = args.map(lengthOf);
  const sameLength = m.min === m.max && n.min === n.max && m.min === n.min;
  const sameNumbers = a.min === a.max && b.min === b.max && a.min === b.min;
  const lengthsMeet = m.min <= n.max && n.min <= m.max;
  const numbersMeet = a.min <= b.max && b.min <= a.max;
  const bothCanBeEmpty = m.min === 0 && n.min === 0;
  return truth(
    !(sameLength && (sameNumbers || m.min === 0)),
    lengthsMeet && (numbersMeet || bothCanBeEmpty),
  );
}
