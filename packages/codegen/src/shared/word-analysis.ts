// What can go wrong where a program is computed with integers of 64 bits, and where it cannot.

import type { Expression, Program, Range } from "@latticode/program";
import { argumentsOf, canLeaveSafeIntegers, mayBe, programRanges } from "@latticode/program";
import type { Analysis } from "./analysis.ts";
import { analysisIn } from "./analysis.ts";
import { hullOf } from "./options.ts";
import { visitProgram } from "./program-facts.ts";

/** How long a list is: that constant, added to the length of a variable where one is named. */
export interface Length {
  readonly variable: string | undefined;
  readonly constant: number;
}

export interface WordAnalysis extends Analysis {
  readonly lengthOf: (list: Expression) => Length;
  /** The length of a list variable, where it always has the same. */
  readonly fixedLength: (variable: string) => number | undefined;
  /** Whether the expression's own operator may need more than 64 bits. */
  readonly mayOverflow: (e: Expression) => boolean;
  /** Whether the division's operands are never negative, and the divisor never 0. */
  readonly isPlainDivision: (e: Expression) => boolean;
  /** Whether anything in the expression may overflow, divide by 0 or miss a list. */
  readonly mayFail: (e: Expression) => boolean;
}

/** The operators whose results can need more than 64 bits. */
const overflowing = ["+", "-", "*", "//", "negate", "abs", "sum", "add-at"];

/** What is known about a program whose inputs lie in the given ranges. */
export function wordAnalysis(program: Program, inputs: readonly Range[]): WordAnalysis {
  const environment = programRanges(program, { arithmetic: "unbounded", input: hullOf(inputs) });
  const known = new WeakMap<Expression, boolean>();
  const analysis: WordAnalysis = {
    ...analysisIn(environment, program),
    lengthOf: (list) => lengthOf(list, analysis),
    fixedLength(variable) {
      const { min, max } = environment.lengths!.get(variable)!;
      return min === max ? min : undefined;
    },
    mayOverflow: (e) =>
      overflowing.includes(e.op) &&
      canLeaveSafeIntegers(e, analysis.rangeOf, analysis.lengthRangeOf),
    isPlainDivision(e) {
      const [a, b] = argumentsOf(e);
      const { rangeOf, mayFail } = analysis;
      return !mayFail(a) && !mayFail(b) && rangeOf(a).min >= 0 && rangeOf(b).min > 0;
    },
    mayFail(e) {
      const may =
        known.get(e) ?? (argumentsOf(e).some(analysis.mayFail) || mayFailItself(e, analysis));
      known.set(e, may);
      return may;
    },
  };
  return analysis;
}

function lengthOf(list: Expression, analysis: WordAnalysis): Length {
  switch (list.op) {
    case "list":
      return { variable: undefined, constant: list.values.length };
    case "state": {
      const fixed = analysis.fixedLength(list.name);
      return fixed === undefined
        ? { variable: list.name, constant: 0 }
        : { variable: undefined, constant: fixed };
    }
    case "append": {
      const { variable, constant } = lengthOf(list.args[0], analysis);
      return { variable, constant: constant + 1 };
    }
    case "shift":
    case "add-at":
    case "reverse":
      return lengthOf(list.args[0], analysis);
    default:
      throw new Error(`${list.op} does not give a list`);
  }
}

/** Whether the expression's own operator may fail on arguments that did not. */
function mayFailItself(e: Expression, analysis: WordAnalysis): boolean {
  const { rangeOf, lengthRangeOf, mayOverflow } = analysis;
  switch (e.op) {
    case "//":
    case "%":
      return mayOverflow(e) || mayBe(rangeOf(e.args[1]), 0);
    case "shift":
    case "argmax":
      return lengthRangeOf(e.args[0]).min < 1;
    case "at":
    case "add-at": {
      const [list, index] = e.args;
      const { min, max } = rangeOf(index);
      return mayOverflow(e) || min < 0 || max >= lengthRangeOf(list).min;
    }
    default:
      return mayOverflow(e);
  }
}

/**
 * A bound for the numbers in any list of a program that runs over n positions: start + step * n.
 * Each list of the program's own has no more numbers than the longest before it and all appends of
 * one position.
 */
export function growth(program: Program): { readonly start: number; readonly step: number } {
  let longest = 1;
  let appends = 0;
  for (const { initial } of program.state) {
    longest = Math.max(longest, typeof initial === "number" ? 0 : initial.length);
  }
  visitProgram(program, (e) => {
    if (e.op === "append") appends++;
    if (e.op === "list") longest = Math.max(longest, e.values.length);
  });
  return { start: longest + appends, step: appends };
}
