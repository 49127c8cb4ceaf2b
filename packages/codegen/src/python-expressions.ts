import type { BinaryExpression, BinaryOperator, Expression, Range } from "@latticode/program";
import { isWithin } from "@latticode/program";
import type { Fragment } from "./fragment.ts";
import { atLeast, negatedOperand } from "./fragment.ts";
import type { Names } from "./names.ts";
import type { PythonHelper } from "./python-helpers.ts";

/** Python's operator precedence (language reference, section 6.17), without what is not emitted. */
const levels = {
  conditional: 1,
  or: 2,
  and: 3,
  not: 4,
  comparison: 5,
  xor: 6,
  sum: 7,
  product: 8,
  minus: 9,
  atom: 10,
} as const;

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
  /** As a list that nothing else holds. */
  ownList(e: Expression): string;
}

/** Writes expressions of integers. Regrouping sums is free there, so parentheses for it are dropped. */
export function pythonExpressions(
  names: Names,
  rangeOf: (e: Expression) => Range,
  lengthOf: (list: Expression) => Range,
  helpers: Set<PythonHelper>,
): PythonExpressions {
  const isBit = (e: Expression) => isWithin(rangeOf(e), { min: 0, max: 1 });

  function infix(level: number, left: string, operator: string, right: string): Fragment {
    return { text: `${left} ${operator} ${right}`, level };
  }

  function comparison(operator: string, mirrored: string, a: Expression, b: Expression): Fragment {
    const [left, right] = [a, b].map((e) => atLeast(levels.comparison + 1, value(e)));
    return a.op === "integer" && b.op !== "integer"
      ? infix(levels.comparison, right, mirrored, left)
      : infix(levels.comparison, left, operator, right);
  }

  /** Something that is 0 or False where e is 0, and 1 or True elsewhere. */
  function bit(e: Expression): Fragment {
    const fragment = value(e);
    return isBit(e)
      ? fragment
      : infix(levels.comparison, atLeast(levels.comparison + 1, fragment), "!=", "0");
  }

  function negation(e: Expression): Fragment {
    switch (e.op) {
      case "<":
        return comparison(">=", "<=", e.args[0], e.args[1]);
      case "==":
        return comparison("!=", "!=", e.args[0], e.args[1]);
      case "in":
        return membership("not in", e.args);
      case "not":
        return bit(e.args[0]);
    }
    if (isBit(e)) {
      return { text: `not ${atLeast(levels.not, condition(e))}`, level: levels.not };
    }
    return infix(levels.comparison, atLeast(levels.comparison + 1, value(e)), "==", "0");
  }

  function connective(op: "and" | "or", write: (e: Expression) => Fragment, e: BinaryExpression) {
    const [a, b] = e.args.map((argument) => atLeast(levels[op], write(argument)));
    return infix(levels[op], a, op, b);
  }

  function condition(e: Expression): Fragment {
    return e.op === "and" || e.op === "or"
      ? connective(e.op, condition, e)
      : e.op === "not" && e.args[0].op === "not"
        ? condition(e.args[0].args[0])
        : value(e);
  }

  function call(name: string, args: readonly Expression[]): Fragment {
    const text = args.map((argument) => value(argument).text).join(", ");
    return { text: `${name}(${text})`, level: levels.atom };
  }

  function helperCall(name: PythonHelper, args: readonly Expression[]): Fragment {
    helpers.add(name);
    return call(name, args);
  }

  function membership(operator: "in" | "not in", args: readonly Expression[]): Fragment {
    const [left, right] = args.map((e) => atLeast(levels.comparison + 1, value(e)));
    return infix(levels.comparison, left, operator, right);
  }

  const literal = (values: readonly number[]) => `[${values.map((v) => v + 0).join(", ")}]`;

  function extremumArguments(op: BinaryOperator, e: Expression): Expression[] {
    return e.op === op
      ? (e.args as readonly Expression[]).flatMap((a) => extremumArguments(op, a))
      : [e];
  }

  function value(e: Expression): Fragment {
    switch (e.op) {
      case "integer":
        return { text: String(e.value), level: e.value < 0 ? levels.minus : levels.atom };
      case "input":
        return { text: names.inputs[e.index], level: levels.atom };
      case "state":
        return { text: names.state.get(e.name)!, level: levels.atom };
      case "negate": {
        const text = `-${negatedOperand(levels.minus, value(e.args[0]))}`;
        return { text, level: levels.minus };
      }
      case "abs":
        return call("abs", e.args);
      case "min":
      case "max":
        return call(e.op, extremumArguments(e.op, e));
      case "+":
      case "-": {
        const [a, b] = e.args.map(value);
        const right = e.op === "+" ? levels.sum : levels.product;
        return infix(levels.sum, atLeast(levels.sum, a), e.op, atLeast(right, b));
      }
      case "*":
      case "//":
      case "%": {
        const [a, b] = e.args.map(value);
        const right = e.op === "*" && e.args[1].op === "*" ? levels.product : levels.minus;
        return infix(levels.product, atLeast(levels.product, a), e.op, atLeast(right, b));
      }
      case "xor": {
        const [a, b] = e.args.map((argument) => atLeast(levels.xor, value(argument)));
        return infix(levels.xor, a, "^", b);
      }
      case "==":
        return comparison("==", "==", e.args[0], e.args[1]);
      case "<":
        return comparison("<", ">", e.args[0], e.args[1]);
      case "not":
        return negation(e.args[0]);
      case "and":
      case "or":
        return connective(e.op, bit, e);
      case "if": {
        const test = atLeast(levels.or, condition(e.args[0]));
        const yes = atLeast(levels.or, value(e.args[1]));
        return {
          text: `${yes} if ${test} else ${value(e.args[2]).text}`,
          level: levels.conditional,
        };
      }
      case "list":
        return { text: literal(e.values), level: levels.atom };
      case "shift": {
        if (lengthOf(e.args[0]).min < 1) {
          return helperCall("shift", e.args);
        }
        const list = atLeast(levels.atom, value(e.args[0]));
        return infix(levels.sum, `${list}[1:]`, "+", `[${value(e.args[1]).text}]`);
      }
      case "append": {
        const list = atLeast(levels.sum, value(e.args[0]));
        return infix(levels.sum, list, "+", `[${value(e.args[1]).text}]`);
      }
      case "add-at":
        return helperCall("add_at", e.args);
      case "reverse":
        return { text: `${atLeast(levels.atom, value(e.args[0]))}[::-1]`, level: levels.atom };
      case "sum":
        return call("sum", e.args);
      case "argmax": {
        const [list] = e.args;
        if (list.op !== "state") {
          return helperCall("argmax", e.args);
        }
        const name = value(list).text;
        return { text: `${name}.index(max(${name}))`, level: levels.atom };
      }
      case "in":
        return membership("in", e.args);
      case "at": {
        const list = atLeast(levels.atom, value(e.args[0]));
        return { text: `${list}[${value(e.args[1]).text}]`, level: levels.atom };
      }
      default:
        return e satisfies never;
    }
  }

  function mayBeBool(e: Expression, boolVariables: ReadonlySet<string>): boolean {
    const may = (argument: Expression) => mayBeBool(argument, boolVariables);
    switch (e.op) {
      case "state":
        return boolVariables.has(e.name);
      case "==":
      case "<":
      case "in":
        return true;
      case "shift":
      case "append":
        return e.args.some(may);
      case "add-at":
      case "reverse":
      case "at":
        return may(e.args[0]);
      case "not":
        return e.args[0].op !== "not" || !isBit(e.args[0].args[0]) || may(e.args[0].args[0]);
      case "and":
      case "or":
        return e.args.some((argument) => !isBit(argument) || may(argument));
      case "min":
      case "max":
        return e.args.some(may);
      case "if":
        return may(e.args[1]) || may(e.args[2]);
      case "xor":
        return e.args.every(may);
      default:
        return false;
    }
  }

  return {
    value: (e) => value(e).text,
    condition: (e) => condition(e).text,
    mayBeBool,
    ownList: (e) => (e.op === "state" ? `${value(e).text}[:]` : value(e).text),
  };
}
