// A run goes on numbers first, in which every result is checked to be a safe integer, and starts
// over on BigInt when one is not; so results are exact at any size, and small ones are fast.

import type { Program } from "../program.ts";
import { checkProgram } from "../program.ts";
import { bigints } from "./bigints.ts";
import type { Arithmetic } from "./compile.ts";
import { compileSteps, loadState, makeFrame, runSteps } from "./compile.ts";
import { EvaluationError } from "./evaluation-error.ts";
import type { Integer } from "./frame.ts";
import { exactly, numbers } from "./numbers.ts";

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
export type CompiledProgram = (x: ArrayLike<number>, length: number) => Integer[];

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

function runner<Value extends Integer>(
  program: Program,
  arithmetic: Arithmetic<Value>,
): CompiledProgram {
  const steps = compileSteps(program, arithmetic);
  const initial = program.state.map((variable) => variable.initial);
  return (x, length) => {
    const results: Integer[] = [];
    const frame = makeFrame(steps, x);
    loadState(steps, frame, initial);
    try {
      runSteps(steps, frame, length, results);
    } catch (error) {
      if (error instanceof EvaluationError) {
        const position = frame.offset / program.inputDim;
        throw new EvaluationError(`${error.message} at position ${position}`, { cause: error });
      }
      throw error;
    }
    return results;
  };
}

/**
 * Prepares a program for many runs; see `CompiledProgram` for what a run takes and returns.
 *
 * @throws Error as `checkProgram` when the program is not one
 */
export function compileProgram(program: Program): CompiledProgram {
  checkProgram(program);
  const run = exactly(runner(program, numbers), () => runner(program, bigints));
  return (x, length) => {
    checkInputs(x, length, program.inputDim);
    return run(x, length);
  };
}

/**
 * Runs a program once. To run it often, use `compileProgram`.
 *
 * @throws Error as `compileProgram` and RangeError as the runs of `CompiledProgram`
 */
export function runProgram(program: Program, x: ArrayLike<number>, length: number): Integer[] {
  return compileProgram(program)(x, length);
}
