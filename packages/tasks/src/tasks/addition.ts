import { defineTask, gpt4, neither, pair, program } from "../definition.ts";
import type { Task } from "../task.ts";

function addition(base: number): Task<number> {
  return defineTask(
    base === 2 ? "Binary_Addition" : `Base_${base}_Addition`,
    `digits of the sum of two numbers in base ${base}, least significant first`,
    pair(0, base - 1),
    base === 2 ? program : base === 6 ? gpt4 : neither,
    {
      initial: 0,
      step(carry, [a, b]) {
        const sum = a + b + carry;
        return { state: Math.floor(sum / base), y: [sum % base] };
      },
    },
  );
}

/** Sums of two numbers, digit by digit, least significant first. The state is the carry. */
export const additionTasks: readonly Task[] = [2, 3, 4, 5, 6, 7].map(addition);
