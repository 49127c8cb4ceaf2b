import type { BinaryExpression, Expression } from "@latticode/program";
import { argumentsOf, int32, isWithin } from "@latticode/program";
import type { ExpressionOf, Forms } from "../../shared/forms.ts";
import { isBoolean, listsApart, write } from "../../shared/forms.ts";
import type { Arithmetic, Comparison, Fragment, InfixOperators } from "../../shared/infix.ts";
import {
  atLeast,
  atom,
  compare,
  infix,
  leaves,
  loosest,
  negated,
  operatorsOfC,
  prefix,
  unary,
} from "../../shared/infix.ts";
import type { Names } from "../../shared/names.ts";
import type { Length, WordAnalysis } from "../../shared/word-analysis.ts";
import type { functions } from "./functions.ts";

// Compilers warn of operands that only precedence keeps together: these get parentheses.
const [, equality] = operatorsOfC["=="];
const [, sum] = operatorsOfC["+"];
const [, xor] = operatorsOfC.xor;
export const operators: InfixOperators = {
  ...operatorsOfC,
  "==": ["==", equality, sum, sum],
  "!=": ["!=", equality, sum, sum],
  or: ["||", 1, xor, xor],
  and: ["&&", 2, xor, xor],
};

/** Where the lists of emitted C lie. */
export interface ListPlaces {
  /** The name of a constant array with those numbers. */
  readonly constant: (values: readonly number[]) => string;
  /** The name of an array of its own for the value of an expression. */
  readonly scratch: (length: Length) => string;
  /** The length as C. */
  readonly lengthText: (length: Length) => string;
}

/** Writes the expressions of one program. */
interface Writer extends WordAnalysis {
  readonly names: Names;
  readonly places: ListPlaces;
  readonly value: (e: Expression) => Fragment;
}

const text = (e: Expression, { value }: Writer) => value(e).text;
const texts = (args: readonly Expression[], { value }: Writer) =>
  args.map((argument) => value(argument).text);

const call = (name: keyof typeof functions, ...args: readonly string[]) =>
  atom(`${name}(${args.join(", ")})`);

/** A list as two arguments, the pointer and the length. */
const listArguments = (e: Expression, w: Writer) =>
  [list(e, w), w.places.lengthText(w.lengthOf(e))] as const;

/** Whether C computes the expression as an int, of 32 bits. */
function isNarrow(e: Expression, w: Writer): boolean {
  switch (e.op) {
    case "integer":
      return isWithin(w.rangeOf(e), int32);
    case "if":
      return isNarrow(e.args[1], w) && isNarrow(e.args[2], w);
    case "+":
    case "-":
    case "*":
    case "//":
    case "%":
    case "xor":
    case "negate":
      return !w.mayFail(e) && isWithin(w.rangeOf(e), int32) && areNarrow(e.args, w);
    default:
      return isBoolean(e);
  }
}

const areNarrow = (args: readonly Expression[], w: Writer) => args.every((a) => isNarrow(a, w));

/** Operands of an operator whose result an int may be too narrow for are made wide. */
function operands(e: Expression, w: Writer): Fragment[] {
  const [first, ...others] = argumentsOf(e).map(w.value);
  const widens = areNarrow(argumentsOf(e), w) && !isWithin(w.rangeOf(e), int32);
  return [widens ? prefix("(int64_t)", first) : first, ...others];
}

function comparison(meaning: Comparison, e: BinaryExpression, w: Writer): Fragment {
  const [a, b] = e.args;
  if (!w.isList(a)) {
    return compare(operators, meaning, e, e.args.map(w.value));
  }
  const equal = call("equal", ...listArguments(a, w), ...listArguments(b, w));
  return meaning === "==" ? equal : prefix("!", equal);
}

const negation = (e: Expression, w: Writer) =>
  e.op === "<" || e.op === "==" ? comparison(negated[e.op], e, w) : prefix("!", w.value(e));

function operation(e: BinaryExpression & { readonly op: Arithmetic | "and" | "or" }, w: Writer) {
  return infix(operators[e.op], w.value(e.args[0]), w.value(e.args[1]));
}

const checked = { "+": "add", "-": "subtract", "*": "multiply" } as const;

/** An operand that failed is not in its range, so that the result may not be in its own. */
function arithmetic(e: ExpressionOf<"+" | "-" | "*">, w: Writer): Fragment {
  if (w.mayFail(e)) {
    return call(checked[e.op], ...texts(e.args, w), "&error");
  }
  const [a, b] = operands(e, w);
  return infix(operators[e.op], a, b);
}

