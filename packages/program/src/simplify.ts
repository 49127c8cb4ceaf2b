import type { Expression } from "./expression.ts";
import { mapArguments } from "./expression.ts";
import type { Range } from "./ranges.ts";
import { contains, everything, rangeReader } from "./ranges.ts";
import { rewrite } from "./rewrite.ts";
import type { Knowledge } from "./rule.ts";

/** What may be taken for granted about the values that an expression reads. */
export interface KnownRanges {
  /** All inputs lie here. Any integer if absent. */
  readonly input?: Range;
  /** State variables by name; those that are absent can be any integer. */
  readonly state?: ReadonlyMap<string, Range>;
}

/** A function that tells whether nothing in an expression can divide by 0. */
export function failureReader(rangeOf: (e: Expression) => Range): (e: Expression) => boolean {
  const known = new WeakMap<Expression, boolean>();
  const cannotFail = (e: Expression): boolean => {
    if (!("args" in e)) {
      return true;
    }
    let result = known.get(e);
    if (result === undefined) {
      const divides = e.op === "//" || e.op === "%";
      result = !(divides && contains(rangeOf(e.args[1]), 0)) && e.args.every(cannotFail);
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
  });
  const known: Knowledge = { rangeOf, cannotFail: failureReader(rangeOf) };
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
 * double negation and needless remainders removed. It divides by 0 exactly where the given one does.
 */
export function simplifyExpression(e: Expression, ranges: KnownRanges = {}): Expression {
  return simplifier(ranges)(e);
}
