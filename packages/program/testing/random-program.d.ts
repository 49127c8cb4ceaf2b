import type { DrawInteger, Expression, Program } from "@latticode/program";
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
/**
 * A random expression whose value is a list; `options.lists` may be empty. Indices may be out of
 * range and lists empty.
 */
export declare function randomList(draw: DrawInteger, options: RandomExpressionOptions): Expression;
/**
 * A random expression; all operators are equally likely, leaves likelier the fewer remain below.
 */
export declare function randomExpression(
  draw: DrawInteger,
  options: RandomExpressionOptions,
): Expression;
/**
 * A random program of up to 3 inputs, 4 state variables and 3 outputs, with expressions of the
 * given depth (3 if absent); with `lists` also of up to 2 list variables. It may divide by 0, and
 * look for numbers that lists do not have, on some or all inputs. The seed is an integer from 0 to
 * 2^53 - 1.
 */
export declare function randomProgram(options: {
  readonly seed: number;
  readonly depth?: number;
  readonly lists?: boolean;
}): Program;