const division = (name: "floor_divide" | "modulo") => (e: ExpressionOf<"//" | "%">, w: Writer) =>
  w.isPlainDivision(e) ? operation(e, w) : call(name, ...texts(e.args, w), "&error");

const extremum = (e: ExpressionOf<"min" | "max">, w: Writer) => call(e.op, ...texts(e.args, w));
const ofList = (e: ExpressionOf<"sum" | "argmax">, w: Writer) =>
  call(e.op, ...listArguments(e.args[0], w), "&error");

const forms: Forms<Writer, Fragment> = {
  ...leaves,
  negate: (e, w) =>
    w.mayFail(e)
      ? call("subtract", "0", text(e.args[0], w), "&error")
      : prefix("-", operands(e, w)[0]),
  abs: (e, w) =>
    w.mayFail(e)
      ? call("absolute", text(e.args[0], w), "&error")
      : atom(`llabs(${text(e.args[0], w)})`),
  min: extremum,
  max: extremum,
  "+": arithmetic,
  "-": arithmetic,
  "*": arithmetic,
  "//": division("floor_divide"),
  "%": division("modulo"),
  xor({ args }, w) {
    const [a, b] = args.map(({ op }) => (op === "xor" ? xor : unary));
    return infix(["^", xor, a, b], w.value(args[0]), w.value(args[1]));
  },
  "<": (e, w) => comparison(e.op, e, w),
  "==": (e, w) => comparison(e.op, e, w),
  not: ({ args: [a] }, w) => negation(a, w),
  and: operation,
  or: operation,
  if({ args }, { value }) {
    const [, or] = operators.or;
    const [condition, a, b] = args.map((argument) => atLeast(or, value(argument)));
    return { text: `${condition} ? ${a} : ${b}`, level: loosest };
  },
  sum: ofList,
  argmax: ofList,
  in: ({ args: [e, of] }, w) => call("contains", ...listArguments(of, w), text(e, w)),
  at(e, w) {
    const [of, index] = e.args;
    // Nothing is read from a list that a failure may have left unwritten.
    return w.mayFail(e)
      ? call("at", ...listArguments(of, w), text(index, w), "&error")
      : atom(`${list(of, w)}[${text(index, w)}]`);
  },
  ...listsApart,
};

function list(e: Expression, w: Writer, out?: string): string {
  switch (e.op) {
    case "list":
      return w.places.constant(e.values);
    case "state":
      return w.names.state.get(e.name)!;
    case "shift":
    case "append":
    case "add-at":
    case "reverse": {
      const [of, ...others] = e.args as readonly Expression[];
      const result = out ?? w.places.scratch(w.lengthOf(e));
      const args = [result, ...listArguments(of, w), ...texts(others, w)];
      if (e.op === "shift" || e.op === "add-at") {
        args.push("&error");
      }
      return call(e.op === "add-at" ? "add_at" : e.op, ...args).text;
    }
    default:
      throw new Error(`${e.op} does not give a list`);
  }
}

function overflow(target: string, e: Expression, w: Writer): string | undefined {
  if (!(e.op === "+" || e.op === "-" || e.op === "*")) {
    return undefined;
  }
  if (!w.mayOverflow(e) || e.args.some(w.mayFail)) {
    return undefined;
  }
  const builtin = `__builtin_${checked[e.op].slice(0, 3)}_overflow`;
  return `${builtin}(${texts(e.args, w).join(", ")}, &${target})`;
}

/** How an expression is written in C. */
export interface CExpressions {
  /** A number, an int64_t or an int. */
  readonly value: (e: Expression) => string;
  /** A pointer to the first number of a list; what is computed is written to `out`, if given. */
  readonly list: (e: Expression, out?: string) => string;
  /**
   * The condition under which an operation fails that writes its result to `target`, for sums,
   * differences and products of plain operands that may overflow.
   */
  readonly overflow: (target: string, e: Expression) => string | undefined;
}

/**
 * Writes expressions of integers of 64 bits. Operators are plain where the analysis shows that they
 * cannot fail and that nothing they compute with can have failed before; all others are calls of
 * functions that set `error`, so nothing undefined is ever done with what a failure left.
 */
export function cExpressions(
  names: Names,
  analysis: WordAnalysis,
  places: ListPlaces,
): CExpressions {
  const value = (e: Expression): Fragment => write(forms, e, writer);
  const writer: Writer = { ...analysis, names, places, value };
  return {
    value: (e) => value(e).text,
    list: (e, out) => list(e, writer, out),
    overflow: (target, e) => overflow(target, e, writer),
  };
}
