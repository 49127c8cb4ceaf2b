import type { Expression } from "../expression.ts";
import { absolute, integer, negate } from "../expression.ts";
import {
  difference,
  extremum,
  foldConstants,
  product,
  quotient,
  remainder,
  sum,
} from "./arithmetic-rules.ts";
import { shorterSum } from "./linear-form.ts";
import { element, largest, listEquality, listSum, membership, rewriteList } from "./list-rules.ts";
import { bitwise, choice, connective, equality, negation, order } from "./logic-rules.ts";
import type { Knowledge } from "./rule.ts";

/** A simpler expression of the same value, or nothing when no rule applies to the node itself. */
export function rewrite(e: Expression, known: Knowledge): Expression | undefined {
  if (e.op === "integer") {
    return undefined;
  }
  if (known.isList(e)) {
    return rewriteList(e, known);
  }
  const { min, max } = known.rangeOf(e);
  if (min === max && known.cannotFail(e)) {
    return integer(min);
  }
  switch (e.op) {
    case "input":
    case "state":
      return undefined;
    case "negate": {
      const [a] = e.args;
      return a.op === "integer" ? integer(-a.value) : shorterSum(e, known.cannotFail);
    }
    case "abs": {
      const [a] = e.args;
      const range = known.rangeOf(a);
      if (a.op === "negate") {
        return absolute(a.args[0]);
      }
      return range.min >= 0 ? a : range.max <= 0 ? negate(a) : undefined;
    }
    case "not":
      return negation(e as Expression & { readonly op: "not" }, known);
    case "if":
      return choice(e, known);
    case "list":
    case "shift":
    case "append":
    case "add-at":
    case "reverse":
      return undefined;
    case "sum":
      return listSum(e, known);
    case "at":
      return element(e, known);
    case "argmax":
      return largest(e, known);
    case "in":
      return membership(e, known);
  }
  if (known.isList(e.args[0])) {
    return listEquality(e, known);
  }
  const folded = foldConstants(e);
  if (folded !== undefined) {
    return folded;
  }
  switch (e.op) {
    case "+":
      return sum(e, known);
    case "-":
      return difference(e, known);
    case "*":
      return product(e, known);
    case "//":
      return quotient(e, known);
    case "%":
      return remainder(e, known);
    case "min":
    case "max":
      return extremum(e, known);
    case "==":
      return equality(e, known);
    case "<":
      return order(e, known);
    case "and":
    case "or":
      return connective(e, known);
    case "xor":
      return bitwise(e, known);
    default:
      return e satisfies never;
  }
}
