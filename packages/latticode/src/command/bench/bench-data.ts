import type { Examples } from "@latticode/program";
import { sampleLonger, sampleTask, type Task } from "@latticode/tasks";

/**
 * Six of ten are trained on: 196,608 sequences, which majorities of four values need; networks that
 * saw 131,072 erred on others, and those that saw no runs on words such as 3333322222.
 */
const sequences = 327_680;
const runsEvery = 4;
const longerSequences = 512;
const lengthening = 10;

/** Sets never share a stream: each takes a seed of its own. */
const seedOf = (seed: number, set: number) => seed * 16 + set;

/** The examples that a synthesis is given, and longer ones where labels fit 32 bits. */
export function benchData(task: Task, seed: number): { examples: Examples; longer?: Examples } {
  const examples = sampleTask(task, { count: sequences, seed: seedOf(seed, 0), runsEvery });
  const longer = sampleLonger(task, {
    count: longerSequences,
    length: lengthening * task.length,
    seed: seedOf(seed, 3),
  });
  return { examples, ...(longer && { longer }) };
}
