// Expressions over integers of any size, as plain JSON data. What every operator means:
//
//   + - *         exact
//   // %          Python's: the quotient is rounded down, the remainder has the divisor's sign;
//                 a divisor of 0 is an error
//   negate abs min max
//   == < not      1 when it holds, else 0; `not` holds for 0
//   and or        1 or 0; any number but 0 counts as true. As in Python, the second argument is
//                 evaluated only when the first does not decide
//   xor           Python's ^: bitwise, two's complement of unlimited width for negative numbers
//   if            [condition, then, else]: evaluates the condition and then the chosen branch only
//
// State variables and expressions may also be lists of such integers, none included; a list is a
// value, never changed in place:
//
//   list          a literal list of one integer or more
//   shift         [list, e]: without its first number, with e behind its last; an error when empty
//   append        [list, e]: with e behind its last number
//   add-at        [list, index, e]: with e added to the number at that index
//   reverse       [list]: last number first
//   sum           [list]: 0 when empty
//   at            [list, index]: the number at that index
//   argmax        [list]: the first index of the largest number; an error when empty
//   in            [e, list]: 1 when the list has e, else 0
//
// Indices are Python's: from 0, and from -1 backwards for the last, the one before ...; anything
// else is an error. == compares two lists too: 1 when of one length and equal number by number.
// Every other argument is a number. Arguments are evaluated from the left to the right.

/** Operators of one argument. */
export const unaryOperators = ["negate", "abs", "not"] as const;

/** Operators of two arguments. */
export const binaryOperators = [
  "+",
  "-",
  "*",
  "//",
  "%",
  "min",
  "max",
  "==",
  "<",
  "and",
  "or",
  "xor",
] as const;

/** Operators that take or give lists, with the kind of every argument and of the result. */
export const listOperators = {
  shift: { args: ["list", "number"], result: "list" },
  append: { args: ["list", "number"], result: "list" },
  "add-at": { args: ["list", "number", "number"], result: "list" },
  reverse: { args: ["list"], result: "list" },
  sum: { args: ["list"], result: "number" },
  at: { args: ["list", "number"], result: "number" },
  argmax: { args: ["list"], result: "number" },
  in: { args: ["number", "list"], result: "number" },
} as const;

export type ListOperator = keyof typeof listOperators;

/** What an expression or a state variable is. */
export type Kind = "number" | "list";

export type UnaryOperator = (typeof unaryOperators)[number];
export type BinaryOperator = (typeof binaryOperators)[number];

/** A safe integer. */
export interface IntegerExpression {
  readonly op: "integer";
  readonly value: number;
}

/** A list of safe integers, at least one. */
export interface ListExpression {
  readonly op: "list";
  readonly values: readonly number[];
}

/** The current input, x_t[index]. */
export interface InputExpression {
  readonly op: "input";
  readonly index: number;
}

/** The current value of a state variable. */
export interface StateExpression {
  readonly op: "state";
  readonly name: string;
}

interface Operation<Op extends string, Args extends readonly Expression[]> {
  readonly op: Op;
  readonly args: Args;
}

type One = readonly [Expression];
type Two = readonly [Expression, Expression];
type Three = readonly [Expression, Expression, Expression];

export interface UnaryExpression extends Operation<UnaryOperator, One> {}

export interface BinaryExpression extends Operation<BinaryOperator, Two> {}

/** [condition, then, else] */
export interface ConditionalExpression extends Operation<"if", Three> {}

/** [list] */
export interface ListReductionExpression extends Operation<"reverse" | "sum" | "argmax", One> {}

/** [list, e] */
export interface ListExtensionExpression extends Operation<"shift" | "append", Two> {}

/** [list, index, e] */
export interface AddAtExpression extends Operation<"add-at", Three> {}

/** [list, index] */
export interface AtExpression extends Operation<"at", Two> {}

/** [e, list] */
export interface InExpression extends Operation<"in", Two> {}

