import type { BinaryExpression, Expression } from "@latticode/program";
import { canLeaveSafeIntegers, int32, isWithin, mayBe } from "@latticode/program";
import type { Analysis } from "../../shared/analysis.ts";
import type { ExpressionOf, Forms } from "../../shared/forms.ts";
import { operandsOf, write } from "../../shared/forms.ts";
import type { Arithmetic, Fragment } from "../../shared/infix.ts";
import { atLeast, atom, infix, leaves, loosest, prefix, receiver } from "../../shared/infix.ts";
import { numbersText } from "../../shared/lines.ts";
import type { Names } from "../../shared/names.ts";
import { passedOn } from "../../shared/program-facts.ts";
import type { Outcome } from "../../shared/statement-lines.ts";
import { bit, condition, operators } from "./conditions.ts";
import { given } from "./constants.ts";
import type { Writer } from "./writer.ts";
import { writesBoolean } from "./writer.ts";

/** How an expression is written in JavaScript. */
export interface JavaScriptExpressions {
  /** As a value, always a number. */
  value(e: Expression): string;
  /** Where only the truth of the value counts, and the conditions have come out so. */
  condition(e: Expression, outcomes: readonly Outcome[]): string;
  /** What `write` writes, of expressions that are read where the conditions have come out so. */
  given<T>(outcomes: readonly Outcome[], write: () => T): T;
  /** Whether the value may be -0, given the state variables that can be. */
  mayBeNegativeZero(e: Expression, variables: ReadonlySet<string>): boolean;
  /** As a value; a list as an array that nothing else holds, for which `moved` may be taken. */
  own(e: Expression, moved?: string): string;
}

/** These check what they compute themselves. */
const checkThemselves = ["shift", "append", "add-at", "reverse", "sum", "at", "argmax", "in"];

const isChecked = (e: Expression, { rangeOf }: Writer) =>
  !checkThemselves.includes(e.op) && canLeaveSafeIntegers(e, rangeOf);

function call(name: string, args: readonly Expression[], { value }: Writer): Fragment {
  return atom(`${name}(${args.map((argument) => value(argument).text).join(", ")})`);
}

function operation(e: BinaryExpression & { readonly op: Arithmetic }, { value }: Writer) {
  return infix(operators[e.op], value(e.args[0]), value(e.args[1]));
}

/** `%` has the sign of the dividend, so it will do where neither is ever negative. */
const isPlainRemainder = ([a, b]: BinaryExpression["args"], { rangeOf }: Writer) =>
  rangeOf(a).min >= 0 && rangeOf(b).min > 0;

function logic(e: Expression, w: Writer): Fragment {
  const fragment = bit(e, w);
  return writesBoolean(e, w) ? atom(`Number(${fragment.text})`) : fragment;
}

const extremum = (e: BinaryExpression, w: Writer) => call(`Math.${e.op}`, operandsOf(e.op, e), w);
const listFunction = (e: ExpressionOf<"sum" | "argmax">, w: Writer) => call(e.op, e.args, w);

