import type { DrawInteger } from "@latticode/program";
import type { Integer } from "./integer.ts";

/** What one position of a sequence gives: the state after it and its outputs, [outputDim]. */
export interface Step<State> {
  readonly state: State;
  readonly y: readonly Integer[];
}

/**
 * One of the 62 benchmark tasks of "Opening the AI black box: program synthesis via mechanistic
 * interpretability" (Michaud et al., 2024): which sequences are drawn, and their labels.
 */
export interface Task<State = unknown> {
  readonly name: string;
  /** What the output at a position is, in one line. */
  readonly description: string;
  /** Input numbers per position. */
  readonly inputDim: number;
  /** Smallest and largest input, both included. */
  readonly inputRange: readonly [low: number, high: number];
  /** Positions a sequence, unless another length is asked for. */
  readonly length: number;
  /** Output numbers per position. */
  readonly outputDim: number;
  /** GPT-4 Turbo solved the task, as recorded by the paper's authors. */
  readonly gpt4TurboSolved: boolean;
  /**
   * The program published with the paper is right on 300 fresh sequences; false where it is wrong
   * and where there is none.
   */
  readonly publishedProgramRight: boolean;
  /** The state before the first position. */
  readonly initial: State;
  /**
   * One position: from the state before it and its inputs `x`, [inputDim], within `inputRange`,
   * the state after it and its outputs. Changes neither argument and does not keep `x`, which the
   * caller may reuse. Exact for every length: outputs beyond the safe integers are bigints.
   */
  step(state: State, x: readonly number[]): Step<State>;
  /**
   * The task's own way of drawing the inputs of a sequence, [length, inputDim], where it is not
   * uniform and independent.
   */
  drawInputs?(draw: DrawInteger, length: number): number[];
}

/**
 * The labels of one sequence of inputs, `x`: [length, inputDim], row-major, as `runProgram` of
 * `@latticode/program` gives a program's outputs: [length, outputDim], flat, exact for every
 * length, a number where it is a safe integer and a bigint beyond.
 *
 * Throws a RangeError when `x` has another size or an input lies outside the task's range.
 */
export function labelSequence(task: Task, x: ArrayLike<number>, length: number): Integer[] {
  const { inputDim, name } = task;
  const [low, high] = task.inputRange;
  if (x.length !== length * inputDim) {
    throw new RangeError(
      `${name}: x has ${x.length} numbers, ${length} positions of ${inputDim} make ` +
        `${length * inputDim}`,
    );
  }
  for (let i = 0; i < x.length; i++) {
    if (!Number.isInteger(x[i]) || x[i] < low || x[i] > high) {
      throw new RangeError(`${name}: x[${i}] is ${x[i]}, not an integer from ${low} to ${high}`);
    }
  }
  const labels: Integer[] = [];
  let state = task.initial;
  const position = new Array<number>(inputDim).fill(0);
  for (let t = 0; t < length; t++) {
    for (let i = 0; i < inputDim; i++) position[i] = x[t * inputDim + i];
    const { state: after, y } = task.step(state, position);
    labels.push(...y);
    state = after;
  }
  return labels;
}
