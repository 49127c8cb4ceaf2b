import type {
  AddAtExpression,
  BinaryExpression,
  BinaryOperator,
  Expression,
  Range,
} from "@latticode/program";
import { canLeaveSafeIntegers, int32, isWithin, mayBe } from "@latticode/program";
import type { Fragment } from "./fragment.ts";
import { atLeast, levels, negatedOperand } from "./fragment.ts";
import type { HelperName } from "./javascript-helpers.ts";
import type { Names } from "./names.ts";

/** A condition, and whether it has held. */
export type Outcome = readonly [condition: Expression, holds: boolean];

/** How an expression is written in JavaScript. */
export interface JavaScriptExpressions {
  /** As a value, always a number. */
  value(e: Expression): string;
  /** Where only the truth of the value counts. */
  condition(e: Expression): string;
  /** What `write` writes, of expressions that are read where the conditions have come out so. */
  given<T>(outcomes: readonly Outcome[], write: () => T): T;
  /** Whether what `value` writes ends in a call of `exact`. */
  isChecked(e: Expression): boolean;
  /** Whether the value may be -0, given the state variables that can be. */
  mayBeNegativeZero(e: Expression, variables: ReadonlySet<string>): boolean;
  isList(e: Expression): boolean;
  /** As an array that nothing else holds; `moved` may be taken for it. */
  ownList(e: Expression, moved?: string): string;
  /** Whether the list is never empty. */
  hasNumbers(list: Expression): boolean;
}

/**
 * Writes expressions of numbers. `rangeOf` tells ranges in "safe" arithmetic: every operation that can
 * leave the safe integers, with operands in their ranges, is put in a call of `exact`, which throws
 * then. All other results are exact, so nothing is ever rounded. Helpers that the text calls are
 * added to `helpers`.
 */
