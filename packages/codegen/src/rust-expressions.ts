import type { BinaryExpression, Expression } from "@latticode/program";
import { argumentsOf, int32, isWithin, stateNames } from "@latticode/program";
import type { Fragment } from "./fragment.ts";
import { atLeast, negatedOperand } from "./fragment.ts";
import type { Names } from "./names.ts";
import type { HelperName } from "./rust-helpers.ts";
import type { WordAnalysis } from "./word-analysis.ts";

/** Rust's operator precedence, without what is not emitted. */
const levels = {
  conditional: 1,
  or: 2,
  and: 3,
  comparison: 4,
  xor: 5,
  sum: 6,
  product: 7,
  unary: 8,
  atom: 9,
} as const;

/** How an expression is written in Rust. */
export interface RustExpressions {
  /** As an i64. */
  readonly value: (e: Expression) => string;
  /** As a bool. */
  readonly condition: (e: Expression) => string;
  /** As a Vec of its own; `moved` is the name of a variable that may be taken apart for it. */
  readonly owned: (list: Expression, moved?: string) => string;
}

/**
 * Writes expressions of integers of 64 bits. Operators are plain where the analysis shows that they
 * cannot fail, else checked: what fails ends the function by `?`.
 */
export function rustExpressions(
  names: Names,
  analysis: WordAnalysis,
  helpers: Set<HelperName>,
): RustExpressions {
  const { rangeOf, mayOverflow, isList } = analysis;

  function infix(level: number, left: string, operator: string, right: string): Fragment {
    return { text: `${left} ${operator} ${right}`, level };
  }

  const atom = (text: string): Fragment => ({ text, level: levels.atom });
  const text = (e: Expression) => value(e).text;

  function call(name: HelperName, ...args: readonly string[]): string {
    helpers.add(name);
    return `${name}(${args.join(", ")})`;
  }

  /** A method of the first argument where that is a name, else the function of i64's. */
  function method(name: string, args: readonly Expression[]): string {
    const [first, ...others] = args.map(text);
    return /^[A-Za-z_]\w*$/.test(first)
      ? `${first}.${name}(${others.join(", ")})`
      : `i64::${name}(${[first, ...others].join(", ")})`;
  }

  const checked = (name: string, args: readonly Expression[]) =>
    atom(`${method(`checked_${name}`, args)}.ok_or(OVERFLOW)?`);

  function isBoolean(e: Expression): boolean {
    return ["<", "==", "not", "and", "or", "in"].includes(e.op);
  }

  /** Of numbers alone the compiler would make 32 bits where nothing else says what they are. */
  const isConstant = (e: Expression): boolean =>
    e.op === "integer" ||
    (e.op !== "input" &&
      e.op !== "state" &&
      e.op !== "list" &&
      !isBoolean(e) &&
      argumentsOf(e).every(isConstant));

  const typed = (e: Expression): Fragment =>
    e.op === "integer" ? { ...value(e), text: `${e.value}_i64` } : value(e);

  /** The operands, the first with a type where none has one. */
  function operands(e: BinaryExpression): [Fragment, Fragment] {
    const [a, b] = e.args;
    return [isConstant(a) && isConstant(b) ? typed(a) : value(a), value(b)];
  }

  function comparison(operator: string, mirrored: string, e: BinaryExpression): Fragment {
    const [left, right] = operands(e).map((fragment) => atLeast(levels.xor, fragment));
    return e.args[0].op === "integer" && e.args[1].op !== "integer"
      ? infix(levels.comparison, right, mirrored, left)
      : infix(levels.comparison, left, operator, right);
  }

  function equality(operator: "==" | "!=", e: BinaryExpression): Fragment {
    const [a, b] = e.args;
    return isList(a)
      ? // An array can be compared with lists of other lengths as a slice only.
        infix(levels.comparison, `${place(a)}${a.op === "list" ? "[..]" : ""}`, operator, place(b))
      : comparison(operator, operator, e);
  }

  function negation(e: Expression): Fragment {
    switch (e.op) {
      case "<":
        return comparison(">=", "<=", e);
      case "==":
        return equality("!=", e);
      case "not":
        return condition(e.args[0]);
    }
    return isBoolean(e)
      ? { text: `!${atLeast(levels.unary, condition(e))}`, level: levels.unary }
      : compareWithZero("==", e);
  }

  function compareWithZero(operator: "==" | "!=", e: Expression): Fragment {
    return infix(
      levels.comparison,
      atLeast(levels.xor, isConstant(e) ? typed(e) : value(e)),
      operator,
      "0",
    );
  }

  function condition(e: Expression): Fragment {
    switch (e.op) {
      case "<":
        return comparison("<", ">", e);
      case "==":
        return equality("==", e);
      case "not":
        return negation(e.args[0]);
      case "and":
      case "or": {
        const level = levels[e.op];
        const [a, b] = e.args.map((argument) => atLeast(level, condition(argument)));
        return infix(level, a, e.op === "and" ? "&&" : "||", b);
      }
      case "in":
        return atom(`${place(e.args[1])}.contains(&${atLeast(levels.unary, value(e.args[0]))})`);
      case "if": {
        const [test, a, b] = e.args.map((argument) => condition(argument).text);
        return { text: `if ${test} { ${a} } else { ${b} }`, level: levels.conditional };
      }
      default:
        return compareWithZero("!=", e);
    }
  }

  function arithmetic(e: BinaryExpression, name: string, level: number): Fragment {
    if (mayOverflow(e)) {
      return checked(name, e.args);
    }
    const [a, b] = operands(e);
    return infix(level, atLeast(level, a), e.op, atLeast(level + 1, b));
  }

  function division(e: BinaryExpression, helper: HelperName, euclid: string, operator: string) {
    if (rangeOf(e.args[1]).min <= 0) {
      return atom(`${call(helper, ...e.args.map(text))}?`);
    }
    if (rangeOf(e.args[0]).min < 0) {
      // By a positive divisor, Euclid's division rounds down.
      return atom(method(euclid, e.args));
    }
    const [a, b] = operands(e);
    return infix(levels.product, atLeast(levels.product, a), operator, atLeast(levels.unary, b));
  }

  function value(e: Expression): Fragment {
    switch (e.op) {
      case "integer": {
        const suffix = isWithin(rangeOf(e), int32) ? "" : "_i64";
        return {
          text: `${e.value + 0}${suffix}`,
          level: e.value < 0 ? levels.unary : levels.atom,
        };
      }
      case "input":
        return atom(names.inputs[e.index]);
      case "state":
        return atom(names.state.get(e.name)!);
      case "negate":
        return mayOverflow(e)
          ? checked("neg", e.args)
          : { text: `-${negatedOperand(levels.unary, value(e.args[0]))}`, level: levels.unary };
      case "abs":
        return mayOverflow(e) ? checked("abs", e.args) : atom(method("abs", e.args));
      case "min":
      case "max":
        return atom(method(e.op, e.args));
      case "+":
        return arithmetic(e, "add", levels.sum);
      case "-":
        return arithmetic(e, "sub", levels.sum);
      case "*":
        return arithmetic(e, "mul", levels.product);
      case "//":
        return division(e, "floor_divide", "div_euclid", "/");
      case "%":
        return division(e, "modulo", "rem_euclid", "%");
      case "xor": {
        const [a, b] = operands(e).map((fragment) => atLeast(levels.xor, fragment));
        return infix(levels.xor, a, "^", b);
      }
      case "<":
      case "==":
      case "not":
      case "and":
      case "or":
      case "in":
        return atom(`i64::from(${condition(e).text})`);
      case "if": {
        const [, a, b] = e.args.map(text);
        return {
          text: `if ${condition(e.args[0]).text} { ${a} } else { ${b} }`,
          level: levels.conditional,
        };
      }
      case "sum":
        return mayOverflow(e)
          ? atom(`${call("sum", slice(e.args[0]))}?`)
          : atom(`${place(e.args[0])}.iter().sum::<i64>()`);
      case "argmax":
        return atom(`${call("argmax", slice(e.args[0]))}?`);
      case "at": {
        const [list, index] = e.args;
        const { min, max } = rangeOf(index);
        const isPlain = min >= 0 && max < analysis.lengthRangeOf(list).min;
        return isPlain
          ? atom(`${place(list)}[${usize(index)}]`)
          : atom(`${call("at", slice(list), text(index))}?`);
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

  function usize(index: Expression): string {
    if (index.op === "integer") {
      return String(index.value);
    }
    const fragment = isBoolean(index) ? atom(text(index)) : value(index);
    return `${isConstant(index) ? `i64::from(${fragment.text})` : atLeast(levels.atom, fragment)} as usize`;
  }

  const literal = (values: readonly number[]) =>
    values.map((number, i) => `${number + 0}${i === 0 ? "_i64" : ""}`).join(", ");

  /** The list as a thing that may be compared, indexed or asked; of any kind that holds numbers. */
  function place(list: Expression): string {
    return list.op === "list"
      ? `[${literal(list.values)}]`
      : list.op === "state"
        ? names.state.get(list.name)!
        : owned(list);
  }

  const slice = (list: Expression) => `&${place(list)}`;

  function owned(e: Expression, moved?: string): string {
    switch (e.op) {
      case "list":
        return `vec![${literal(e.values)}]`;
      case "state": {
        const name = names.state.get(e.name)!;
        return e.name === moved ? name : `${name}.clone()`;
      }
      case "shift":
      case "append":
      case "add-at":
      case "reverse": {
        const [list, ...others] = e.args as readonly Expression[];
        // What later arguments read must still be there.
        const isRead = others.some((other) => moved !== undefined && stateNames(other).has(moved));
        const text_ = owned(list, isRead ? undefined : moved);
        const name = e.op === "add-at" ? "add_at" : e.op;
        const fails = e.op === "shift" || e.op === "add-at";
        return `${call(name, text_, ...others.map(text))}${fails ? "?" : ""}`;
      }
      default:
        throw new Error(`${e.op} does not give a list`);
    }
  }

  return { value: text, condition: (e) => condition(e).text, owned };
}
