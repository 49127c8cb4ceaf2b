import type { BinaryExpression, Expression } from "@latticode/program";
import { argumentsOf, int32, isWithin, stateNames } from "@latticode/program";
import type { ExpressionOf, Forms } from "../../shared/forms.ts";
import { isBoolean, listsApart, write } from "../../shared/forms.ts";
import type { Arithmetic, Comparison, Fragment, InfixOperators } from "../../shared/infix.ts";
import {
  associative,
  atom,
  compare,
  comparisons,
  infix,
  integerText,
  leaves,
  leftToRight,
  loosest,
  negated,
  prefix,
  receiver,
} from "../../shared/infix.ts";
import { numbersText } from "../../shared/lines.ts";
import type { Names } from "../../shared/names.ts";
import type { WordAnalysis } from "../../shared/word-analysis.ts";
import type { functions } from "./functions.ts";

/** Rust's operators. */
export const operators: InfixOperators = {
  or: associative("||", 1),
  and: associative("&&", 2),
  ...comparisons(3),
  xor: associative("^", 4),
  "+": leftToRight("+", 5),
  "-": leftToRight("-", 5),
  "*": leftToRight("*", 6),
  "//": leftToRight("/", 6),
  "%": leftToRight("%", 6),
};

/** Writes the expressions of one program. */
interface Writer extends WordAnalysis {
  readonly names: Names;
  readonly value: (e: Expression) => Fragment;
}

const text = (e: Expression, { value }: Writer) => value(e).text;

const call = (name: keyof typeof functions, ...args: readonly string[]) =>
  `${name}(${args.join(", ")})`;

/** A method of the first argument where that is a name, else the function of i64's. */
function method(name: string, args: readonly Expression[], w: Writer): string {
  const [first, ...others] = args.map((argument) => text(argument, w));
  return /^[A-Za-z_]\w*$/.test(first)
    ? `${first}.${name}(${others.join(", ")})`
    : `i64::${name}(${[first, ...others].join(", ")})`;
}

const checked = (name: string, args: readonly Expression[], w: Writer) =>
  atom(`${method(`checked_${name}`, args, w)}.ok_or(OVERFLOW)?`);

/** Of numbers alone the compiler would make 32 bits where nothing else says what they are. */
const isConstant = (e: Expression): boolean =>
  e.op === "integer" || ("args" in e && !isBoolean(e) && argumentsOf(e).every(isConstant));

const typed = (e: Expression, { value }: Writer): Fragment =>
  e.op === "integer" ? { ...value(e), text: `${e.value}_i64` } : value(e);

/** The operands, the first with a type where none has one. */
function operands({ args: [a, b] }: BinaryExpression, w: Writer): [Fragment, Fragment] {
  return [isConstant(a) && isConstant(b) ? typed(a, w) : w.value(a), w.value(b)];
}

const operation = (e: BinaryExpression & { readonly op: Arithmetic }, w: Writer) =>
  infix(operators[e.op], ...operands(e, w));

function comparison(meaning: Comparison, e: BinaryExpression, w: Writer): Fragment {
  const [a, b] = e.args;
  if (!w.isList(a)) {
    return compare(operators, meaning, e, operands(e, w));
  }
  // An array can be compared with lists of other lengths as a slice only.
  const left = `${place(a, w)}${a.op === "list" ? "[..]" : ""}`;
  return infix(operators[meaning], atom(left), atom(place(b, w)));
}

const compareWithZero = (meaning: "==" | "!=", e: Expression, w: Writer) =>
  infix(operators[meaning], isConstant(e) ? typed(e, w) : w.value(e), atom("0"));

function negation(e: Expression, w: Writer): Fragment {
  switch (e.op) {
    case "<":
    case "==":
      return comparison(negated[e.op], e, w);
    case "not":
      return condition(e.args[0], w);
    default:
      return isBoolean(e) ? prefix("!", condition(e, w)) : compareWithZero("==", e, w);
  }
}

function condition(e: Expression, w: Writer): Fragment {
  switch (e.op) {
    case "<":
    case "==":
      return comparison(e.op, e, w);
    case "not":
      return negation(e.args[0], w);
    case "and":
    case "or":
      return infix(operators[e.op], condition(e.args[0], w), condition(e.args[1], w));
    case "in":
      return atom(`${place(e.args[1], w)}.contains(${prefix("&", w.value(e.args[0])).text})`);
    case "if":
      return conditional(e.args.map((argument) => condition(argument, w)));
    default:
      return compareWithZero("!=", e, w);
  }
}

const conditional = ([test, a, b]: readonly Fragment[]): Fragment => ({
  text: `if ${test.text} { ${a.text} } else { ${b.text} }`,
  level: loosest,
});

const arithmetic = (name: string) => (e: ExpressionOf<"+" | "-" | "*">, w: Writer) =>
  w.mayOverflow(e) ? checked(name, e.args, w) : operation(e, w);

