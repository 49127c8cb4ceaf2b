import { lastInputs, pointwise } from "../recurrence.ts";
import type { Task } from "../task.ts";

const column = { inputDim: 1, outputDim: 1 } as const;
const digits = { ...column, inputRange: [0, 99] } as const;
const signed = { ...column, inputRange: [-100, 99], length: 10 } as const;
const bits = { ...column, inputRange: [0, 1], length: 10 } as const;

function sumOfLast(count: number) {
  return {
    ...digits,
    name: `Sum_Last${count}`,
    description: `sum of the last ${count} numbers`,
    ...lastInputs(count, (window) => window.reduce((sum, x) => sum + x)),
  };
}

function previous(distance: number) {
  const positions = distance === 1 ? "1 position" : `${distance} positions`;
  return {
    ...digits,
    name: `Prev${distance}`,
    description: `the number ${positions} earlier (0 before the start)`,
    gpt4TurboSolved: true,
    publishedProgramRight: true,
    ...lastInputs(distance + 1, ([oldest]) => oldest),
  };
}

function alternates(window: readonly number[]): number {
  return Number(window.every((x, i) => i === 0 || x !== window[i - 1]));
}

/** Outputs that depend on the last few numbers only. */
export const windowTasks: readonly Task[] = [
  { ...sumOfLast(2), length: 10, gpt4TurboSolved: false, publishedProgramRight: true },
  { ...sumOfLast(3), length: 10, gpt4TurboSolved: false, publishedProgramRight: true },
  { ...sumOfLast(4), length: 10, gpt4TurboSolved: true, publishedProgramRight: false },
  { ...sumOfLast(5), length: 20, gpt4TurboSolved: true, publishedProgramRight: true },
  { ...sumOfLast(6), length: 20, gpt4TurboSolved: true, publishedProgramRight: true },
  { ...sumOfLast(7), length: 20, gpt4TurboSolved: true, publishedProgramRight: true },
  {
    ...digits,
    name: "Current_Number",
    description: "x",
    length: 10,
    gpt4TurboSolved: true,
    publishedProgramRight: true,
    ...pointwise(([x]) => x),
  },
  { ...previous(1), length: 10 },
  { ...previous(2), length: 10 },
  { ...previous(3), length: 10 },
  { ...previous(4), length: 10 },
  { ...previous(5), length: 20 },
  {
    ...column,
    name: "Previous_Equals_Current",
    description: "1 if x equals the previous x, else 0 (the one before the first counts as 0)",
    inputRange: [0, 7],
    length: 10,
    gpt4TurboSolved: false,
    publishedProgramRight: true,
    ...lastInputs(2, ([before, x]) => Number(x === before)),
  },
  {
    ...signed,
    name: "Diff_Last2",
    description: "x - previous x (0 before the start)",
    gpt4TurboSolved: false,
    publishedProgramRight: true,
    ...lastInputs(2, ([before, x]) => x - before),
  },
  {
    ...signed,
    name: "Abs_Diff",
    description: "|x - previous x| (0 before the start)",
    gpt4TurboSolved: false,
    publishedProgramRight: true,
    ...lastInputs(2, ([before, x]) => Math.abs(x - before)),
  },
  {
    ...signed,
    name: "Abs_Current",
    description: "|x|",
    gpt4TurboSolved: true,
    publishedProgramRight: true,
    ...pointwise(([x]) => Math.abs(x)),
  },
  {
    ...signed,
    name: "Diff_Abs_Values",
    description: "|x| - |previous x| (0 before the start)",
    gpt4TurboSolved: true,
    publishedProgramRight: false,
    ...lastInputs(2, ([before, x]) => Math.abs(x) - Math.abs(before)),
  },
  {
    ...bits,
    name: "Alternating_Last3",
    description: "1 if the last 3 bits alternate, else 0 (bits before the first count as 0)",
    gpt4TurboSolved: false,
    publishedProgramRight: false,
    ...lastInputs(3, alternates),
  },
  {
    ...bits,
    name: "Alternating_Last4",
    description: "1 if the last 4 bits alternate, else 0 (bits before the first count as 0)",
    gpt4TurboSolved: true,
    publishedProgramRight: false,
    ...lastInputs(4, alternates),
  },
  {
    ...bits,
    name: "Bit_Shift_Right",
    description: "the previous bit (0 at the first)",
    gpt4TurboSolved: true,
    publishedProgramRight: true,
    ...lastInputs(2, ([before]) => before),
  },
];
