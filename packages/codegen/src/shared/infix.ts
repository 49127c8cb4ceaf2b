// The writer of precedence: every language's infix and prefix operators go through it, as data.

import type { BinaryExpression } from "@latticode/program";
import type { ExpressionOf } from "./forms.ts";
import type { Names } from "./names.ts";

/** A piece of text that is an expression of the emitted language. */
export interface Fragment {
  readonly text: string;
  /** How tightly its outermost operator binds; the higher the tighter. */
  readonly level: number;
}

/** An operator between two operands: its sign, its level, and the least levels of its operands. */
export type InfixOperator = readonly [sign: string, level: number, left: number, right: number];

/** Each comparison, and the one that holds with the operands exchanged. */
const mirrored = { "<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!=" } as const;

/** What holds where a comparison does not. */
export const negated = { "<": ">=", "==": "!=" } as const;

export type Comparison = keyof typeof mirrored;
export type Arithmetic = "+" | "-" | "*" | "//" | "%" | "xor";

/** A language's infix operators, by what they mean. */
export type InfixOperators = {
  readonly [meaning in Comparison | Arithmetic | "and" | "or"]: InfixOperator;
};

// Levels that all emitted languages share; those of infix operators are whole numbers between.
export const loosest = 0;
export const unary = 100;
const tightest = Infinity;

/** An operator that may be regrouped at will, as in `a && b && c`. */
export function associative(sign: string, level: number): InfixOperator {
  return [sign, level, level, level];
}

/** An operator that is grouped from the left: `a - b - c` is `(a - b) - c`. */
export function leftToRight(sign: string, level: number): InfixOperator {
  return [sign, level, level, level + 1];
}

/** An operator whose operands have to bind more tightly than itself, as those of comparisons. */
export function comparing(sign: string, level: number): InfixOperator {
  return [sign, level, level + 1, level + 1];
}

/** All comparisons at one level. */
export function comparisons(level: number): { readonly [op in Comparison]: InfixOperator } {
  const at = (sign: string) => comparing(sign, level);
  return {
    ...{ "<": at("<"), ">": at(">"), "<=": at("<="), ">=": at(">=") },
    ...{ "==": at("=="), "!=": at("!=") },
  };
}

/** The operators of C, whose precedence JavaScript has too. */
export const operatorsOfC: InfixOperators = {
  or: associative("||", 1),
  and: associative("&&", 2),
  xor: associative("^", 3),
  ...comparisons(5),
  "==": comparing("==", 4),
  "!=": comparing("!=", 4),
  "+": leftToRight("+", 6),
  "-": leftToRight("-", 6),
  "*": leftToRight("*", 7),
  "//": leftToRight("/", 7),
  "%": leftToRight("%", 7),
};

/** A name, a number, a call: what needs no parentheses anywhere. */
export const atom = (text: string): Fragment => ({ text, level: tightest });

/** The text of an integer, whose sign binds as an operator. */
export const integerText = (value: number): Fragment => ({
  text: String(value),
  level: value < 0 ? unary : tightest,
});

/** The text, in parentheses when it binds less tightly than `least`. */
export function atLeast(least: number, { text, level }: Fragment): string {
  return level < least ? `(${text})` : text;
}

/** The text, ready for an index or a method behind it. */
export const receiver = (fragment: Fragment): string => atLeast(tightest, fragment);

/**
 * An operator before its operand. A minus is kept apart from another, since `--x` may decrement.
 */
export function prefix(sign: string, operand: Fragment, level: number = unary): Fragment {
  const text = atLeast(level, operand);
  return { text: sign === "-" && text.startsWith("-") ? `-(${text})` : sign + text, level };
}

/** An operator between its operands. */
export function infix(operator: InfixOperator, a: Fragment, b: Fragment): Fragment {
  const [sign, level, left, right] = operator;
  return { text: `${atLeast(left, a)} ${sign} ${atLeast(right, b)}`, level };
}

/** A comparison of an expression's written arguments; a lone number stands on the right. */
export function compare(
  operators: InfixOperators,
  meaning: Comparison,
  { args: [a, b] }: BinaryExpression,
  [left, right]: readonly Fragment[],
): Fragment {
  return a.op === "integer" && b.op !== "integer"
    ? infix(operators[mirrored[meaning]], right, left)
    : infix(operators[meaning], left, right);
}

/** Integers, inputs and variables, which languages with infix operators write alike. */
export const leaves = {
  integer: ({ value }: ExpressionOf<"integer">): Fragment => integerText(value),
  input: ({ index }: ExpressionOf<"input">, { names }: { readonly names: Names }): Fragment =>
    atom(names.inputs[index]),
  state: ({ name }: ExpressionOf<"state">, { names }: { readonly names: Names }): Fragment =>
    atom(names.state.get(name)!),
} as const;
