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

export type UnaryOperator = (typeof unaryOperators)[number];
export type BinaryOperator = (typeof binaryOperators)[number];

/** A safe integer. */
export interface IntegerExpression {
  readonly op: "integer";
  readonly value: number;
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

export interface UnaryExpression {
  readonly op: UnaryOperator;
  readonly args: readonly [Expression];
}

export interface BinaryExpression {
  readonly op: BinaryOperator;
  readonly args: readonly [Expression, Expression];
}

/** [condition, then, else] */
export interface ConditionalExpression {
  readonly op: "if";
  readonly args: readonly [Expression, Expression, Expression];
}

/** An operator with its arguments. */
export type OperatorExpression = UnaryExpression | BinaryExpression | ConditionalExpression;

export type Expression = IntegerExpression | InputExpression | StateExpression | OperatorExpression;

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

/** a when the condition is not 0, else b */
export function conditional(
  condition: Expression,
  a: Expression,
  b: Expression,
): ConditionalExpression {
  return { op: "if", args: [condition, a, b] };
}

/** The arguments of an expression, none for integers, inputs and state variables. */
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

/** Calls `visit` on the expression and on everything below it, an expression before its arguments. */
export function visitExpression(e: Expression, visit: (e: Expression) => void): void {
  visit(e);
  for (const argument of argumentsOf(e)) {
    visitExpression(argument, visit);
  }
}

/** Number of nodes of the expression's tree. */
export function countNodes(e: Expression): number {
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
  const others = argumentsOf(b);
  return a.args.every((argument, i) => sameExpression(argument, others[i]));
}
