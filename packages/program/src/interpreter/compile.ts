// Expressions become closures, since some runtimes forbid making code from text: one for every
// node, made by the operators of the arithmetic that the program is to run on.

import type { BinaryOperator, Expression, UnaryOperator } from "../expression.ts";
import { kindOf } from "../expression.ts";
import type { Program } from "../program.ts";
import { listVariables } from "../program.ts";
import type { Evaluator, Frame, Integer, ProgramState } from "./frame.ts";
import type { OperatorsOnLists } from "./lists.ts";

/**
 * A kind of numbers that programs run on. Its operators make evaluators of those of their
 * arguments; what they throw begins with the path. They are not shared by the kinds, so that
 * runtimes compile them for one.
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
export type CompiledSteps<Value extends Integer> = ReturnType<typeof compileSteps<Value>>;

/** Makes the evaluators of a checked program. */
export function compileSteps<Value extends Integer>(
  program: Program,
  arithmetic: Arithmetic<Value>,
) {
  const { fromInteger, fromIntegers, operators } = arithmetic;
  const numbers = new Map(program.state.map(({ name }, i) => [name, i]));
  const lists = listVariables(program);
  const isList = program.state.map(({ name }) => lists.has(name));
  const zero = fromInteger(0);

  /** Gives a number or a list, whichever the expression is. */
  const compile = (e: Expression, path: string) => compileNode(e, path) as Evaluator<Value, never>;

  const compileNode = (e: Expression, path: string): Evaluator<Value, unknown> => {
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
    const make = operators[ofLists ? "== of lists" : e.op] as (
      ...args: unknown[]
    ) => Evaluator<Value>;
    return make(...e.args.map((argument, i) => compile(argument, `${path}.args[${i}]`)), path);
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
  return {
    arithmetic,
    inputDim: program.inputDim,
    isList,
    inPlace,
    updates,
    targets,
    next: arithmetic.store(updates.length),
    listTargets,
    nextLists,
    outputs: program.outputs.map((output, i): Evaluator<Value> => compile(output, `outputs[${i}]`)),
  };
}

/** A frame with room for the state. */
export function makeFrame<Value extends Integer>(
  { arithmetic, isList }: CompiledSteps<Value>,
  x: ArrayLike<number>,
): Frame<Value> {
  return { x, offset: 0, state: arithmetic.store(isList.length), lists: [] };
}

/** Makes it the state of the frame. */
export function loadState<Value extends Integer>(
  { arithmetic }: CompiledSteps<Value>,
  frame: Frame<Value>,
  state: ProgramState,
): void {
  for (let i = 0; i < state.length; i++) {
    const value = state[i];
    if (typeof value === "object") frame.lists[i] = arithmetic.fromIntegers(value);
    else frame.state[i] = arithmetic.fromInteger(value);
  }
}

/** The state of the frame. */
export function unloadState<Value extends Integer>(
  { arithmetic, isList }: CompiledSteps<Value>,
  { state, lists }: Frame<Value>,
): ProgramState {
  return isList.map((list, i) =>
    list ? arithmetic.toIntegers(lists[i]) : arithmetic.toInteger(state[i]),
  );
}

/** Goes over that many positions and pushes the outputs of each. */
export function runSteps<Value extends Integer>(
  steps: CompiledSteps<Value>,
  frame: Frame<Value>,
  length: number,
  results: Integer[],
): void {
  const { inputDim, inPlace, updates, targets, next, listTargets, nextLists, outputs } = steps;
  const { toInteger } = steps.arithmetic;
  for (let t = 0; t < length; t++) {
    frame.offset = t * inputDim;
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
}
