import type { Expression } from "../expression.ts";
import { kindOf, mapArguments } from "../expression.ts";
import type { Range } from "./intervals.ts";
import { everything, isWithin, mayBe } from "./intervals.ts";
import type { Knowledge } from "./pattern.ts";
import { lengthReader, rangeReader } from "./ranges.ts";
import { rewrite } from "./rewrite.ts";

/** What may be taken for granted about the values that an expression reads. */
export interface KnownRanges {
  /** All inputs lie here. Any integer if absent. */
  readonly input?: Range;
  /** State variables by name, of lists all their numbers; absent ones can be any integer. */
  readonly state?: ReadonlyMap<string, Range>;
  /** The lengths of the state variables that are lists, by name: all of them, if there are any. */
  readonly lengths?: ReadonlyMap<string, Range>;
}

/**
 * Whether the expression's own operator may find no result: a division by 0, an empty list, no such
 * index.
 */
function mayFail(
  e: Expression,
  rangeOf: (e: Expression) => Range,
  lengthOf: (e: Expression) => Range,
): boolean {
  switch (e.op) {
    case "//":
    case "%":
      return mayBe(rangeOf(e.args[1]), 0);
    case "shift":
    case "argmax":
      return lengthOf(e.args[0]).min === 0;
    case "at":
    case "add-at": {
      const least = lengthOf(e.args[0]).min;
      return !isWithin(rangeOf(e.args[1]), { min: -least, max: least - 1 });
    }
    default:
      return false;
  }
}

/** A function that tells whether nothing in an expression can fail. */
export function failureReader(
  rangeOf: (e: Expression) => Range,
  lengthOf: (e: Expression) => Range,
): (e: Expression) => boolean {
  const known = new WeakMap<Expression, boolean>();
  const cannotFail = (e: Expression): boolean => {
    if (!("args" in e)) {
      return true;
    }
    let result = known.get(e);
    if (result === undefined) {
      result = !mayFail(e, rangeOf, lengthOf) && e.args.every(cannotFail);
      known.set(e, result);
    }
    return result;
  };
  return cannotFail;
}

/** A function that simplifies many expressions under the same assumptions. */
export function simplifier(ranges: KnownRanges): (e: Expression) => Expression {
  const rangeOf = rangeReader({
    arithmetic: "unbounded",
    input: ranges.input ?? everything,
    state: ranges.state ?? new Map(),
    lengths: ranges.lengths ?? new Map(),
  });
  const lengthOf = lengthReader(ranges);
  const lists = new Set(ranges.lengths?.keys());
  const known: Knowledge = {
    rangeOf,
    lengthOf,
    isList: (e) => kindOf(e, lists) === "list",
    cannotFail: failureReader(rangeOf, lengthOf),
  };
  const simple = new WeakSet<Expression>();
  return function simplify(e: Expression): Expression {
    let current = e;
    while (!simple.has(current)) {
      const inside = mapArguments(current, simplify);
      const next = rewrite(inside, known);
      if (next === undefined) {
        simple.add(inside);
      }
      current = next ?? inside;
    }
    return current;
  };
}

/**
 * An expression with the same value on all inputs and states (within the given ranges) that is at
 * most as long: constants computed, like terms collected, decisions that are always the same taken,
 * double negation, needless remainders and detours over lists removed. It fails (divides by 0,
 * finds no such index) exactly where the given one does.
 */
export function simplifyExpression(e: Expression, ranges: KnownRanges = {}): Expression {
  return simplifier(ranges)(e);
}
