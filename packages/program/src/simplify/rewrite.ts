import type { Expression } from "../expression.ts";
import { integer, listOf } from "../expression.ts";
import type { Condition, Knowledge, Match, Matcher, Replacement } from "./pattern.ts";
import { parsePattern, parseReplacement } from "./pattern.ts";
import { rules } from "./rules.ts";

interface Rule {
  readonly matches: Matcher;
  readonly condition: Condition;
  readonly replace: Replacement;
}

/** The rules for each operator, in their order. */
const rulesOf = new Map<string, Rule[]>();

for (const [, pattern, replacement, condition = () => true] of rules) {
  const { op, matches } = parsePattern(pattern);
  const replace = typeof replacement === "string" ? parseReplacement(replacement) : replacement;
  rulesOf.set(op, [...(rulesOf.get(op) ?? []), { matches, condition, replace }]);
}

/** The constant that the expression always is, unless it is written as one already. */
function constantValue(e: Expression, known: Knowledge): Expression | undefined {
  const { min, max } = known.rangeOf(e);
  if (min !== max || !known.cannotFail(e)) {
    return undefined;
  }
  if (!known.isList(e)) {
    return integer(min);
  }
  const length = known.lengthOf(e);
  return length.min === 1 && length.max === 1 ? listOf([min]) : undefined;
}

/** A simpler expression of the same value, or nothing when no rule applies to the node itself. */
export function rewrite(e: Expression, known: Knowledge): Expression | undefined {
  if (e.op === "integer" || e.op === "list") {
    return undefined;
  }
  const constant = constantValue(e, known);
  if (constant !== undefined) {
    return constant;
  }
  const match: Match = {};
  for (const { matches, condition, replace } of rulesOf.get(e.op) ?? []) {
    const result =
      matches(e, match, known) && condition(match, known) ? replace(match, known, e) : undefined;
    if (result !== undefined) {
      return result === e ? undefined : result;
    }
  }
  return undefined;
}
