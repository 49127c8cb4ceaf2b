// Expressions become closures, since some runtimes forbid making code from text: one for every
// node, made by the operators of the arithmetic that the program is to run on.

import type { BinaryOperator, Expression, UnaryOperator } from "../expression.ts";
import { argumentsOf, kindOf } from "../expression.ts";
import type { Program } from "../program.ts";
import { listVariables } from "../program.ts";
import type { OperatorsOnLists } from "./lists.ts";

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

/**
 * A kind of numbers that programs run on. Its operators make evaluators of those of their arguments;
 * what they throw begins with the path. They are not shared by the kinds, so that runtimes compile
 * them for one.
 */
export interface Arithmetic<Value extends Integer> {
  readonly fromInteger: (value: Integer) => Value;
  readonly toInteger: (value: Value) => Integer;
  readonly fromIntegers: (values: readonly Integer[]) => readonly Value[];
  readonly toIntegers: (values: readonly Value[]) => readonly Integer[];
  /** Room for that many values, all 0. */
  readonly store: (size: number) => { [i: number]: Value };
  readonly input: (index: number) => Evaluator<Value>;
  readonly state: (number: number) => Evaluator<Value>;
  readonly operators: {
    readonly [op in UnaryOperator]: (a: Evaluator<Value>) => Evaluator<Value>;
  } & {
    readonly [op in BinaryOperator]: (
      a: Evaluator<Value>,
      b: Evaluator<Value>,
      path: string,
    ) => Evaluator<Value>;
  } & {
    readonly if: (
      condition: Evaluator<Value>,
      a: Evaluator<Value>,
      b: Evaluator<Value>,
    ) => Evaluator<Value>;
  } & OperatorsOnLists<Value>;
}

/** A program that is ready to run in one arithmetic. */
export interface CompiledSteps<Value extends Integer> {
  /** A frame with room for the state. */
  readonly makeFrame: (x: ArrayLike<number>) => Frame<Value>;
  readonly load: (frame: Frame<Value>, state: ProgramState) => void;
  readonly unload: (frame: Frame<Value>) => ProgramState;
  /** Goes over that many positions and pushes the outputs of each. */
  readonly run: (frame: Frame<Value>, length: number, results: Integer[]) => void;
}

/** Makes the evaluators of a checked program. */
export function compileSteps<Value extends Integer>(
  program: Program,
  arithmetic: Arithmetic<Value>,
): CompiledSteps<Value> {
  const { fromInteger, fromIntegers, toInteger, toIntegers, store, operators } = arithmetic;
  const numbers = new Map(program.state.map(({ name }, i) => [name, i]));
  const lists = listVariables(program);
  const isList = program.state.map(({ name }) => lists.has(name));
  const zero = fromInteger(0);

  /** Gives a number or a list, whichever the expression is. */
  const compile = (e: Expression, path: string): Evaluator<Value, never> => {
    const make = (): Evaluator<Value, unknown> => {
      switch (e.op) {
        case "integer": {
          const value = fromInteger(e.value);
          return () => value;
        }
        case "list": {
          const values = fromIntegers(e.values);
          return () => values;
        }
        case "input":
          return arithmetic.input(e.index);
        case "state": {
          const number = numbers.get(e.name)!;
          return lists.has(e.name) ? (frame) => frame.lists[number] : arithmetic.state(number);
        }
      }
      const ofLists = e.op === "==" && kindOf(e.args[0], lists) === "list";
      const operator = operators[ofLists ? "== of lists" : e.op];
      const args = argumentsOf(e).map((argument, i) => compile(argument, `${path}.args[${i}]`));
      return (operator as (...args: unknown[]) => Evaluator<Value>)(...args, path);
    };
    return make() as Evaluator<Value, never>;
  };

  // A list's update writes the list itself and gives 0 for the variable's unused place among the
  // numbers, so that programs without lists run in the plainest of loops.
  const targets = program.updates.map(({ target }) => numbers.get(target)!);
  const inPlace = program.order === "in-place";
  const listTargets = inPlace ? [] : targets.filter((number) => isList[number]);
  const nextLists: (readonly Value[])[] = [];
  const updates = program.updates.map(({ value }, i): Evaluator<Value> => {
    const evaluate = compile(value, `updates[${i}].value`);
    const number = targets[i];
    if (!isList[number]) {
      return evaluate;
    }
    return (frame) => {
      (inPlace ? frame.lists : nextLists)[number] = evaluate(frame);
      return zero;
    };
  });
  const next = store(updates.length);
  const outputs = program.outputs.map(
    (output, i): Evaluator<Value> => compile(output, `outputs[${i}]`),
  );

  return {
    makeFrame: (x) => ({ x, offset: 0, state: store(isList.length), lists: [] }),
    load(frame, state) {
      for (let i = 0; i < isList.length; i++) {
        const value = state[i];
        if (typeof value === "object") frame.lists[i] = fromIntegers(value);
        else frame.state[i] = fromInteger(value);
      }
    },
    unload: (frame) =>
      isList.map((list, i) => (list ? toIntegers(frame.lists[i]) : toInteger(frame.state[i]))),
    run(frame, length, results) {
      for (let t = 0; t < length; t++) {
        frame.offset = t * program.inputDim;
        if (inPlace) {
          for (let i = 0; i < updates.length; i++) frame.state[targets[i]] = updates[i](frame);
        } else {
          for (let i = 0; i < updates.length; i++) next[i] = updates[i](frame);
          for (let i = 0; i < updates.length; i++) frame.state[targets[i]] = next[i];
          for (let i = 0; i < listTargets.length; i++) {
            frame.lists[listTargets[i]] = nextLists[listTargets[i]];
          }
        }
        for (let i = 0; i < outputs.length; i++) results.push(toInteger(outputs[i](frame)));
      }
    },
  };
}
