// A program one position at a time: a state and an input give the next state and the outputs. It is
// what searches over the states of a program need, which come back to a state they left long ago.

import type { Expression } from "../expression.ts";
import type { Program } from "../program.ts";
import { checkProgram, listVariables } from "../program.ts";
import type { BigIntFrame } from "./compile-bigints.ts";
import { compileListOnBigInts, compileOnBigInts } from "./compile-bigints.ts";
import type { StateNumbers } from "./compile-lists.ts";
import type { NumberFrame } from "./compile-numbers.ts";
import { compileListOnNumbers, compileOnNumbers, leftSafeIntegers } from "./compile-numbers.ts";

/** An integer: a number where it is a safe one, else a BigInt; never -0. */
export type Integer = number | bigint;

/** The value of every state variable, in the program's order. Never changed, so it can be kept. */
export type ProgramState = readonly (Integer | readonly Integer[])[];

/** A program that is run one position at a time. */
export interface SteppedProgram {
  /** The state before the first position. */
  readonly initial: ProgramState;
  /**
   * One position further.
   *
   * @param x inputs [inputDim], safe integers
   * @throws EvaluationError where the run of a program does, naming the expression
   */
  readonly step: (
    state: ProgramState,
    x: ArrayLike<number>,
  ) => { readonly state: ProgramState; readonly outputs: readonly Integer[] };
}

type Evaluated<Value> = Value | readonly Value[];
type Evaluator<Value, Frame> = (frame: Frame) => Evaluated<Value>;

interface Compiled<Value, Frame> {
  readonly updates: readonly Evaluator<Value, Frame>[];
  readonly outputs: readonly ((frame: Frame) => Value)[];
}

type Compile<Result> = (e: Expression, path: string, state: StateNumbers) => Result;

function compile<Value, Frame>(
  program: Program,
  names: StateNumbers,
  compileNumber: Compile<(frame: Frame) => Value>,
  compileList: Compile<(frame: Frame) => readonly Value[]>,
): Compiled<Value, Frame> {
  return {
    updates: program.updates.map(({ target, value }, i) =>
      names.lists.has(target)
        ? compileList(value, `updates[${i}].value`, names)
        : compileNumber(value, `updates[${i}].value`, names),
    ),
    outputs: program.outputs.map((output, i) => compileNumber(output, `outputs[${i}]`, names)),
  };
}

/**
 * Prepares a program to be run position by position. The outputs along a sequence are those of
 * `compileProgram`.
 *
 * @throws Error as `checkProgram` when the program is not one
 */
export function compileStep(program: Program): SteppedProgram {
  checkProgram(program);
  const numbers = new Map(program.state.map(({ name }, i) => [name, i]));
  const names: StateNumbers = { numbers, lists: listVariables(program) };
  const targets = program.updates.map(({ target }) => numbers.get(target)!);
  const inPlace = program.order === "in-place";
  const size = program.state.length;
  const isList = program.state.map(({ name }) => names.lists.has(name));
  const onNumbers = compile(program, names, compileOnNumbers, compileListOnNumbers);
  let onBigInts: Compiled<bigint, BigIntFrame> | undefined;

  /** Runs the updates and outputs over a frame that holds the state. */
  function advance<Value, Frame extends { state: { [i: number]: Value }; lists: unknown[] }>(
    { updates, outputs }: Compiled<Value, Frame>,
    frame: Frame,
  ): Value[] {
    const write = (target: number, value: Evaluated<Value>) => {
      if (isList[target]) frame.lists[target] = value;
      else frame.state[target] = value as Value;
    };
    if (inPlace) {
      for (let i = 0; i < updates.length; i++) write(targets[i], updates[i](frame));
    } else {
      const values = updates.map((update) => update(frame));
      for (let i = 0; i < values.length; i++) write(targets[i], values[i]);
    }
    return outputs.map((output) => output(frame));
  }

  const numberFrame: NumberFrame = { x: [], offset: 0, state: new Float64Array(size), lists: [] };

  const stepOnNumbers = (state: ProgramState, x: ArrayLike<number>) => {
    numberFrame.x = x;
    for (let i = 0; i < size; i++) {
      const value = state[i];
      if (typeof value === "number") numberFrame.state[i] = value;
      else numberFrame.lists[i] = value as readonly number[];
    }
    const outputs = advance(onNumbers, numberFrame);
    // adding 0 turns the -0 of products and negations into 0
    for (let i = 0; i < outputs.length; i++) outputs[i] += 0;
    const next: (Integer | readonly Integer[])[] = [];
    for (let i = 0; i < size; i++) {
      next.push(isList[i] ? withoutNegativeZero(numberFrame.lists[i]) : numberFrame.state[i] + 0);
    }
    return { state: next, outputs };
  };

  const stepOnBigInts = (state: ProgramState, x: ArrayLike<number>) => {
    onBigInts ??= compile(program, names, compileOnBigInts, compileListOnBigInts);
    const frame: BigIntFrame = {
      x,
      offset: 0,
      state: state.map((value) => (typeof value === "object" ? 0n : BigInt(value))),
      lists: state.map((value) => (typeof value === "object" ? value.map(BigInt) : [])),
    };
    const outputs = advance(onBigInts, frame).map(plain);
    const next = isList.map((list, i) =>
      list ? frame.lists[i].map(plain) : plain(frame.state[i]),
    );
    return { state: next, outputs };
  };

  return {
    initial: program.state.map(({ initial }) => initial),
    step(state, x) {
      if (state.every(isSmall)) {
        try {
          return stepOnNumbers(state, x);
        } catch (error) {
          if (error !== leftSafeIntegers) throw error;
        }
      }
      return stepOnBigInts(state, x);
    },
  };
}

function isSmall(value: Integer | readonly Integer[]): boolean {
  if (typeof value !== "object") return typeof value === "number";
  return value.every((entry) => typeof entry === "number");
}

function withoutNegativeZero(list: readonly number[]): readonly number[] {
  return list.some((value) => Object.is(value, -0)) ? list.map((value) => value + 0) : list;
}

function plain(value: bigint): Integer {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