export function javaScriptExpressions(
  names: Names,
  rangeOf: (e: Expression) => Range,
  lengthOf: (list: Expression) => Range,
  isList: (e: Expression) => boolean,
  helpers: Set<HelperName>,
): JavaScriptExpressions {
  const isBit = (e: Expression) => isWithin(rangeOf(e), { min: 0, max: 1 });
  const isChecked = (e: Expression) => !isListOperator(e) && canLeaveSafeIntegers(e, rangeOf);
  /** These check what they compute themselves. */
  const isListOperator = (e: Expression) =>
    ["shift", "append", "add-at", "reverse", "sum", "at", "argmax", "in"].includes(e.op);

  function infix(level: number, left: string, operator: string, right: string): Fragment {
    return { text: `${left} ${operator} ${right}`, level };
  }

  function call(name: string, args: readonly Expression[]): Fragment {
    const text = args.map((argument) => value(argument).text).join(", ");
    return { text: `${name}(${text})`, level: levels.atom };
  }

  function helperCall(name: HelperName, args: readonly Expression[]): Fragment {
    helpers.add(name);
    return call(name, args);
  }

  function comparison(
    level: number,
    operator: string,
    mirrored: string,
    a: Expression,
    b: Expression,
  ): Fragment {
    const [left, right] = [a, b].map((e) => atLeast(level + 1, value(e)));
    return a.op === "integer" && b.op !== "integer"
      ? infix(level, right, mirrored, left)
      : infix(level, left, operator, right);
  }

  function equality(operator: "===" | "!==", a: Expression, b: Expression): Fragment {
    if (!isList(a)) {
      if (!isConstant(a) || !isConstant(b)) {
        return comparison(levels.equality, operator, operator, a, b);
      }
      if (a.op === "integer" && b.op === "integer") {
        return { text: String((a.value === b.value) === (operator === "===")), level: levels.atom };
      }
      const [left, right] = a.op === "integer" ? [b, a] : [a, b];
      const text = atLeast(levels.relational, value(right));
      return infix(levels.equality, asNumber(left).text, operator, text);
    }
    const fragment = helperCall("equalLists", [a, b]);
    return operator === "===" ? fragment : { text: `!${fragment.text}`, level: levels.unary };
  }

  /** The names of inputs and variables that have equalled constants where the text now stands. */
  let constants: ReadonlySet<string> = new Set();

  function within<T>(names: readonly string[], write: () => T): T {
    const before = constants;
    constants = new Set([...before, ...names]);
    const written = write();
    constants = before;
    return written;
  }

  function given<T>([first, ...others]: readonly Outcome[], write: () => T): T {
    return first === undefined ? write() : within(madeConstant(first), () => given(others, write));
  }

  /** What TypeScript takes for constants once the condition has come out so; rather too much. */
  function madeConstant([e, holds]: Outcome): string[] {
    switch (e.op) {
      case "not":
        return madeConstant([e.args[0], !holds]);
      case "==": {
        const [a, b] = e.args;
        const pairs = holds ? ([e.args, [b, a]] as const) : [];
        return pairs.flatMap(([p, q]) => (isVariable(p) && isConstant(q) ? [value(p).text] : []));
      }
      case "and":
      case "or": {
        const [a, b] = e.args;
        const first = madeConstant([a, holds]);
        // Where either may have come out so, TypeScript skips the one that it sees cannot have.
        return [...first, ...within(first, () => madeConstant([b, holds]))];
      }
      default:
        return isVariable(e) && !holds && !isBit(e) ? [value(e).text] : [];
    }
  }

  const isVariable = (e: Expression) => e.op === "input" || e.op === "state";

  /** Whether TypeScript may know all values, and then refuse to compare them with others. */
  function isConstant(e: Expression): boolean {
    switch (e.op) {
      case "integer":
        return true;
      case "input":
      case "state":
        return constants.has(value(e).text);
      case "negate":
        return e.args[0].op === "integer";
      case "if": {
        const [test, yes, no] = e.args;
        return (
          given([[test, true]], () => isConstant(yes)) &&
          given([[test, false]], () => isConstant(no))
        );
      }
      case "and":
      case "or":
      case "not":
        return !writesBoolean(e);
      default:
        return false;
    }
  }

  /** Whether TypeScript sees from the text alone that the value is not 0, and then refuses to ask. */
  function isPlainlyTrue(e: Expression): boolean {
    return e.op === "integer" ? e.value > 1 : e.op === "if" && e.args.slice(1).every(isPlainlyTrue);
  }

  const asNumber = (e: Expression): Fragment => ({
    text: `Number(${value(e).text})`,
    level: levels.atom,
  });

  function compareWithZero(operator: "===" | "!==", e: Expression): Fragment {
    if (e.op === "integer") {
      // TypeScript refuses to compare constants.
      return { text: String((e.value === 0) === (operator === "===")), level: levels.atom };
    }
    const left = isConstant(e) ? asNumber(e) : value(e);
    return infix(levels.equality, atLeast(levels.relational, left), operator, "0");
  }

  function negation(e: Expression): Fragment {
    switch (e.op) {
      case "<":
        return comparison(levels.relational, ">=", "<=", e.args[0], e.args[1]);
      case "==":
        return equality("!==", e.args[0], e.args[1]);
      case "not":
        return bit(e.args[0]);
    }
    if (isBit(e)) {
      return { text: `!${atLeast(levels.unary, condition(e))}`, level: levels.unary };
    }
    return compareWithZero("===", e);
  }

  /** Something that is 0 or false where e is 0, and 1 or true elsewhere. */
  function bit(e: Expression): Fragment {
    switch (e.op) {
      case "and":
      case "or":
        return connective(e.op, bit, e);
      case "not":
        return negation(e.args[0]);
      case "in":
        return condition(e);
      default:
        return isBit(e) ? condition(e) : compareWithZero("!==", e);
    }
  }

  function connective(
    op: "and" | "or",
    write: (e: Expression) => Fragment,
    e: BinaryExpression,
  ): Fragment {
    const [first, second] = e.args;
    const a = atLeast(levels[op], write(first));
    const b = given([[first, op === "and"]], () => atLeast(levels[op], write(second)));
    return infix(levels[op], a, op === "and" ? "&&" : "||", b);
  }

  function condition(e: Expression): Fragment {
    switch (e.op) {
      case "<":
        return comparison(levels.relational, "<", ">", e.args[0], e.args[1]);
      case "==":
        return equality("===", e.args[0], e.args[1]);
      case "not":
        return e.args[0].op === "not" ? condition(e.args[0].args[0]) : negation(e.args[0]);
      case "and":
      case "or":
        return connective(e.op, condition, e);
      case "in":
        return includes(e.args[0], e.args[1]);
      default:
        return isPlainlyTrue(e) ? compareWithZero("!==", e) : value(e);
    }
  }

  function includes(e: Expression, list: Expression): Fragment {
    const of = atLeast(levels.atom, value(list));
    return { text: `${of}.includes(${value(e).text})`, level: levels.atom };
  }

  /** Whether `bit` writes something that may be true or false rather than a number. */
  function writesBoolean(e: Expression): boolean {
    switch (e.op) {
      case "<":
      case "==":
      case "in":
        return true;
      case "not":
        return e.args[0].op !== "not" || writesBoolean(e.args[0].args[0]);
      case "and":
      case "or":
        return e.args.some(writesBoolean);
      default:
        return !isBit(e);
    }
  }

  function extremumArguments(op: BinaryOperator, e: Expression): Expression[] {
    return e.op === op
      ? (e.args as readonly Expression[]).flatMap((a) => extremumArguments(op, a))
      : [e];
  }

  /** `%` has the sign of the dividend, so it will do where neither is ever negative. */
  const isPlainRemainder = ([a, b]: BinaryExpression["args"]) =>
    rangeOf(a).min >= 0 && rangeOf(b).min > 0;

  function remainder(e: BinaryExpression): Fragment {
    if (!isPlainRemainder(e.args)) {
      return helperCall("modulo", e.args);
    }
    const [a, b] = e.args.map(value);
    return infix(levels.product, atLeast(levels.product, a), "%", atLeast(levels.unary, b));
  }

  /** Math.floor(a / b) is exact for all safe integers: no quotient rounds up to an integer. */
  function quotient(e: BinaryExpression): Fragment {
    const [a, b] = e.args;
    if (mayBe(rangeOf(b), 0)) {
      return helperCall("floorDivide", e.args);
    }
    const left = atLeast(levels.product, value(a));
    const right = atLeast(levels.unary, value(b));
    return { text: `Math.floor(${left} / ${right})`, level: levels.atom };
  }

  function unchecked(e: Expression): Fragment {
    switch (e.op) {
      case "integer":
        return { text: String(e.value), level: e.value < 0 ? levels.unary : levels.atom };
      case "input":
        return { text: names.inputs[e.index], level: levels.atom };
      case "state":
        return { text: names.state.get(e.name)!, level: levels.atom };
      case "negate": {
        const text = `-${negatedOperand(levels.unary, value(e.args[0]))}`;
        return { text, level: levels.unary };
      }
      case "abs":
        return call("Math.abs", e.args);
      case "min":
      case "max":
        return call(`Math.${e.op}`, extremumArguments(e.op, e));
      case "+":
      case "-": {
        const [a, b] = e.args.map(value);
        return infix(levels.sum, atLeast(levels.sum, a), e.op, atLeast(levels.product, b));
      }
      case "*": {
        const [a, b] = e.args.map(value);
        return infix(levels.product, atLeast(levels.product, a), "*", atLeast(levels.unary, b));
      }
      case "//":
        return quotient(e);
      case "%":
        return remainder(e);
      case "xor": {
        if (!e.args.every((argument) => isWithin(rangeOf(argument), int32))) {
          return helperCall("xor", e.args);
        }
        const [a, b] = e.args.map((argument) => atLeast(levels.xor, value(argument)));
        return infix(levels.xor, a, "^", b);
      }
      case "<":
      case "==":
      case "not":
      case "and":
      case "or":
      case "in": {
        const fragment = bit(e);
        return writesBoolean(e)
          ? { text: `Number(${fragment.text})`, level: levels.atom }
          : fragment;
      }
      case "if": {
        const test = atLeast(levels.or, condition(e.args[0]));
        const yes = given([[e.args[0], true]], () => atLeast(levels.or, value(e.args[1])));
        const no = given([[e.args[0], false]], () => value(e.args[2]).text);
        return { text: `${test} ? ${yes} : ${no}`, level: levels.conditional };
      }
      case "list":
        return { text: `[${e.values.map((v) => v + 0).join(", ")}]`, level: levels.atom };
      case "shift": {
        const [list, added] = e.args;
        if (!hasNumbers(list)) {
          return helperCall("shift", e.args);
        }
        const of = atLeast(levels.atom, value(list));
        return { text: `[...${of}.slice(1), ${value(added).text}]`, level: levels.atom };
      }
      case "append":
        return {
          text: `[...${value(e.args[0]).text}, ${value(e.args[1]).text}]`,
          level: levels.atom,
        };
      case "add-at":
        return { text: addAt(ownList(e.args[0]), e), level: levels.atom };
      case "reverse":
        return { text: `${ownList(e.args[0])}.reverse()`, level: levels.atom };
      case "sum":
        helpers.add("exact");
        return helperCall("sum", e.args);
      case "argmax":
        return helperCall("argmax", e.args);
      case "at": {
        const [list, index] = e.args;
        const { min, max } = rangeOf(index);
        if (min < 0 || max >= lengthOf(list).min) {
          helpers.add("place");
          return helperCall("at", e.args);
        }
        const of = atLeast(levels.atom, value(list));
        return { text: `${of}[${value(index).text}]`, level: levels.atom };
      }
      default:
        return e satisfies never;
    }
  }

  function value(e: Expression): Fragment {
    const fragment = unchecked(e);
    if (!isChecked(e)) {
      return fragment;
    }
    helpers.add("exact");
    return { text: `exact(${fragment.text})`, level: levels.atom };
  }

  const hasNumbers = (list: Expression) => lengthOf(list).min >= 1;

  function addAt(list: string, e: AddAtExpression): string {
    helpers.add("exact").add("place").add("addAt");
    return `addAt(${list}, ${value(e.args[1]).text}, ${value(e.args[2]).text})`;
  }

  function ownList(e: Expression, moved?: string): string {
    const text = value(e).text;
    if (e.op === "state") {
      return e.name === moved ? text : `[...${text}]`;
    }
    return e.op === "add-at" ? addAt(ownList(e.args[0], moved), e) : text;
  }

  function mayBeNegativeZero(e: Expression, variables: ReadonlySet<string>): boolean {
    const may = (argument: Expression) => mayBeNegativeZero(argument, variables);
    const mayBeZero = (argument: Expression) => mayBe(rangeOf(argument), 0);
    const mayBeNegative = (argument: Expression) => rangeOf(argument).min < 0;
    switch (e.op) {
      case "state":
        return variables.has(e.name);
      case "negate":
        return mayBeZero(e.args[0]);
      case "+":
        return may(e.args[0]) && may(e.args[1]);
      case "-":
        return may(e.args[0]) && mayBeZero(e.args[1]);
      case "*": {
        const [a, b] = e.args;
        return (
          may(a) ||
          may(b) ||
          (mayBeZero(a) && mayBeNegative(b)) ||
          (mayBeZero(b) && mayBeNegative(a))
        );
      }
      case "//":
        return may(e.args[0]) || (mayBeZero(e.args[0]) && mayBeNegative(e.args[1]));
      case "%":
        return isPlainRemainder(e.args) && may(e.args[0]);
      case "min":
      case "max":
      case "and":
      case "or":
        return e.args.some(may);
      case "if":
        return may(e.args[1]) || may(e.args[2]);
      case "shift":
      case "append":
        return e.args.some(may);
      case "add-at":
      case "reverse":
      case "at":
        return may(e.args[0]);
      default:
        return false;
    }
  }

  return {
    value: (e) => value(e).text,
    condition: (e) => condition(e).text,
    given,
    isChecked,
    mayBeNegativeZero,
    isList,
    ownList,
    hasNumbers,
  };
}
