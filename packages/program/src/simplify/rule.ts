// The simplifier's rules. Each looks at one node, whose arguments are simplified already, and gives
// another expression with the same value on all integers, or nothing. Every rule either lowers the
// number of nodes or keeps it and puts a constant where it belongs (to the right of + - min max ==
// xor, to the left of *, not negative after + or -, in place of a variable that never changes), so
// that rewriting comes to an end.
//
// Nothing that may fail, as a division by 0 or an index out of range, is dropped, moved past a
// decision or made to run where it did not.

import type { BinaryExpression, Expression } from "../expression.ts";
import { binary, integer } from "../expression.ts";
import type { Range } from "./intervals.ts";

/** What the rules may ask about expressions. */
export interface Knowledge {
  /** Between which integers the value lies, integers being of any size. */
  readonly rangeOf: (e: Expression) => Range;
  /** Between which integers the length of a list lies, when it has a value. */
  readonly lengthOf: (e: Expression) => Range;
  /** Whether the value is a list. */
  readonly isList: (e: Expression) => boolean;
  /**
   * Whether the expression has a value on all inputs: nothing in it can fail, as a division by 0.
   */
  readonly cannotFail: (e: Expression) => boolean;
}

/** Gives an equal expression that is better, or nothing. */
export type Rule<E extends Expression> = (e: E, known: Knowledge) => Expression | undefined;

/** The constant of that value. */
export function isInteger(e: Expression, value: number): boolean {
  return e.op === "integer" && e.value === value;
}

/** A number that is 0 or 1 always; a range alone does not tell it from a list of such numbers. */
export function isBoolean(e: Expression, { isList, rangeOf }: Knowledge): boolean {
  const { min, max } = rangeOf(e);
  return min >= 0 && max <= 1 && !isList(e);
}

/** The integer of that value, where an expression can hold it. */
export function safeInteger(value: number | bigint): Expression | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) ? integer(number) : undefined;
}

/** The expression with a constant first argument moved to the second. */
export function constantLast(e: BinaryExpression): Expression | undefined {
  const [a, b] = e.args;
  return a.op === "integer" && b.op !== "integer" ? binary(e.op, b, a) : undefined;
}
