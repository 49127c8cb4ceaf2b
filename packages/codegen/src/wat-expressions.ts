import type { BinaryExpression, Expression } from "@latticode/program";
import type { Names } from "./names.ts";
import type { SExpression } from "./s-expressions.ts";
import type { HelperName } from "./wat-helpers.ts";
import type { Length, WordAnalysis } from "./word-analysis.ts";

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

const zero: SExpression = ["i64.const", "0"];

/** Writes expressions of integers of 64 bits; what fails traps. */
export function watExpressions(
  names: Names,
  analysis: WordAnalysis,
  places: WatPlaces,
  helpers: Set<HelperName>,
): WatExpressions {
  const { rangeOf, mayOverflow, isList, lengthOf } = analysis;

  function call(name: HelperName, ...args: readonly SExpression[]): SExpression {
    helpers.add(name);
    return ["call", `$${name}`, ...args];
  }

  const lengthText = (list: Expression) => places.length(lengthOf(list));

  function isBoolean(e: Expression): boolean {
    return ["<", "==", "not", "and", "or", "in"].includes(e.op);
  }

  function condition(e: Expression): SExpression {
    switch (e.op) {
      case "<":
        return ["i64.lt_s", ...e.args.map(value)];
      case "==": {
        const [a, b] = e.args;
        return isList(a)
          ? call("equal", list(a), lengthText(a), list(b), lengthText(b))
          : ["i64.eq", value(a), value(b)];
      }
      case "not":
        return negation(e.args[0]);
      case "and":
        return [
          "if",
          ["result", "i32"],
          condition(e.args[0]),
          ["then", condition(e.args[1])],
          ["else", ["i32.const", "0"]],
        ];
      case "or":
        return [
          "if",
          ["result", "i32"],
          condition(e.args[0]),
          ["then", ["i32.const", "1"]],
          ["else", condition(e.args[1])],
        ];
      case "in":
        return call("contains", value(e.args[0]), list(e.args[1]), lengthText(e.args[1]));
      default:
        return ["i64.ne", value(e), zero];
    }
  }

  function negation(e: Expression): SExpression {
    switch (e.op) {
      case "<":
        return ["i64.ge_s", ...e.args.map(value)];
      case "==":
        return isList(e.args[0]) ? ["i32.eqz", condition(e)] : ["i64.ne", ...e.args.map(value)];
      case "not":
        return condition(e.args[0]);
      default:
        return isBoolean(e) ? ["i32.eqz", condition(e)] : ["i64.eqz", value(e)];
    }
  }

  function arithmetic(e: BinaryExpression, plain: string, checked: HelperName): SExpression {
    const args = e.args.map(value);
    return mayOverflow(e) ? call(checked, ...args) : [plain, ...args];
  }

  function value(e: Expression): SExpression {
    switch (e.op) {
      case "integer":
        return ["i64.const", String(e.value + 0)];
      case "input":
        return ["local.get", `$${names.inputs[e.index]}`];
      case "state":
        return ["local.get", `$${names.state.get(e.name)}`];
      case "negate":
        return mayOverflow(e)
          ? call("subtract", zero, value(e.args[0]))
          : ["i64.sub", zero, value(e.args[0])];
      case "abs":
        return call("absolute", value(e.args[0]));
      case "min":
      case "max":
        return call(e.op, ...e.args.map(value));
      case "+":
        return arithmetic(e, "i64.add", "add");
      case "-":
        return arithmetic(e, "i64.sub", "subtract");
      case "*":
        return arithmetic(e, "i64.mul", "multiply");
      case "//":
      case "%": {
        const args = e.args.map(value);
        const plain = e.op === "//" ? "i64.div_s" : "i64.rem_s";
        // Both trap by themselves when they divide by 0.
        return rangeOf(e.args[0]).min >= 0 && rangeOf(e.args[1]).min >= 0
          ? [plain, ...args]
          : call(e.op === "//" ? "floor_divide" : "modulo", ...args);
      }
      case "xor":
        return ["i64.xor", ...e.args.map(value)];
      case "<":
      case "==":
      case "not":
      case "and":
      case "or":
      case "in":
        return ["i64.extend_i32_u", condition(e)];
      case "if": {
        const [test, a, b] = e.args;
        return ["if", ["result", "i64"], condition(test), ["then", value(a)], ["else", value(b)]];
      }
      case "sum":
        return call("sum", list(e.args[0]), lengthText(e.args[0]));
      case "argmax":
        return call("argmax", list(e.args[0]), lengthText(e.args[0]));
      case "at": {
        const [of, index] = e.args;
        return call("at", list(of), lengthText(of), value(index));
      }
      case "list":
      case "shift":
      case "append":
      case "add-at":
      case "reverse":
        throw new Error(`${e.op} does not give a number`);
      default:
        return e satisfies never;
    }
  }

  function list(e: Expression, out?: SExpression): SExpression {
    switch (e.op) {
      case "list":
        return places.constant(e.values);
      case "state":
        return ["local.get", `$${names.state.get(e.name)}`];
      case "shift":
      case "append":
      case "add-at":
      case "reverse": {
        const [of, ...others] = e.args as readonly Expression[];
        return call(
          e.op === "add-at" ? "add_at" : e.op,
          out ?? places.scratch(lengthOf(e)),
          list(of),
          lengthText(of),
          ...others.map(value),
        );
      }
      default:
        throw new Error(`${e.op} does not give a list`);
    }
  }

  return { value, condition, list };
}
