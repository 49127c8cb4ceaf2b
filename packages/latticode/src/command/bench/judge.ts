import type { Program } from "@latticode/program";
import { drawSequences, type Task } from "@latticode/tasks";
import { countWrong } from "@latticode/verification";

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
 * Runs a program on sequences that are drawn once it is there: their seed is in the digest of
 * network and program, so that nothing can have prepared for them.
 */
export function judgeProgram(program: Program, task: Task, digest: string): Judgement {
  const seed = Number.parseInt(digest.slice(0, 12), 16);
  const wrongOf = (options: { count: number; length: number; first?: number }) =>
    countWrong(program, drawSequences(task, { ...options, seed }));
  return {
    ...{ sequences, longSequences },
    wrong: wrongOf({ count: sequences, length: task.length }),
    longWrong: wrongOf({ count: longSequences, length: long, first: sequences }),
  };
}