const division =
  (name: "floor_divide" | "modulo", euclid: string) =>
  (e: ExpressionOf<"//" | "%">, w: Writer): Fragment => {
    const [a, b] = e.args;
    if (w.rangeOf(b).min <= 0) {
      return atom(`${call(name, text(a, w), text(b, w))}?`);
    }
    // By a positive divisor, Euclid's division rounds down.
    return w.rangeOf(a).min < 0 ? atom(method(euclid, e.args, w)) : operation(e, w);
  };

const extremum = (e: ExpressionOf<"min" | "max">, w: Writer) => atom(method(e.op, e.args, w));
const logic = (e: Expression, w: Writer) => atom(`i64::from(${condition(e, w).text})`);

const forms: Forms<Writer, Fragment> = {
  ...leaves,
  integer(e, w) {
    const { text, level } = integerText(e.value);
    return { text: isWithin(w.rangeOf(e), int32) ? text : `${text}_i64`, level };
  },
  negate: (e, w) =>
    w.mayOverflow(e) ? checked("neg", e.args, w) : prefix("-", w.value(e.args[0])),
  abs: (e, w) => (w.mayOverflow(e) ? checked("abs", e.args, w) : atom(method("abs", e.args, w))),
  min: extremum,
  max: extremum,
  "+": arithmetic("add"),
  "-": arithmetic("sub"),
  "*": arithmetic("mul"),
  "//": division("floor_divide", "div_euclid"),
  "%": division("modulo", "rem_euclid"),
  xor: operation,
  "<": logic,
  "==": logic,
  not: logic,
  and: logic,
  or: logic,
  in: logic,
  if: ({ args: [test, a, b] }, w) => conditional([condition(test, w), w.value(a), w.value(b)]),
  sum: (e, w) =>
    w.mayOverflow(e)
      ? atom(`${call("sum", slice(e.args[0], w))}?`)
      : atom(`${place(e.args[0], w)}.iter().sum::<i64>()`),
  argmax: ({ args: [list] }, w) => atom(`${call("argmax", slice(list, w))}?`),
  at({ args: [list, index] }, w) {
    const { min, max } = w.rangeOf(index);
    return min >= 0 && max < w.lengthRangeOf(list).min
      ? atom(`${place(list, w)}[${usize(index, w)}]`)
      : atom(`${call("at", slice(list, w), text(index, w))}?`);
  },
  ...listsApart,
};

function usize(index: Expression, w: Writer): string {
  if (index.op === "integer") {
    return String(index.value);
  }
  const fragment = w.value(index);
  return `${isConstant(index) ? `i64::from(${fragment.text})` : receiver(fragment)} as usize`;
}

const literal = ([first, ...others]: readonly number[]) =>
  [`${first + 0}_i64`, ...(others.length > 0 ? [numbersText(others)] : [])].join(", ");

/** The list as a thing that may be compared, indexed or asked; of any kind that holds numbers. */
function place(list: Expression, w: Writer): string {
  return list.op === "list"
    ? `[${literal(list.values)}]`
    : list.op === "state"
      ? w.names.state.get(list.name)!
      : owned(list, w);
}

const slice = (list: Expression, w: Writer) => `&${place(list, w)}`;

function owned(e: Expression, w: Writer, moved?: string): string {
  switch (e.op) {
    case "list":
      return `vec![${literal(e.values)}]`;
    case "state": {
      const name = w.names.state.get(e.name)!;
      return e.name === moved ? name : `${name}.clone()`;
    }
    case "shift":
    case "append":
    case "add-at":
    case "reverse": {
      const [list, ...others] = e.args as readonly Expression[];
      // What later arguments read must still be there.
      const isRead = others.some((other) => moved !== undefined && stateNames(other).has(moved));
      const name = e.op === "add-at" ? "add_at" : e.op;
      const fails = e.op === "shift" || e.op === "add-at";
      const args = [owned(list, w, isRead ? undefined : moved), ...others.map((o) => text(o, w))];
      return `${call(name, ...args)}${fails ? "?" : ""}`;
    }
    default:
      throw new Error(`${e.op} does not give a list`);
  }
}

/** How an expression is written in Rust. */
export interface RustExpressions {
  /** As an i64. */
  readonly value: (e: Expression) => string;
  /** As a bool. */
  readonly condition: (e: Expression) => string;
  /** As an i64; a list as a Vec of its own, for which the variable `moved` may be taken apart. */
  readonly own: (e: Expression, moved?: string) => string;
}

/**
 * Writes expressions of integers of 64 bits. Operators are plain where the analysis shows that they
 * cannot fail, else checked: what fails ends the function by `?`.
 */
export function rustExpressions(names: Names, analysis: WordAnalysis): RustExpressions {
  const value = (e: Expression): Fragment => write(forms, e, writer);
  const writer: Writer = { ...analysis, names, value };
  return {
    value: (e) => value(e).text,
    condition: (e) => condition(e, writer).text,
    own: (e, moved) => (analysis.isList(e) ? owned(e, writer, moved) : value(e).text),
  };
}
