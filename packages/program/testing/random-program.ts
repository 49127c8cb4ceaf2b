// Random programs, seeded: to test what works on programs against the interpreter, and as tasks
// whose program is known.

import type {
  BinaryOperator,
  DrawInteger,
  Expression,
  Program,
  UnaryOperator,
} from "@latticode/program";
import {
  addAt,
  append,
  argmax,
  at,
  binary,
  binaryOperators,
  conditional,
  contains,
  drawIntegers,
  equal,
  input,
  integer,
  listOf,
  modulo,
  reverse,
  shift,
  state,
  sum,
  unary,
  unaryOperators,
} from "@latticode/program";

/** What random expressions are made of. */
export interface RandomExpressionOptions {
  /** Largest number of operators on a path from the root to a leaf. */
  readonly depth: number;
  /** Number of inputs to choose from, at least 1. */
  readonly inputDim: number;
  /** Names of state variables to choose from. */
  readonly state: readonly string[];
  /** Constants to choose from. */
  readonly constants: readonly number[];
  /** Names of list variables to choose from; without it there are no lists at all. */
  readonly lists?: readonly string[];
}

/** Small numbers, often indices of a short list. */
function randomIndex(draw: DrawInteger, options: RandomExpressionOptions): Expression {
  switch (draw(0, 2)) {
    case 0:
      return integer(draw(-4, 3));
    case 1:
      return modulo(randomExpression(draw, options), integer(draw(1, 3)));
    default:
      return randomExpression(draw, options);
  }
}

/**
 * A random expression whose value is a list; `options.lists` may be empty. Indices may be out of
 * range and lists empty.
 */
export function randomList(draw: DrawInteger, options: RandomExpressionOptions): Expression {
  const { depth, constants, lists = [] } = options;
  const random = (n: number) => draw(0, n - 1);
  if (depth === 0 || random(depth + 2) === 0) {
    return lists.length > 0 && random(3) > 0
      ? state(lists[random(lists.length)])
      : listOf(Array.from({ length: 1 + random(4) }, () => constants[random(constants.length)]));
  }
  const below = { ...options, depth: depth - 1 };
  const list = randomList(draw, below);
  switch (random(4)) {
    case 0:
      return shift(list, randomExpression(draw, below));
    case 1:
      return append(list, randomExpression(draw, below));
    case 2:
      return addAt(list, randomIndex(draw, below), randomExpression(draw, below));
    default:
      return reverse(list);
  }
}

/** A random number made of lists. */
function randomNumberOfList(draw: DrawInteger, options: RandomExpressionOptions): Expression {
  const list = randomList(draw, options);
  switch (draw(0, 4)) {
    case 0:
      return sum(list);
    case 1:
      return at(list, randomIndex(draw, options));
    case 2:
      return argmax(list);
    case 3:
      return contains(randomExpression(draw, options), list);
    default:
      return equal(list, randomList(draw, options));
  }
}

/**
 * A random expression; all operators are equally likely, leaves likelier the fewer remain below.
 */
export function randomExpression(draw: DrawInteger, options: RandomExpressionOptions): Expression {
  const { depth, inputDim, constants } = options;
  const random = (n: number) => draw(0, n - 1);
  if (depth === 0 || random(depth + 2) === 0) {
    const kind = random(options.state.length === 0 ? 2 : 3);
    return kind === 0
      ? integer(constants[random(constants.length)])
      : kind === 1
        ? input(random(inputDim))
        : state(options.state[random(options.state.length)]);
  }
  if (options.lists !== undefined && random(4) === 0) {
    return randomNumberOfList(draw, { ...options, depth: depth - 1 });
  }
  const argument = () => randomExpression(draw, { ...options, depth: depth - 1 });
  const operators: readonly (UnaryOperator | BinaryOperator | "if")[] = [
    ...unaryOperators,
    ...binaryOperators,
    "if",
  ];
  const op = operators[random(operators.length)];
  switch (op) {
    case "if":
      return conditional(argument(), argument(), argument());
    case "negate":
    case "abs":
    case "not":
      return unary(op, argument());
    default:
      return binary(op, argument(), argument());
  }
}

/**
 * A random program of up to 3 inputs, 4 state variables and 3 outputs, with expressions of the
 * given depth (3 if absent); with `lists` also of up to 2 list variables. It may divide by 0, and
 * look for numbers that lists do not have, on some or all inputs. The seed is an integer from 0 to
 * 2^53 - 1.
 */
export function randomProgram(options: {
  readonly seed: number;
  readonly depth?: number;
  readonly lists?: boolean;
}): Program {
  const draw = drawIntegers(options.seed, options.lists ? 1 : 0);
  const random = (n: number) => draw(0, n - 1);
  const constants = [-3, -2, -1, 0, 0, 1, 1, 1, 2, 2, 3, 5, 7, 10];
  const inputDim = 1 + random(3);
  const names = ["a", "b", "c", "d"].slice(0, random(5));
  const lists = options.lists ? ["v", "w"].slice(0, random(3)) : undefined;
  const depth = options.depth ?? 3;
  const choices = { depth, inputDim, state: names, constants, ...(lists && { lists }) };
  const expression = () => randomExpression(draw, choices);
  const order = random(2) === 0 ? "simultaneous" : "in-place";
  const updates = names.map((target) => ({ target, value: expression() }));
  const listUpdates = (lists ?? []).map((target) => ({
    target,
    value: randomList(draw, choices),
  }));
  updates.push(...listUpdates);
  for (let i = updates.length - 1; i > 0; i--) {
    const j = random(i + 1);
    [updates[i], updates[j]] = [updates[j], updates[i]];
  }
  const constant = () => constants[random(constants.length)];
  const start = () => Array.from({ length: random(5) }, constant);
  return {
    inputDim,
    state: [
      ...names.map((name) => ({ name, initial: constant() })),
      ...(lists ?? []).map((name) => ({ name, initial: start() })),
    ],
    order,
    updates: updates.filter(() => random(8) !== 0),
    outputs: Array.from({ length: 1 + random(3) }, expression),
  };
}
