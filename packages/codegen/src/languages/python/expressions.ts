import type { BinaryExpression, Expression } from "@latticode/program";
import { isWithin } from "@latticode/program";
import type { Analysis } from "../../shared/analysis.ts";
import type { Forms } from "../../shared/forms.ts";
import { operandsOf, write } from "../../shared/forms.ts";
import type { Comparison, Fragment, InfixOperator, InfixOperators } from "../../shared/infix.ts";
import {
  associative,
  atLeast,
  atom,
  compare,
  comparing,
  comparisons,
  infix,
  leaves,
  leftToRight,
  loosest,
  negated,
  prefix,
  receiver,
} from "../../shared/infix.ts";
import { numbersText } from "../../shared/lines.ts";
import type { Names } from "../../shared/names.ts";
import { passedOn } from "../../shared/program-facts.ts";

/** Python's operators (language reference, section 6.17). Regrouping sums is free there. */
export const operators: InfixOperators & { readonly [meaning in "in" | "not in"]: InfixOperator } =
  {
    or: associative("or", 1),
    and: associative("and", 2),
    ...comparisons(4),
    in: comparing("in", 4),
    "not in": comparing("not in", 4),
    xor: associative("^", 5),
    "+": associative("+", 6),
    "-": leftToRight("-", 6),
    "*": leftToRight("*", 7),
    "//": leftToRight("//", 7),
    "%": leftToRight("%", 7),
  };
const notLevel = 3;
const product = associative("*", 7);

/** Writes the expressions of one program. */
interface Writer extends Analysis {
  readonly names: Names;
  readonly value: (e: Expression) => Fragment;
}

const isBit = (e: Expression, { rangeOf }: Writer) => isWithin(rangeOf(e), { min: 0, max: 1 });

function call(name: string, args: readonly Expression[], { value }: Writer): Fragment {
  return atom(`${name}(${args.map((argument) => value(argument).text).join(", ")})`);
}

function operation(e: BinaryExpression & { readonly op: keyof typeof operators }, w: Writer) {
  const operator = e.op === "*" && e.args[1].op === "*" ? product : operators[e.op];
  return infix(operator, w.value(e.args[0]), w.value(e.args[1]));
}

const comparison = (meaning: Comparison, e: BinaryExpression, { value }: Writer) =>
  compare(operators, meaning, e, e.args.map(value));

/** Something that is 0 or False where e is 0, and 1 or True elsewhere. */
const bit = (e: Expression, w: Writer) =>
  isBit(e, w) ? w.value(e) : infix(operators["!="], w.value(e), atom("0"));

function negation(e: Expression, w: Writer): Fragment {
  switch (e.op) {
    case "<":
    case "==":
      return comparison(negated[e.op], e, w);
    case "in":
      return infix(operators["not in"], w.value(e.args[0]), w.value(e.args[1]));
    case "not":
      return bit(e.args[0], w);
  }
  return isBit(e, w)
    ? prefix("not ", condition(e, w), notLevel)
    : infix(operators["=="], w.value(e), atom("0"));
}

/** Where only the truth of the value counts. */
function condition(e: Expression, w: Writer): Fragment {
  return e.op === "and" || e.op === "or"
    ? infix(operators[e.op], condition(e.args[0], w), condition(e.args[1], w))
    : e.op === "not" && e.args[0].op === "not"
      ? condition(e.args[0].args[0], w)
      : w.value(e);
}

const connective = (e: BinaryExpression & { readonly op: "and" | "or" }, w: Writer) =>
  infix(operators[e.op], bit(e.args[0], w), bit(e.args[1], w));
const extremum = (e: BinaryExpression, w: Writer) => call(e.op, operandsOf(e.op, e), w);
const listOfOne = (e: Expression, { value }: Writer) => atom(`[${value(e).text}]`);

const forms: Forms<Writer, Fragment> = {
  ...leaves,
  negate: ({ args: [a] }, { value }) => prefix("-", value(a)),
  abs: ({ args }, w) => call("abs", args, w),
  min: extremum,
  max: extremum,
  "+": operation,
  "-": operation,
  "*": operation,
  "//": operation,
  "%": operation,
  xor: operation,
  "==": (e, w) => comparison(e.op, e, w),
  "<": (e, w) => comparison(e.op, e, w),
  not: ({ args: [a] }, w) => negation(a, w),
  and: connective,
  or: connective,
  if({ args: [test, a, b] }, w) {
    const [, or] = operators.or;
    const [yes, condition_] = [w.value(a), condition(test, w)].map((part) => atLeast(or, part));
    return { text: `${yes} if ${condition_} else ${w.value(b).text}`, level: loosest };
  },
  list: ({ values }) => atom(`[${numbersText(values)}]`),
  shift({ args }, w) {
    const [list, e] = args;
    return w.lengthRangeOf(list).min < 1
      ? call("shift", args, w)
      : infix(operators["+"], atom(`${receiver(w.value(list))}[1:]`), listOfOne(e, w));
  },
  append: ({ args: [list, e] }, w) => infix(operators["+"], w.value(list), listOfOne(e, w)),
  "add-at": ({ args }, w) => call("add_at", args, w),
  reverse: ({ args: [list] }, { value }) => atom(`${receiver(value(list))}[::-1]`),
  sum: ({ args }, w) => call("sum", args, w),
  argmax({ args }, w) {
    const name = w.value(args[0]).text;
    return args[0].op === "state" ? atom(`${name}.index(max(${name}))`) : call("argmax", args, w);
  },
  in: ({ args: [e, list] }, { value }) => infix(operators.in, value(e), value(list)),
  at: ({ args: [list, index] }, { value }) =>
    atom(`${receiver(value(list))}[${value(index).text}]`),
};

function mayBeBool(e: Expression, variables: ReadonlySet<string>, w: Writer): boolean {
  const may = (argument: Expression) => mayBeBool(argument, variables, w);
  switch (e.op) {
    case "state":
      return variables.has(e.name);
    case "==":
    case "<":
    case "in":
      return true;
    case "not":
      return e.args[0].op !== "not" || !isBit(e.args[0].args[0], w) || may(e.args[0].args[0]);
    case "and":
    case "or":
      return e.args.some((argument) => !isBit(argument, w) || may(argument));
    case "xor":
      return e.args.every(may);
    default:
      return passedOn(e).some(may);
  }
}

/** How an expression is written in Python. */
export interface PythonExpressions {
  /** As a value: an int, or a bool where that is as good. */
  value(e: Expression): string;
  /** Where only the truth of the value counts. */
  condition(e: Expression): string;
  /**
   * Whether `value` may write something that is True or False, given the state variables that can
   * hold such values.
   */
  mayBeBool(e: Expression, boolVariables: ReadonlySet<string>): boolean;
  /** As a value; a list as one that nothing else holds. */
  own(e: Expression): string;
}

/** Writes expressions of integers. */
export function pythonExpressions(names: Names, analysis: Analysis): PythonExpressions {
  const value = (e: Expression): Fragment => write(forms, e, writer);
  const writer: Writer = { ...analysis, names, value };
  return {
    value: (e) => value(e).text,
    condition: (e) => condition(e, writer).text,
    mayBeBool: (e, variables) => mayBeBool(e, variables, writer),
    own: (e) => value(e).text + (e.op === "state" && analysis.isList(e) ? "[:]" : ""),
  };
}
