import type { BinaryExpression, Expression } from "@latticode/program";
import { argumentsOf, int32, isWithin } from "@latticode/program";
import type { HelperName } from "./c-helpers.ts";
import type { Fragment } from "./fragment.ts";
import { atLeast, levels, negatedOperand } from "./fragment.ts";
import type { Names } from "./names.ts";
import type { Length, WordAnalysis } from "./word-analysis.ts";

const builtins = { "+": "add", "-": "sub", "*": "mul" } as const;

/** Where the lists of emitted C lie. */
export interface ListPlaces {
  /** The name of a constant array with those numbers. */
  readonly constant: (values: readonly number[]) => string;
  /** The name of an array of its own for the value of an expression. */
  readonly scratch: (length: Length) => string;
  /** The length as C. */
  readonly lengthText: (length: Length) => string;
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
  helpers: Set<HelperName>,
): CExpressions {
  const { rangeOf, mayFail, mayOverflow, isList, lengthOf } = analysis;

  function infix(level: number, left: string, operator: string, right: string): Fragment {
    return { text: `${left} ${operator} ${right}`, level };
  }

  function call(name: HelperName, ...args: readonly string[]): Fragment {
    helpers.add(name);
    return { text: `${name}(${args.join(", ")})`, level: levels.atom };
  }

  const text = (e: Expression) => value(e).text;
  const lengthText = (list: Expression) => places.lengthText(lengthOf(list));

  /** Whether C computes the expression as an int, of 32 bits. */
  function isNarrow(e: Expression): boolean {
    switch (e.op) {
      case "integer":
        return isWithin(rangeOf(e), int32);
      case "<":
      case "==":
      case "not":
      case "and":
      case "or":
      case "in":
        return true;
      case "if":
        return isNarrow(e.args[1]) && isNarrow(e.args[2]);
      case "+":
      case "-":
      case "*":
      case "//":
      case "%":
      case "xor":
      case "negate":
        return !mayFail(e) && isWithin(rangeOf(e), int32) && argumentsOf(e).every(isNarrow);
      default:
        return false;
    }
  }

  /** Operands of an operator whose result an int may be too narrow for are made wide. */
  function operands(e: Expression): Fragment[] {
    const [first, ...others] = argumentsOf(e);
    const widens = [first, ...others].every(isNarrow) && !isWithin(rangeOf(e), int32);
    const fragment = value(first);
    return [
      widens
        ? { text: `(int64_t)${atLeast(levels.unary, fragment)}`, level: levels.unary }
        : fragment,
      ...others.map(value),
    ];
  }

  function comparison(level: number, operator: string, mirrored: string, e: BinaryExpression) {
    const [a, b] = e.args;
    const [left, right] = e.args.map((argument) => atLeast(levels.sum, value(argument)));
    return a.op === "integer" && b.op !== "integer"
      ? infix(level, right, mirrored, left)
      : infix(level, left, operator, right);
  }

  function equality(operator: "==" | "!=", e: BinaryExpression): Fragment {
    const [a, b] = e.args;
    if (!isList(a)) {
      return comparison(levels.equality, operator, operator, e);
    }
    const fragment = call("equal", list(a), lengthText(a), list(b), lengthText(b));
    return operator === "==" ? fragment : { text: `!${fragment.text}`, level: levels.unary };
  }

  function negation(e: Expression): Fragment {
    switch (e.op) {
      case "<":
        return comparison(levels.relational, ">=", "<=", e);
      case "==":
        return equality("!=", e);
      default:
        return { text: `!${atLeast(levels.unary, value(e))}`, level: levels.unary };
    }
  }

  function arithmetic(e: BinaryExpression & { readonly op: "+" | "-" | "*" }): Fragment {
    const names = { "+": "add", "-": "subtract", "*": "multiply" } as const;
    // An operand that failed is not in its range, so that the result may not be in its own.
    if (mayFail(e)) {
      return call(names[e.op], ...e.args.map(text), "&error");
    }
    const [a, b] = operands(e);
    const level = e.op === "*" ? levels.product : levels.sum;
    return infix(level, atLeast(level, a), e.op, atLeast(level + 1, b));
  }

  function division(e: BinaryExpression, name: HelperName, operator: string): Fragment {
    if (!analysis.isPlainDivision(e)) {
      return call(name, ...e.args.map(text), "&error");
    }
    const [a, b] = e.args.map(value);
    return infix(levels.product, atLeast(levels.product, a), operator, atLeast(levels.unary, b));
  }

  function value(e: Expression): Fragment {
    switch (e.op) {
      case "integer":
        return { text: String(e.value), level: e.value < 0 ? levels.unary : levels.atom };
      case "input":
        return { text: names.inputs[e.index], level: levels.atom };
      case "state":
        return { text: names.state.get(e.name)!, level: levels.atom };
      case "negate": {
        if (mayFail(e)) {
          return call("subtract", "0", text(e.args[0]), "&error");
        }
        return { text: `-${negatedOperand(levels.unary, operands(e)[0])}`, level: levels.unary };
      }
      case "abs":
        return mayFail(e)
          ? call("absolute", text(e.args[0]), "&error")
          : { text: `llabs(${text(e.args[0])})`, level: levels.atom };
      case "min":
      case "max":
        return call(e.op, ...e.args.map(text));
      case "+":
      case "-":
      case "*":
        return arithmetic(e as BinaryExpression & { readonly op: "+" | "-" | "*" });
      case "//":
        return division(e, "floor_divide", "/");
      case "%":
        return division(e, "modulo", "%");
      case "xor": {
        const [a, b] = e.args.map((argument) => {
          const fragment = value(argument);
          return argument.op === "xor" ? fragment.text : atLeast(levels.unary, fragment);
        });
        return infix(levels.xor, a, "^", b);
      }
      case "<":
        return comparison(levels.relational, "<", ">", e);
      case "==":
        return equality("==", e);
      case "not":
        return negation(e.args[0]);
      case "and":
      case "or": {
        const [a, b] = e.args.map((argument) => atLeast(levels.xor, value(argument)));
        return infix(levels[e.op], a, e.op === "and" ? "&&" : "||", b);
      }
      case "if": {
        const [condition, a, b] = e.args.map((argument) => atLeast(levels.or, value(argument)));
        return { text: `${condition} ? ${a} : ${b}`, level: levels.conditional };
      }
      case "sum":
        return call("sum", list(e.args[0]), lengthText(e.args[0]), "&error");
      case "argmax":
        return call("argmax", list(e.args[0]), lengthText(e.args[0]), "&error");
      case "in":
        return call("contains", list(e.args[1]), lengthText(e.args[1]), text(e.args[0]));
      case "at": {
        const [of, index] = e.args;
        // Nothing is read from a list that a failure may have left unwritten.
        return mayFail(e)
          ? call("at", list(of), lengthText(of), text(index), "&error")
          : { text: `${list(of)}[${text(index)}]`, level: levels.atom };
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

  function list(e: Expression, out?: string): string {
    switch (e.op) {
      case "list":
        return places.constant(e.values);
      case "state":
        return names.state.get(e.name)!;
      case "shift":
      case "append":
      case "add-at":
      case "reverse": {
        const [of, ...others] = e.args as readonly Expression[];
        const args = [
          out ?? places.scratch(lengthOf(e)),
          list(of),
          lengthText(of),
          ...others.map(text),
        ];
        if (e.op === "shift" || e.op === "add-at") {
          args.push("&error");
        }
        return call(e.op === "add-at" ? "add_at" : e.op, ...args).text;
      }
      default:
        throw new Error(`${e.op} does not give a list`);
    }
  }

  function overflow(target: string, e: Expression): string | undefined {
    if (!(e.op === "+" || e.op === "-" || e.op === "*")) {
      return undefined;
    }
    if (!mayOverflow(e) || e.args.some(mayFail)) {
      return undefined;
    }
    return `__builtin_${builtins[e.op]}_overflow(${e.args.map(text).join(", ")}, &${target})`;
  }

  return { value: text, list, overflow };
}
