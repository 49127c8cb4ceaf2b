import type { Task } from "./task.ts";

// A task is a row of a table: its name, what its output is, its inputs, who solved it, and the part
// that computes labels, which for most has one of the shapes below.

type Inputs = Pick<Task, "inputDim" | "inputRange" | "length" | "outputDim">;
type Solvers = Pick<Task, "gpt4TurboSolved" | "publishedProgramRight">;
type Recurrence<State> = Pick<Task<State>, "initial" | "step" | "drawInputs">;

/** The task of a table's row. */
export function defineTask<State>(
  name: string,
  description: string,
  inputs: Inputs,
  solvers: Solvers,
  recurrence: Recurrence<State>,
): Task<State> {
  return { name, description, ...inputs, ...solvers, ...recurrence };
}

/** One column of inputs and one of outputs. */
export function column(low: number, high: number, length = 10): Inputs {
  return { inputDim: 1, inputRange: [low, high], length, outputDim: 1 };
}

/** Two columns of inputs and one of outputs. */
export function pair(low: number, high: number): Inputs {
  return { ...column(low, high), inputDim: 2 };
}

// Who solved a task: GPT-4 Turbo, the program published with the paper, both or neither.
export const gpt4: Solvers = { gpt4TurboSolved: true, publishedProgramRight: false };
export const program: Solvers = { gpt4TurboSolved: false, publishedProgramRight: true };
export const both: Solvers = { gpt4TurboSolved: true, publishedProgramRight: true };
export const neither: Solvers = { gpt4TurboSolved: false, publishedProgramRight: false };

/** The row of a task whose output depends on the current inputs only. */
export function pointwise(
  name: string,
  description: string,
  inputs: Inputs,
  solvers: Solvers,
  output: (x: readonly number[]) => number,
): Task<null> {
  const step = (state: null, x: readonly number[]) => ({ state, y: [output(x)] });
  return defineTask(name, description, inputs, solvers, { initial: null, step });
}

/**
 * The row of a task whose output depends on the last `count` inputs of the single column, oldest
 * first; those before the start are 0. The state is the last `count - 1` of them.
 */
export function lastInputs(
  count: number,
  name: string,
  description: string,
  inputs: Inputs,
  solvers: Solvers,
  output: (window: readonly number[]) => number,
): Task<readonly number[]> {
  return defineTask(name, description, inputs, solvers, {
    initial: new Array<number>(count - 1).fill(0),
    step(state, [x]) {
      const window = [...state, x];
      return { state: window.slice(1), y: [output(window)] };
    },
  });
}

/** One small integer is carried along; the output is its new value. */
export function running(
  initial: number,
  update: (value: number, x: readonly number[]) => number,
): Recurrence<number> {
  return {
    initial,
    step(state, x) {
      const value = update(state, x);
      return { state: value, y: [value] };
    },
  };
}
