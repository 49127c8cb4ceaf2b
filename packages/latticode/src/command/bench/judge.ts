import { compileProgram, drawIntegers, type Program, unlessFailed } from "@latticode/program";
import { labelSequence, type Task } from "@latticode/tasks";

/** A program held against the definition of its task. */
export interface Judgement {
  /** Fresh sequences of the trained length, and how many of them come out wrong anywhere. */
  readonly sequences: number;
  readonly wrong: number;
  /** The same at length 100. */
  readonly longSequences: number;
  readonly longWrong: number;
}

const sequences = 2000;
const longSequences = 100;
const long = 100;

/** How many of fresh sequences a program has wrong anywhere; `first` is the number of the first. */
export function countWrong(
  program: Program,
  task: Task,
  options: {
    readonly count: number;
    readonly length: number;
    readonly seed: number;
    readonly first?: number;
  },
): number {
  const { count, length, seed, first = 0 } = options;
  const run = compileProgram(program);
  const [low, high] = task.inputRange;
  let wrong = 0;
  for (let i = 0; i < count; i++) {
    const draw = drawIntegers(seed, first + i);
    // not sampleTask's, whose labels must fit 32 bits
    const x =
      task.drawInputs?.(draw, length) ??
      Array.from({ length: length * task.inputDim }, () => draw(low, high));
    if (!givesLabels(run, x, length, labelSequence(task, x, length))) wrong++;
  }
  return wrong;
}

function givesLabels(
  run: ReturnType<typeof compileProgram>,
  x: readonly number[],
  length: number,
  labels: ReturnType<typeof labelSequence>,
): boolean {
  const outputs = unlessFailed(() => run(x, length));
  return outputs?.length === labels.length && outputs.every((y, i) => y === labels[i]);
}

/**
 * Runs a program on sequences that are drawn once it is there: their seed is in the digest of network
 * and program, so that nothing can have prepared for them.
 */
export function judgeProgram(program: Program, task: Task, digest: string): Judgement {
  const seed = Number.parseInt(digest.slice(0, 12), 16);
  return {
    sequences,
    wrong: countWrong(program, task, { count: sequences, length: task.length, seed }),
    longSequences,
    longWrong: countWrong(program, task, {
      ...{ count: longSequences, length: long, seed, first: sequences },
    }),
  };
}