/** Each without the check of its result that it may need. */
const forms: Forms<Writer, Fragment> = {
  ...leaves,
  negate: ({ args: [a] }, { value }) => prefix("-", value(a)),
  abs: ({ args }, w) => call("Math.abs", args, w),
  min: extremum,
  max: extremum,
  "+": operation,
  "-": operation,
  "*": operation,
  "//"(e, w) {
    // Math.floor(a / b) is exact for all safe integers: no quotient rounds up to an integer.
    return mayBe(w.rangeOf(e.args[1]), 0)
      ? call("floorDivide", e.args, w)
      : atom(`Math.floor(${operation(e, w).text})`);
  },
  "%": (e, w) => (isPlainRemainder(e.args, w) ? operation(e, w) : call("modulo", e.args, w)),
  xor: (e, w) =>
    e.args.every((argument) => isWithin(w.rangeOf(argument), int32))
      ? operation(e, w)
      : call("xor", e.args, w),
  "<": logic,
  "==": logic,
  not: logic,
  and: logic,
  or: logic,
  in: logic,
  if({ args: [test, a, b] }, w) {
    const [, or] = operators.or;
    const yes = given([[test, true]], w, () => atLeast(or, w.value(a)));
    const no = given([[test, false]], w, () => w.value(b).text);
    return { text: `${atLeast(or, condition(test, w))} ? ${yes} : ${no}`, level: loosest };
  },
  list: ({ values }) => atom(`[${numbersText(values)}]`),
  shift({ args }, w) {
    const [list, added] = args;
    return w.lengthRangeOf(list).min < 1
      ? call("shift", args, w)
      : atom(`[...${receiver(w.value(list))}.slice(1), ${w.value(added).text}]`);
  },
  append: ({ args: [list, e] }, { value }) => atom(`[...${value(list).text}, ${value(e).text}]`),
  "add-at": (e, w) => atom(addAt(ownList(e.args[0], w), e, w)),
  reverse: ({ args: [list] }, w) => atom(`${ownList(list, w)}.reverse()`),
  sum: listFunction,
  argmax: listFunction,
  at({ args }, w) {
    const [list, index] = args;
    const { min, max } = w.rangeOf(index);
    return min < 0 || max >= w.lengthRangeOf(list).min
      ? call("at", args, w)
      : atom(`${receiver(w.value(list))}[${w.value(index).text}]`);
  },
};

const addAt = (list: string, { args: [, index, e] }: ExpressionOf<"add-at">, { value }: Writer) =>
  `addAt(${list}, ${value(index).text}, ${value(e).text})`;

function ownList(e: Expression, w: Writer, moved?: string): string {
  const text = w.value(e).text;
  if (e.op === "state") {
    return e.name === moved ? text : `[...${text}]`;
  }
  return e.op === "add-at" ? addAt(ownList(e.args[0], w, moved), e, w) : text;
}

function mayBeNegativeZero(e: Expression, variables: ReadonlySet<string>, w: Writer): boolean {
  const may = (argument: Expression) => mayBeNegativeZero(argument, variables, w);
  const mayBeZero = (argument: Expression) => mayBe(w.rangeOf(argument), 0);
  const mayBeNegative = (argument: Expression) => w.rangeOf(argument).min < 0;
  switch (e.op) {
    case "state":
      return variables.has(e.name);
    case "negate":
      return mayBeZero(e.args[0]);
    case "+":
      return e.args.every(may);
    case "-":
      return may(e.args[0]) && mayBeZero(e.args[1]);
    case "*": {
      const [a, b] = e.args;
      const isSigned = (p: Expression, q: Expression) => mayBeZero(p) && mayBeNegative(q);
      return may(a) || may(b) || isSigned(a, b) || isSigned(b, a);
    }
    case "//":
      return may(e.args[0]) || (mayBeZero(e.args[0]) && mayBeNegative(e.args[1]));
    case "%":
      return isPlainRemainder(e.args, w) && may(e.args[0]);
    case "and":
    case "or":
      return e.args.some(may);
    default:
      return passedOn(e).some(may);
  }
}

/**
 * Writes expressions of numbers. `analysis` is of ranges in "safe" arithmetic: every operation that
 * can leave the safe integers, with operands in their ranges, is put in a call of `exact`, which
 * throws then. All other results are exact, so nothing is ever rounded.
 */
export function javaScriptExpressions(names: Names, analysis: Analysis): JavaScriptExpressions {
  const value = (e: Expression): Fragment => {
    const fragment = write(forms, e, writer);
    return isChecked(e, writer) ? atom(`exact(${fragment.text})`) : fragment;
  };
  const writer: Writer = { ...analysis, names, value, constants: new Set() };
  return {
    value: (e) => value(e).text,
    condition: (e, outcomes) => given(outcomes, writer, () => condition(e, writer).text),
    given: (outcomes, write) => given(outcomes, writer, write),
    mayBeNegativeZero: (e, variables) => mayBeNegativeZero(e, variables, writer),
    own: (e, moved) => (analysis.isList(e) ? ownList(e, writer, moved) : value(e).text),
  };
}
