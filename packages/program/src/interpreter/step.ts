// A program one position at a time: a state and an input give the next state and the outputs. It is
// what searches over the states of a program need, which come back to a state they left long ago.

import type { Program } from "../program.ts";
import { checkProgram } from "../program.ts";
import { bigints } from "./bigints.ts";
import type { Arithmetic } from "./compile.ts";
import { compileSteps, loadState, makeFrame, runSteps, unloadState } from "./compile.ts";
import type { Integer, ProgramState } from "./frame.ts";
import { exactly, numbers } from "./numbers.ts";

/** One position further: [inputDim] inputs, safe integers. */
type Step = (
  state: ProgramState,
  x: ArrayLike<number>,
) => { readonly state: ProgramState; readonly outputs: readonly Integer[] };

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
  readonly step: Step;
}

function stepper<Value extends Integer>(program: Program, arithmetic: Arithmetic<Value>): Step {
  const steps = compileSteps(program, arithmetic);
  const frame = makeFrame(steps, []);
  return (state, x) => {
    const outputs: Integer[] = [];
    frame.x = x;
    loadState(steps, frame, state);
    runSteps(steps, frame, 1, outputs);
    return { state: unloadState(steps, frame), outputs };
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
  return {
    initial: program.state.map(({ initial }) => initial),
    step: exactly(stepper(program, numbers), () => stepper(program, bigints)),
  };
}
