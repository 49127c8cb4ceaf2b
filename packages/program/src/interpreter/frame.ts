// What a program reads and holds while it runs.

/** An integer: a number where it is a safe one, else a BigInt; never -0. */
export type Integer = number | bigint;

/** The value of every state variable, in the program's order. Never changed, so it can be kept. */
export type ProgramState = readonly (Integer | readonly Integer[])[];

/** What an expression reads while a program runs. */
export interface Frame<Value> {
  /** Inputs of all positions, [length, inputDim]. */
  x: ArrayLike<number>;
  /** Where in x the current position begins. */
  offset: number;
  /** State variables that are numbers, by number of the variable. */
  readonly state: { [i: number]: Value };
  /** State variables that are lists, by number of the variable. */
  readonly lists: (readonly Value[])[];
}

export type Evaluator<Value, Result = Value> = (frame: Frame<Value>) => Result;
export type ListEvaluator<Value> = Evaluator<Value, readonly Value[]>;