/** An operator that takes or gives a list. */
export type ListOperatorExpression =
  | ListReductionExpression
  | ListExtensionExpression
  | AddAtExpression
  | AtExpression
  | InExpression;

/** An operator with its arguments. */
export type OperatorExpression =
  | UnaryExpression
  | BinaryExpression
  | ConditionalExpression
  | ListOperatorExpression;

export type Expression =
  | IntegerExpression
  | ListExpression
  | InputExpression
  | StateExpression
  | OperatorExpression;

/**
 * The integer `value`; -0 becomes 0.
 *
 * @throws RangeError when `value` is not a safe integer
 */
export function integer(value: number): IntegerExpression {
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`integer: ${value} is not a safe integer`);
  }
  return { op: "integer", value: value === 0 ? 0 : value };
}

/**
 * The list of those numbers; -0 becomes 0.
 *
 * @throws RangeError when there is none or one is not a safe integer
 */
export function listOf(values: ArrayLike<number>): ListExpression {
  if (values.length === 0) {
    throw new RangeError("listOf: empty, a literal list has at least one number");
  }
  return { op: "list", values: Array.from(values, (value) => integer(value).value) };
}

/** The input with that index, from 0, at the current position. */
export function input(index: number): InputExpression {
  return { op: "input", index };
}

/** The current value of the state variable of that name. */
export function state(name: string): StateExpression {
  return { op: "state", name };
}

/** An operator of one argument, for code that enumerates operators. */
export function unary(op: UnaryOperator, a: Expression): UnaryExpression {
  return { op, args: [a] };
}

/** An operator of two arguments, for code that enumerates operators. */
export function binary(op: BinaryOperator, a: Expression, b: Expression): BinaryExpression {
  return { op, args: [a, b] };
}

/** -a */
export const negate = (a: Expression): UnaryExpression => unary("negate", a);
/** |a| */
export const absolute = (a: Expression): UnaryExpression => unary("abs", a);
/** 1 when a is 0, else 0 */
export const not = (a: Expression): UnaryExpression => unary("not", a);
/** a + b */
export const add = (a: Expression, b: Expression): BinaryExpression => binary("+", a, b);
/** a - b */
export const subtract = (a: Expression, b: Expression): BinaryExpression => binary("-", a, b);
/** a * b */
export const multiply = (a: Expression, b: Expression): BinaryExpression => binary("*", a, b);
/** a // b, rounded down */
export const floorDivide = (a: Expression, b: Expression): BinaryExpression => binary("//", a, b);
/** a % b, with the sign of b */
export const modulo = (a: Expression, b: Expression): BinaryExpression => binary("%", a, b);
/** min(a, b) */
export const minimum = (a: Expression, b: Expression): BinaryExpression => binary("min", a, b);
/** max(a, b) */
export const maximum = (a: Expression, b: Expression): BinaryExpression => binary("max", a, b);
/** 1 when a == b, else 0 */
export const equal = (a: Expression, b: Expression): BinaryExpression => binary("==", a, b);
/** 1 when a < b, else 0 */
export const less = (a: Expression, b: Expression): BinaryExpression => binary("<", a, b);
/** 1 when neither a nor b is 0, else 0; b is evaluated only when a is not 0 */
export const and = (a: Expression, b: Expression): BinaryExpression => binary("and", a, b);
/** 0 when both a and b are 0, else 1; b is evaluated only when a is 0 */
export const or = (a: Expression, b: Expression): BinaryExpression => binary("or", a, b);
/** a ^ b, bit by bit */
export const xor = (a: Expression, b: Expression): BinaryExpression => binary("xor", a, b);

function operation<Op extends string, Args extends readonly Expression[]>(op: Op, ...args: Args) {
  return { op, args };
}

/** a when the condition is not 0, else b */
export const conditional = (
  condition: Expression,
  a: Expression,
  b: Expression,
): ConditionalExpression => operation("if", condition, a, b);
/** The list without its first number and with e behind its last */
export const shift = (list: Expression, e: Expression): ListExtensionExpression =>
  operation("shift", list, e);
