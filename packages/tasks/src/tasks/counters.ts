import { addExact, type Integer } from "../integer.ts";
import { running } from "../recurrence.ts";
import type { Task } from "../task.ts";

const column = { inputDim: 1, length: 10, outputDim: 1 } as const;

function majority(largest: number): Task<readonly number[]> {
  return {
    ...column,
    name: `Majority_0_${largest}`,
    description: "the value that occurred most often so far, ties to the smaller",
    inputRange: [0, largest],
    gpt4TurboSolved: largest === 1,
    publishedProgramRight: false,
    initial: new Array<number>(largest + 1).fill(0),
    step(counts, [x]) {
      const state = counts.with(x, counts[x] + 1);
      return { state, y: [state.indexOf(Math.max(...state))] };
    },
  };
}

/** Sums, counts and extremes of everything so far. */
export const counterTasks: readonly Task[] = [
  {
    ...column,
    name: "Sum_All",
    description: "sum of all numbers so far",
    inputRange: [0, 99],
    gpt4TurboSolved: true,
    publishedProgramRight: false,
    initial: 0,
    step(before: Integer, [x]: readonly number[]) {
      const sum = addExact(before, x);
      return { state: sum, y: [sum] };
    },
  } satisfies Task<Integer>,
  {
    ...column,
    name: "Evens_Counter",
    description: "how many even numbers so far",
    inputRange: [0, 9],
    gpt4TurboSolved: false,
    publishedProgramRight: false,
    ...running(0, (count, [x]) => count + Number(x % 2 === 0)),
  },
  {
    ...column,
    name: "Min_Seen",
    description: "smallest number so far",
    inputRange: [0, 9],
    gpt4TurboSolved: true,
    publishedProgramRight: false,
    // The largest input stands for "none yet": no first number is above it.
    ...running(9, (smallest, [x]) => Math.min(smallest, x)),
  },
  {
    ...column,
    name: "Max_Seen",
    description: "largest number so far",
    inputRange: [0, 99],
    gpt4TurboSolved: true,
    publishedProgramRight: false,
    ...running(0, (largest, [x]) => Math.max(largest, x)),
  },
  majority(1),
  majority(2),
  majority(3),
];
