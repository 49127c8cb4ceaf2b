import type { BinaryExpression, Expression } from "@latticode/program";
import type { Comparison, Fragment, InfixOperators } from "../../shared/infix.ts";
import {
  atom,
  compare,
  comparing,
  infix,
  negated,
  operatorsOfC,
  prefix,
  receiver,
} from "../../shared/infix.ts";
import { given, isConstant, isPlainlyTrue } from "./constants.ts";
import type { Writer } from "./writer.ts";
import { isBit } from "./writer.ts";

export const operators: InfixOperators = {
  ...operatorsOfC,
  "==": comparing("===", 4),
  "!=": comparing("!==", 4),
};

const asNumber = (e: Expression, { value }: Writer) => atom(`Number(${value(e).text})`);

function comparison(meaning: Comparison, e: BinaryExpression, w: Writer): Fragment {
  const [a, b] = e.args;
  if (w.isList(a)) {
    const fragment = atom(`equalLists(${w.value(a).text}, ${w.value(b).text})`);
    return meaning === "==" ? fragment : prefix("!", fragment);
  }
  const isEquality = meaning === "==" || meaning === "!=";
  if (!isEquality || !isConstant(a, w) || !isConstant(b, w)) {
    return compare(operators, meaning, e, e.args.map(w.value));
  }
  if (a.op === "integer" && b.op === "integer") {
    return atom(String((a.value === b.value) === (meaning === "==")));
  }
  const [left, right] = a.op === "integer" ? [b, a] : [a, b];
  return infix(operators[meaning], asNumber(left, w), w.value(right));
}

function compareWithZero(meaning: "==" | "!=", e: Expression, w: Writer): Fragment {
  if (e.op === "integer") {
    // TypeScript refuses to compare constants.
    return atom(String((e.value === 0) === (meaning === "==")));
  }
  return infix(operators[meaning], isConstant(e, w) ? asNumber(e, w) : w.value(e), atom("0"));
}

function negation(e: Expression, w: Writer): Fragment {
  switch (e.op) {
    case "<":
    case "==":
      return comparison(negated[e.op], e, w);
    case "not":
      return bit(e.args[0], w);
    default:
      return isBit(e, w) ? prefix("!", condition(e, w)) : compareWithZero("==", e, w);
  }
}

/** Something that is 0 or false where e is 0, and 1 or true elsewhere. */
export function bit(e: Expression, w: Writer): Fragment {
  switch (e.op) {
    case "and":
    case "or":
      return connective(e.op, e, bit, w);
    case "not":
      return negation(e.args[0], w);
    case "in":
      return condition(e, w);
    default:
      return isBit(e, w) ? condition(e, w) : compareWithZero("!=", e, w);
  }
}

function connective(
  op: "and" | "or",
  { args: [first, second] }: BinaryExpression,
  write: (e: Expression, w: Writer) => Fragment,
  w: Writer,
): Fragment {
  const a = write(first, w);
  const b = given([[first, op === "and"]], w, () => write(second, w));
  return infix(operators[op], a, b);
}

/** Where only the truth of the value counts. */
export function condition(e: Expression, w: Writer): Fragment {
  switch (e.op) {
    case "<":
    case "==":
      return comparison(e.op, e, w);
    case "not":
      return e.args[0].op === "not" ? condition(e.args[0].args[0], w) : negation(e.args[0], w);
    case "and":
    case "or":
      return connective(e.op, e, condition, w);
    case "in":
      return atom(`${receiver(w.value(e.args[1]))}.includes(${w.value(e.args[0]).text})`);
    default:
      return isPlainlyTrue(e) ? compareWithZero("!=", e, w) : w.value(e);
  }
}
