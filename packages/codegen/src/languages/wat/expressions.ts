import type { BinaryExpression, Expression } from "@latticode/program";
import type { ExpressionOf, Forms } from "../../shared/forms.ts";
import { isBoolean, listsApart, write } from "../../shared/forms.ts";
import type { Names } from "../../shared/names.ts";
import type { Length, WordAnalysis } from "../../shared/word-analysis.ts";
import type { functions } from "./functions.ts";
import type { SExpression } from "./s-expressions.ts";
import { get, i32, i64 } from "./s-expressions.ts";

/** Where the lists of an emitted module lie. */
export interface WatPlaces {
  /** The address of a constant list. */
  readonly constant: (values: readonly number[]) => SExpression;
  /** The address of room for the value of an expression. */
  readonly scratch: (length: Length) => SExpression;
  /** The length, an i32. */
  readonly length: (length: Length) => SExpression;
}

/** How an expression is written in WebAssembly's text format. */
export interface WatExpressions {
  /** As an i64. */
  readonly value: (e: Expression) => SExpression;
  /** As an i32 that is 0 when the value is. */
  readonly condition: (e: Expression) => SExpression;
  /** The address of a list, an i32; what is computed is written to `out`, if given. */
  readonly list: (e: Expression, out?: SExpression) => SExpression;
}

/** Writes the expressions of one program. */
interface Writer extends WordAnalysis {
  readonly names: Names;
  readonly places: WatPlaces;
  readonly value: (e: Expression) => SExpression;
}

const call = (name: keyof typeof functions, ...args: readonly SExpression[]): SExpression => [
  "call",
  `$${name}`,
  ...args,
];

/** A list as two arguments, the address and the length. */
const listArguments = (e: Expression, w: Writer) =>
  [list(e, w), w.places.length(w.lengthOf(e))] as const;

const branches = (type: string, test: SExpression, yes: SExpression, no: SExpression) => [
  "if",
  ["result", type],
  test,
  ["then", yes],
  ["else", no],
];

function condition(e: Expression, w: Writer): SExpression {
  switch (e.op) {
    case "<":
      return ["i64.lt_s", ...e.args.map(w.value)];
    case "==": {
      const [a, b] = e.args;
      return w.isList(a)
        ? call("equal", ...listArguments(a, w), ...listArguments(b, w))
        : ["i64.eq", w.value(a), w.value(b)];
    }
    case "not":
      return negation(e.args[0], w);
    case "and":
      return branches("i32", condition(e.args[0], w), condition(e.args[1], w), i32(0));
    case "or":
      return branches("i32", condition(e.args[0], w), i32(1), condition(e.args[1], w));
    case "in":
      return call("contains", w.value(e.args[0]), ...listArguments(e.args[1], w));
    default:
      return ["i64.ne", w.value(e), i64(0)];
  }
}

function negation(e: Expression, w: Writer): SExpression {
  switch (e.op) {
    case "<":
      return ["i64.ge_s", ...e.args.map(w.value)];
    case "==":
      return w.isList(e.args[0])
        ? ["i32.eqz", condition(e, w)]
        : ["i64.ne", ...e.args.map(w.value)];
    case "not":
      return condition(e.args[0], w);
    default:
      return isBoolean(e) ? ["i32.eqz", condition(e, w)] : ["i64.eqz", w.value(e)];
  }
}

const arithmetic =
  (plain: string, checked: keyof typeof functions) =>
  (e: BinaryExpression, w: Writer): SExpression => {
    const args = e.args.map(w.value);
    return w.mayOverflow(e) ? call(checked, ...args) : [plain, ...args];
  };

const division =
  (plain: string, rounding: keyof typeof functions) =>
  ({ args }: BinaryExpression, w: Writer): SExpression => {
    const written = args.map(w.value);
    // Both trap by themselves when they divide by 0.
    const isPlain = args.every((argument) => w.rangeOf(argument).min >= 0);
    return isPlain ? [plain, ...written] : call(rounding, ...written);
  };

const extremum = (e: ExpressionOf<"min" | "max">, { value }: Writer) =>
  call(e.op, ...e.args.map(value));
const logic = (e: Expression, w: Writer): SExpression => ["i64.extend_i32_u", condition(e, w)];
const ofList = (e: ExpressionOf<"sum" | "argmax">, w: Writer) =>
  call(e.op, ...listArguments(e.args[0], w));

const forms: Forms<Writer, SExpression> = {
  integer: ({ value }) => i64(value),
  input: ({ index }, { names }) => get(names.inputs[index]),
  state: ({ name }, { names }) => get(names.state.get(name)!),
  negate(e, w) {
    const a = w.value(e.args[0]);
    return w.mayOverflow(e) ? call("subtract", i64(0), a) : ["i64.sub", i64(0), a];
  },
  abs: ({ args: [a] }, { value }) => call("absolute", value(a)),
  min: extremum,
  max: extremum,
  "+": arithmetic("i64.add", "add"),
  "-": arithmetic("i64.sub", "subtract"),
  "*": arithmetic("i64.mul", "multiply"),
  "//": division("i64.div_s", "floor_divide"),
  "%": division("i64.rem_s", "modulo"),
  xor: ({ args }, { value }) => ["i64.xor", ...args.map(value)],
  "<": logic,
  "==": logic,
  not: logic,
  and: logic,
  or: logic,
  in: logic,
  if: ({ args: [test, a, b] }, w) => branches("i64", condition(test, w), w.value(a), w.value(b)),
  sum: ofList,
  argmax: ofList,
  at: ({ args: [of, index] }, w) => call("at", ...listArguments(of, w), w.value(index)),
  ...listsApart,
};

function list(e: Expression, w: Writer, out?: SExpression): SExpression {
  switch (e.op) {
    case "list":
      return w.places.constant(e.values);
    case "state":
      return get(w.names.state.get(e.name)!);
    case "shift":
    case "append":
    case "add-at":
    case "reverse": {
      const [of, ...others] = e.args as readonly Expression[];
      const result = out ?? w.places.scratch(w.lengthOf(e));
      const name = e.op === "add-at" ? "add_at" : e.op;
      return call(name, result, ...listArguments(of, w), ...others.map(w.value));
    }
    default:
      throw new Error(`${e.op} does not give a list`);
  }
}

/** Writes expressions of integers of 64 bits; what fails traps. */
export function watExpressions(
  names: Names,
  analysis: WordAnalysis,
  places: WatPlaces,
): WatExpressions {
  const writer: Writer = {
    ...analysis,
    names,
    places,
    value: (e) => write(forms, e, writer),
  };
  return {
    value: writer.value,
    condition: (e) => condition(e, writer),
    list: (e, out) => list(e, writer, out),
  };
}
