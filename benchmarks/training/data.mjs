// What a task's network is trained on, confirmed on and looked at with.

import { labelSequence, sampleLonger, sampleTask } from "../../packages/tasks/dist/index.js";

/**
 * Majorities of four values need this many, some of them in runs: networks that saw 131,072, or no
 * runs, err on others.
 */
const trainingSequences = 196_608;
const runsEvery = 4;
const stoppingSequences = 32_768;
/** As many as the paper's authors confirm on. */
const confirmationSequences = 65_536;
const longerSequences = 512;
const longSequences = 1000;

/** Sets never share a stream: each takes a seed of its own. */
const seedOf = (seed, set) => seed * 16 + set;

/** Every sequence of the task's length, or undefined where there are more than are sampled. */
function allSequences(task) {
  const [low, high] = task.inputRange;
  const values = high - low + 1;
  const numbers = task.length * task.inputDim;
  const count = values ** numbers;
  if (count > confirmationSequences) return undefined;
  const x = new Int32Array(count * numbers);
  const y = new Int32Array(count * task.length * task.outputDim);
  for (let word = 0; word < count; word++) {
    let rest = word;
    for (let i = 0; i < numbers; i++) {
      x[word * numbers + i] = low + (rest % values);
      rest = Math.floor(rest / values);
    }
    const labels = labelSequence(
      task,
      x.subarray(word * numbers, (word + 1) * numbers),
      task.length,
    );
    y.set(labels, word * task.length * task.outputDim);
  }
  const { length, inputDim, outputDim } = task;
  return { count, length, inputDim, outputDim, x, y };
}

/** The sets of one training, from the task's generator, and the seconds that drawing them took. */
export function trainingData(task, seed) {
  const start = performance.now();
  const sample = (set, count) => sampleTask(task, { count, seed: seedOf(seed, set), runsEvery });
  const confirmation = allSequences(task);
  const sets = {
    training: sample(0, trainingSequences),
    stopping: sample(1, stoppingSequences),
    confirmation: confirmation ?? sample(2, confirmationSequences),
    isExhaustive: confirmation !== undefined,
    longer: sampleLonger(task, {
      count: longerSequences,
      length: 10 * task.length,
      seed: seedOf(seed, 3),
    }),
  };
  return { ...sets, seconds: (performance.now() - start) / 1000 };
}

/**
 * Sets that are drawn once a network is there: their seed is in its digest, so that nothing can have
 * prepared for them.
 */
export function secondData(task, digest) {
  const seed = Number.parseInt(digest.slice(0, 12), 16);
  return {
    confirmation: allSequences(task) ?? sampleTask(task, { count: confirmationSequences, seed }),
    long: sampleLonger(task, { count: longSequences, length: 100, seed }),
  };
}
