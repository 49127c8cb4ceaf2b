// Programs run as closures over their expressions, since some runtimes forbid making code from
// text. A run goes on numbers first, in which every result is checked to be a safe integer, and
// starts over on BigInt when one is not; so results are exact at any size, and small ones are fast.

import type { Expression } from "../expression.ts";
import type { Program } from "../program.ts";
import { checkProgram, listVariables } from "../program.ts";
import type { BigIntFrame } from "./compile-bigints.ts";
import { compileListOnBigInts, compileOnBigInts } from "./compile-bigints.ts";
import type { StateNumbers } from "./compile-lists.ts";
import type { NumberFrame } from "./compile-numbers.ts";
import { compileListOnNumbers, compileOnNumbers, leftSafeIntegers } from "./compile-numbers.ts";
import { EvaluationError } from "./evaluation-error.ts";

/**
 * Runs a program on the inputs x: [length, inputDim] row-major, safe integers; numbers beyond those
 * of `length` positions are ignored. Returns the outputs [length, outputs] row-major, numbers where
 * they are safe integers and BigInt where not.
 *
 * @throws RangeError when x is too short or holds something that is not a safe integer
 * @throws EvaluationError on division by zero, on an index out of range of its list, on `shift` and
 *   `argmax` of an empty list and on a product of more than 2^20 bits, naming the expression and
 *   the position
 */
export type CompiledProgram = (x: ArrayLike<number>, length: number) => (number | bigint)[];

function checkInputs(x: ArrayLike<number>, length: number, inputDim: number): void {
  if (!Number.isInteger(length) || length < 0) {
    throw new RangeError(`length: ${length} is not a number of positions`);
  }
  const size = length * inputDim;
  if (x.length < size) {
    throw new RangeError(
      `x: has ${x.length} numbers, ${length} positions of ${inputDim} ask for ${size}`,
    );
  }
  for (let i = 0; i < size; i++) {
    if (!Number.isSafeInteger(x[i])) {
      throw new RangeError(`x[${i}]: ${String(x[i])} is not a safe integer`);
    }
  }
}

/** What a run reads and writes. */
interface RunFrame<Value> {
  offset: number;
  readonly state: { [i: number]: Value };
  readonly lists: (readonly Value[])[];
}

/**
 * Evaluates in order, writing results where `targets` says; in place, or all at once at the end.
 */
interface Steps<Value, Frame> {
  readonly updates: readonly ((frame: Frame) => Value)[];
  readonly targets: readonly number[];
  readonly outputs: readonly ((frame: Frame) => Value)[];
  /** Lists that updates wait to write, by number of the variable, and those numbers. */
  readonly nextLists: (readonly Value[])[];
  readonly listTargets: readonly number[];
}

type Compile<Result> = (e: Expression, path: string, state: StateNumbers) => Result;

/**
 * A list's update writes the list itself and gives 0 for the variable's unused place among the
 * numbers, so that programs without lists run in the plainest of loops.
 */
function compileSteps<Value, Frame extends RunFrame<Value>>(
  program: Program,
  compileNumber: Compile<(frame: Frame) => Value>,
  compileList: Compile<(frame: Frame) => readonly Value[]>,
  zero: Value,
): Steps<Value, Frame> {
  const numbers = new Map(program.state.map((variable, i) => [variable.name, i]));
  const state: StateNumbers = { numbers, lists: listVariables(program) };
  const nextLists: (readonly Value[])[] = [];
  const listTargets: number[] = [];
  const updates = program.updates.map(({ target, value }, i) => {
    const path = `updates[${i}].value`;
    if (!state.lists.has(target)) {
      return compileNumber(value, path, state);
    }
    const number = numbers.get(target)!;
    const list = compileList(value, path, state);
    if (program.order === "in-place") {
      return (frame: Frame) => {
        frame.lists[number] = list(frame);
        return zero;
      };
    }
    listTargets.push(number);
    return (frame: Frame) => {
      nextLists[number] = list(frame);
      return zero;
    };
  });
  return {
    updates,
    targets: program.updates.map((update) => numbers.get(update.target)!),
    outputs: program.outputs.map((output, i) => compileNumber(output, `outputs[${i}]`, state)),
    nextLists,
    listTargets,
  };
}

/** The same loop for both kinds of numbers; `emit` takes each output as it is computed. */
function run<Value, Frame extends RunFrame<Value>>(
  program: Program,
  steps: Steps<Value, Frame>,
  frame: Frame,
  next: { [i: number]: Value },
  length: number,
  emit: (value: Value) => void,
): void {
  const { updates, targets, outputs, nextLists, listTargets } = steps;
  const inPlace = program.order === "in-place";
  let t = 0;
  try {
    for (; t < length; t++) {
      frame.offset = t * program.inputDim;
      if (inPlace) {
        for (let i = 0; i < updates.length; i++) {
          frame.state[targets[i]] = updates[i](frame);
        }
      } else {
        for (let i = 0; i < updates.length; i++) {
          next[i] = updates[i](frame);
        }
        for (let i = 0; i < updates.length; i++) {
          frame.state[targets[i]] = next[i];
        }
        for (let i = 0; i < listTargets.length; i++) {
          frame.lists[listTargets[i]] = nextLists[listTargets[i]];
        }
      }
      for (let i = 0; i < outputs.length; i++) {
        emit(outputs[i](frame));
      }
    }
  } catch (error) {
    if (error instanceof EvaluationError) {
      throw new EvaluationError(`${error.message} at position ${t}`, { cause: error });
    }
    throw error;
  }
}

/**
 * Prepares a program for many runs; see `CompiledProgram` for what a run takes and returns.
 *
 * @throws Error as `checkProgram` when the program is not one
 */
export function compileProgram(program: Program): CompiledProgram {
  checkProgram(program);
  const none: readonly number[] = [];
  const numbers = program.state.map(({ initial }) => (typeof initial === "number" ? initial : 0));
  const lists = program.state.map(({ initial }) => (typeof initial === "number" ? none : initial));
  const onNumbers = compileSteps<number, NumberFrame>(
    program,
    compileOnNumbers,
    compileListOnNumbers,
    0,
  );
  let onBigInts: Steps<bigint, BigIntFrame> | undefined;
  return (x, length) => {
    checkInputs(x, length, program.inputDim);
    const outputs: (number | bigint)[] = [];
    try {
      const frame: NumberFrame = {
        x,
        offset: 0,
        state: Float64Array.from(numbers),
        lists: lists.slice(),
      };
      const next = new Float64Array(program.updates.length);
      // Adding 0 turns the -0 of products and negations into 0.
      run(program, onNumbers, frame, next, length, (value) => outputs.push(value + 0));
      return outputs;
    } catch (error) {
      if (error !== leftSafeIntegers) {
        throw error;
      }
    }
    onBigInts ??= compileSteps<bigint, BigIntFrame>(
      program,
      compileOnBigInts,
      compileListOnBigInts,
      0n,
    );
    const frame: BigIntFrame = {
      x,
      offset: 0,
      state: numbers.map(BigInt),
      lists: lists.map((list) => list.map(BigInt)),
    };
    outputs.length = 0;
    run(program, onBigInts, frame, [], length, (value) => {
      const number = Number(value);
      outputs.push(Number.isSafeInteger(number) ? number : value);
    });
    return outputs;
  };
}

/**
 * Runs a program once. To run it often, use `compileProgram`.
 *
 * @throws Error as `compileProgram` and RangeError as the runs of `CompiledProgram`
 */
export function runProgram(
  program: Program,
  x: ArrayLike<number>,
  length: number,
): (number | bigint)[] {
  return compileProgram(program)(x, length);
}
