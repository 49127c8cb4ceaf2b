// What can go wrong where a program is computed with integers of 64 bits, and where it cannot.

import type { Expression, Program, Range } from "@latticode/program";
import {
  argumentsOf,
  canLeaveSafeIntegers,
  kindOf,
  lengthReader,
  listVariables,
  programRanges,
  rangeReader,
  visitExpression,
} from "@latticode/program";
import { hullOf } from "./options.ts";

/** How long a list is: that constant, added to the length of a variable where one is named. */
export interface Length {
  readonly variable: string | undefined;
  readonly constant: number;
}

export interface WordAnalysis {
  /** Bounds beyond the safe integers are infinite. */
  readonly rangeOf: (e: Expression) => Range;
  readonly isList: (e: Expression) => boolean;
  readonly lengthOf: (list: Expression) => Length;
  readonly lengthRangeOf: (list: Expression) => Range;
  /** The length of a list variable, where it always has the same. */
  readonly fixedLength: (variable: string) => number | undefined;
  /** Whether the expression's own operator may need more than 64 bits. */
  readonly mayOverflow: (e: Expression) => boolean;
  /** Whether an index, of `at` or `add-at`, is at least 0 and below the list's length. */
  readonly isPlainIndex: (list: Expression, index: Expression) => boolean;
  /** Whether the division's operands are never negative, and the divisor never 0. */
  readonly isPlainDivision: (e: Expression) => boolean;
  /** Whether anything in the expression may overflow, divide by 0 or miss a list. */
  readonly mayFail: (e: Expression) => boolean;
}

/** What is known about a program whose inputs lie in the given ranges. */
export function wordAnalysis(program: Program, inputs: readonly Range[]): WordAnalysis {
  const environment = programRanges(program, { arithmetic: "unbounded", input: hullOf(inputs) });
  const rangeOf = rangeReader(environment);
  const lengthRangeOf = lengthReader(environment);
  const lists = listVariables(program);

  function fixedLength(variable: string): number | undefined {
    const { min, max } = environment.lengths!.get(variable)!;
    return min === max ? min : undefined;
  }

  function lengthOf(list: Expression): Length {
    switch (list.op) {
      case "list":
        return { variable: undefined, constant: list.values.length };
      case "state": {
        const fixed = fixedLength(list.name);
        return fixed === undefined
          ? { variable: list.name, constant: 0 }
          : { variable: undefined, constant: fixed };
      }
      case "append": {
        const { variable, constant } = lengthOf(list.args[0]);
        return { variable, constant: constant + 1 };
      }
      case "shift":
      case "add-at":
      case "reverse":
        return lengthOf(list.args[0]);
      default:
        throw new Error(`${list.op} does not give a list`);
    }
  }

  function mayOverflow(e: Expression): boolean {
    switch (e.op) {
      case "+":
      case "-":
      case "*":
      case "//":
      case "negate":
      case "abs":
      case "sum":
      case "add-at":
        return canLeaveSafeIntegers(e, rangeOf, lengthRangeOf);
      default:
        return false;
    }
  }

  function isPlainIndex(list: Expression, index: Expression): boolean {
    const { min, max } = rangeOf(index);
    return !mayFail(index) && min >= 0 && max < lengthRangeOf(list).min;
  }

  function isPlainDivision(e: Expression): boolean {
    const [a, b] = argumentsOf(e);
    return !mayFail(a) && !mayFail(b) && rangeOf(a).min >= 0 && rangeOf(b).min > 0;
  }

  const known = new WeakMap<Expression, boolean>();
  function mayFail(e: Expression): boolean {
    let may = known.get(e);
    if (may === undefined) {
      may = argumentsOf(e).some(mayFail) || mayFailItself(e);
      known.set(e, may);
    }
    return may;
  }

  function mayFailItself(e: Expression): boolean {
    switch (e.op) {
      case "//":
      case "%": {
        const { min, max } = rangeOf(e.args[1]);
        return mayOverflow(e) || (min <= 0 && max >= 0);
      }
      case "shift":
      case "argmax":
        return lengthRangeOf(e.args[0]).min < 1;
      case "at":
        return !isPlainIndex(e.args[0], e.args[1]);
      case "add-at":
        return mayOverflow(e) || !isPlainIndex(e.args[0], e.args[1]);
      default:
        return mayOverflow(e);
    }
  }

  return {
    rangeOf,
    isList: (e) => kindOf(e, lists) === "list",
    lengthOf,
    lengthRangeOf,
    fixedLength,
    mayOverflow,
    isPlainIndex,
    isPlainDivision,
    mayFail,
  };
}

/**
 * A bound for the numbers in any list of a program that runs over n positions: start + step * n. Each
 * list of the program's own has no more numbers than the longest before it and all appends of one
 * position.
 */
export function growth(program: Program): { readonly start: number; readonly step: number } {
  let longest = 1;
  let appends = 0;
  for (const { initial } of program.state) {
    longest = Math.max(longest, typeof initial === "number" ? 0 : initial.length);
  }
  for (const e of [...program.updates.map(({ value }) => value), ...program.outputs]) {
    visitExpression(e, (node) => {
      if (node.op === "append") appends++;
      if (node.op === "list") longest = Math.max(longest, node.values.length);
    });
  }
  return { start: longest + appends, step: appends };
}
