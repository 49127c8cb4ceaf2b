// Which tasks are finite, and which linear: by what their definitions do, not by their names.

import { drawIntegers } from "../../packages/program/dist/index.js";
import { labelSequence } from "../../packages/tasks/dist/index.js";

export const mostSymbols = 64;
export const mostStates = 4096;
/** Pairs of sequences that are added. */
export const superpositions = 4096;

/** Whether a task has few symbols and few states within its length. */
export function isFiniteTask(task) {
  const [low, high] = task.inputRange;
  const values = high - low + 1;
  let symbols = 1;
  for (let i = 0; i < task.inputDim; i++) symbols *= values;
  if (symbols > mostSymbols) return false;
  const keyOf = (state) => JSON.stringify(state, (_, v) => (typeof v === "bigint" ? `${v}n` : v));
  const seen = new Set([keyOf(task.initial)]);
  let frontier = [task.initial];
  for (let t = 0; t < task.length; t++) {
    const next = [];
    for (const state of frontier) {
      for (let symbol = 0; symbol < symbols; symbol++) {
        let rest = symbol;
        const x = Array.from({ length: task.inputDim }, () => {
          const digit = rest % values;
          rest = Math.floor(rest / values);
          return low + digit;
        });
        const { state: after } = task.step(state, x);
        const key = keyOf(after);
        if (seen.has(key)) continue;
        if (seen.size === mostStates) return false;
        seen.add(key);
        next.push(after);
      }
    }
    frontier = next;
  }
  return true;
}

/**
 * Whether the labels of a sum of inputs are the sum of their labels, all counted from those of the
 * least inputs, on random pairs whose sum is within the range.
 */
export function isLinearTask(task) {
  const [low, high] = task.inputRange;
  const numbers = task.length * task.inputDim;
  const labelsOf = (x) => labelSequence(task, x, task.length);
  const zero = labelsOf(new Array(numbers).fill(low));
  for (let pair = 0; pair < superpositions; pair++) {
    const draw = drawIntegers(0, pair);
    const sum = Array.from({ length: numbers }, () => draw(low, high));
    const first = sum.map((value) => draw(low, value));
    const second = sum.map((value, i) => low + value - first[i]);
    const [a, b, both] = [first, second, sum].map(labelsOf);
    // labels are numbers or bigints
    const adds = both.every((y, i) => BigInt(y) + BigInt(zero[i]) === BigInt(a[i]) + BigInt(b[i]));
    if (!adds) return false;
  }
  return true;
}
