import type { Task } from "../task.ts";

const names: readonly (readonly [name: string, base: number])[] = [
  ["Binary_Addition", 2],
  ["Base_3_Addition", 3],
  ["Base_4_Addition", 4],
  ["Base_5_Addition", 5],
  ["Base_6_Addition", 6],
  ["Base_7_Addition", 7],
];

/** Sums of two numbers, digit by digit, least significant first. The state is the carry. */
export const additionTasks: readonly Task[] = names.map(
  ([name, base]): Task<number> => ({
    name,
    description: `digits of the sum of two numbers in base ${base}, least significant first`,
    inputDim: 2,
    inputRange: [0, base - 1],
    length: 10,
    outputDim: 1,
    gpt4TurboSolved: base === 6,
    publishedProgramRight: base === 2,
    initial: 0,
    step(carry, [a, b]) {
      const sum = a + b + carry;
      return { state: Math.floor(sum / base), y: [sum % base] };
    },
  }),
);
