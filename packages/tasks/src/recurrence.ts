import type { Task } from "./task.ts";

// The shapes that most definitions share. Each gives the part of a task that computes labels.

type Recurrence<State> = Pick<Task<State>, "initial" | "step">;

/** The output depends on the current inputs only. */
export function pointwise(output: (x: readonly number[]) => number): Recurrence<null> {
  return {
    initial: null,
    step: (state, x) => ({ state, y: [output(x)] }),
  };
}

/**
 * The output depends on the last `count` inputs of the single column, oldest first; those before
 * the start are 0. The state is the last `count - 1` of them.
 */
export function lastInputs(
  count: number,
  output: (window: readonly number[]) => number,
): Recurrence<readonly number[]> {
  return {
    initial: new Array<number>(count - 1).fill(0),
    step(state, [x]) {
      const window = [...state, x];
      return { state: window.slice(1), y: [output(window)] };
    },
  };
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
