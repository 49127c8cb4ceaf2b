import { compileProgram, drawIntegers, type Program } from "@latticode/program";
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

/**
 * Runs a program on sequences that are drawn once it is there: their seed is in the digest of network
 * and program, so that nothing can have prepared for them.
 */
export function judgeProgram(program: Program, task: Task, digest: string): Judgement {
  const seed = Number.parseInt(digest.slice(0, 12), 16);
  const run = compileProgram(program);
  const isWrong = (stream: number, length: number) => {
    const draw = drawIntegers(seed, stream);
    const [low, high] = task.inputRange;
    const x =
      task.drawInputs?.(draw, length) ??
      Array.from({ length: length * task.inputDim }, () => draw(low, high));
    const labels = labelSequence(task, x, length);
    try {
      const outputs = run(x, length);
      return outputs.length !== labels.length || outputs.some((y, i) => y !== labels[i]);
    } catch (error) {
      // a division by zero, or an index beyond a list
      if (error instanceof RangeError) return true;
      throw error;
    }
  };
  const count = (first: number, number: number, length: number) => {
    let wrong = 0;
    for (let i = 0; i < number; i++) if (isWrong(first + i, length)) wrong++;
    return wrong;
  };
  return {
    ...{ sequences, wrong: count(0, sequences, task.length) },
    ...{ longSequences, longWrong: count(sequences, longSequences, long) },
  };
}
