// Whether a program is right, by the definition of a task.

import { compileProgram, drawIntegers } from "../../packages/program/dist/index.js";
import { labelSequence } from "../../packages/tasks/dist/index.js";

const sequences = 2000;
const longSequences = 200;
const longLength = 100;

/** Whether it is right on fresh sequences of the trained length, and on longer ones. */
export function judgeProgram(program, task, seed) {
  const run = compileProgram(program);
  return {
    trained: isRight(run, task, { count: sequences, length: task.length, seed }),
    long: isRight(run, task, { count: longSequences, length: longLength, seed }),
  };
}

function isRight(run, task, { count, length, seed }) {
  const [low, high] = task.inputRange;
  for (let i = 0; i < count; i++) {
    const draw = drawIntegers(seed, i);
    // not sampleTask's, whose labels must fit 32 bits
    const inputs =
      task.drawInputs?.(draw, length) ??
      Array.from({ length: length * task.inputDim }, () => draw(low, high));
    const labels = labelSequence(task, inputs, length);
    let outputs;
    try {
      outputs = run(inputs, length);
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
    if (outputs.some((y, j) => y !== labels[j])) return false;
  }
  return true;
}