/** The list with e behind its last number */
export const append = (list: Expression, e: Expression): ListExtensionExpression =>
  operation("append", list, e);
/** The list with e added to the number at that index, which counts from the end when negative */
export const addAt = (list: Expression, index: Expression, e: Expression): AddAtExpression =>
  operation("add-at", list, index, e);
/** The list from its last number to its first */
export const reverse = (list: Expression): ListReductionExpression => operation("reverse", list);
/** The sum of the list's numbers */
export const sum = (list: Expression): ListReductionExpression => operation("sum", list);
/** The list's number at that index, which counts from the end when negative */
export const at = (list: Expression, index: Expression): AtExpression =>
  operation("at", list, index);
/** The first index of the list's largest number */
export const argmax = (list: Expression): ListReductionExpression => operation("argmax", list);
/** 1 when the list has e, else 0 */
export const contains = (e: Expression, list: Expression): InExpression => operation("in", e, list);

/**
 * Whether the value of an expression of a checked program is a list or a number, given the names of
 * the state variables that are lists.
 */
export function kindOf(e: Expression, lists: ReadonlySet<string>): Kind {
  switch (e.op) {
    case "list":
      return "list";
    case "state":
      return lists.has(e.name) ? "list" : "number";
    default:
      return Object.hasOwn(listOperators, e.op)
        ? listOperators[e.op as ListOperator].result
        : "number";
  }
}

/** The arguments of an expression, none for integers, lists, inputs and state variables. */
export function argumentsOf(e: Expression): readonly Expression[] {
  return "args" in e ? e.args : [];
}

/**
 * The expression with every argument replaced by `change` of it; the very same object when that
 * changes nothing.
 */
export function mapArguments(
  e: Expression,
  change: (argument: Expression) => Expression,
): Expression {
  if (!("args" in e)) {
    return e;
  }
  const args = e.args.map(change);
  if (args.every((argument, i) => argument === e.args[i])) {
    return e;
  }
  return { op: e.op, args } as unknown as OperatorExpression;
}

/**
 * Calls `visit` on the expression and on everything below it, an expression before its arguments.
 */
export function visitExpression(e: Expression, visit: (e: Expression) => void): void {
  visit(e);
  for (const argument of argumentsOf(e)) {
    visitExpression(argument, visit);
  }
}

/** Number of nodes of the expression's tree; a literal list counts each of its numbers. */
export function countNodes(e: Expression): number {
  if (e.op === "list") {
    return e.values.length;
  }
  let count = 1;
  for (const argument of argumentsOf(e)) {
    count += countNodes(argument);
  }
  return count;
}

/** Names of the state variables that the expression mentions, in order of appearance. */
export function stateNames(e: Expression): Set<string> {
  const names = new Set<string>();
  visitExpression(e, (node) => {
    if (node.op === "state") {
      names.add(node.name);
    }
  });
  return names;
}

/** The expression with every state variable replaced by what `change` gives for its name. */
export function replaceStates(e: Expression, change: (name: string) => Expression): Expression {
  return e.op === "state"
    ? change(e.name)
    : mapArguments(e, (argument) => replaceStates(argument, change));
}

/** Whether two lists have the same numbers in the same order. */
export function sameNumbers<T extends number | bigint>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** Whether two expressions are the same tree. */
export function sameExpression(a: Expression, b: Expression): boolean {
  if (a === b) {
    return true;
  }
  if (a.op !== b.op) {
    return false;
  }
  if (a.op === "integer") {
    return a.value === (b as IntegerExpression).value;
  }
  if (a.op === "input") {
    return a.index === (b as InputExpression).index;
  }
  if (a.op === "state") {
    return a.name === (b as StateExpression).name;
  }
  if (a.op === "list") {
    return sameNumbers(a.values, (b as ListExpression).values);
  }
  const others = argumentsOf(b);
  return a.args.every((argument, i) => sameExpression(argument, others[i]));
}
