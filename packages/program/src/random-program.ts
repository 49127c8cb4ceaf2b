// Random programs, seeded: to test what works on programs against the interpreter, and as tasks
// whose program is known.

import type { BinaryOperator, Expression, UnaryOperator } from "./expression.ts";
import {
  binary,
  binaryOperators,
  conditional,
  input,
  integer,
  state,
  unary,
  unaryOperators,
} from "./expression.ts";
import type { Program } from "./program.ts";
import type { DrawInteger } from "./random.ts";
import { drawIntegers } from "./random.ts";

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
}

/** A random expression; all operators are equally likely, leaves likelier the fewer remain below. */
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
 * A random program of up to 3 inputs, 4 state variables and 3 outputs, with expressions of the given
 * depth (3 if absent). It may divide by 0 on some or all inputs. The seed is an integer from 0 to
 * 2^53 - 1.
 */
export function randomProgram(options: {
  readonly seed: number;
  readonly depth?: number;
}): Program {
  const draw = drawIntegers(options.seed, 0);
  const random = (n: number) => draw(0, n - 1);
  const constants = [-3, -2, -1, 0, 0, 1, 1, 1, 2, 2, 3, 5, 7, 10];
  const inputDim = 1 + random(3);
  const names = ["a", "b", "c", "d"].slice(0, random(5));
  const expression = () =>
    randomExpression(draw, { depth: options.depth ?? 3, inputDim, state: names, constants });
  const order = random(2) === 0 ? "simultaneous" : "in-place";
  const updates = names.map((target) => ({ target, value: expression() }));
  for (let i = updates.length - 1; i > 0; i--) {
    const j = random(i + 1);
    [updates[i], updates[j]] = [updates[j], updates[i]];
  }
  return {
    inputDim,
    state: names.map((name) => ({ name, initial: constants[random(constants.length)] })),
    order,
    updates: updates.filter(() => random(8) !== 0),
    outputs: Array.from({ length: 1 + random(3) }, expression),
  };
}
