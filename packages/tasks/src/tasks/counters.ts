import { column, defineTask, gpt4, neither, running } from "../definition.ts";
import { addExact, type Integer } from "../integer.ts";
import type { Task } from "../task.ts";

function majority(largest: number): Task<readonly number[]> {
  return defineTask(
    `Majority_0_${largest}`,
    "the value that occurred most often so far, ties to the smaller",
    column(0, largest),
    largest === 1 ? gpt4 : neither,
    {
      initial: new Array<number>(largest + 1).fill(0),
      step(counts, [x]) {
        const state = counts.with(x, counts[x] + 1);
        return { state, y: [state.indexOf(Math.max(...state))] };
      },
    },
  );
}

const sumAll = defineTask<Integer>("Sum_All", "sum of all numbers so far", column(0, 99), gpt4, {
  initial: 0,
  step(before, [x]) {
    const sum = addExact(before, x);
    return { state: sum, y: [sum] };
  },
});

const evensCounter = running(0, (count, [x]) => count + Number(x % 2 === 0));
// The largest input stands for "none yet": no first number is above it.
const smallest = running(9, (least, [x]) => Math.min(least, x));
const largest = running(0, (most, [x]) => Math.max(most, x));

/** Sums, counts and extremes of everything so far. */
export const counterTasks: readonly Task[] = [
  sumAll,
  defineTask("Evens_Counter", "how many even numbers so far", column(0, 9), neither, evensCounter),
  defineTask("Min_Seen", "smallest number so far", column(0, 9), gpt4, smallest),
  defineTask("Max_Seen", "largest number so far", column(0, 99), gpt4, largest),
  majority(1),
  majority(2),
  majority(3),
];
