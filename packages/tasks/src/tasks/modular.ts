import { running } from "../recurrence.ts";
import type { Task } from "../task.ts";

const column = { inputDim: 1, length: 10, outputDim: 1 } as const;

function addition(modulus: number): Task<number> {
  return {
    ...column,
    name: `Add_Mod_${modulus}`,
    description: `sum of all numbers so far, mod ${modulus}`,
    inputRange: [0, modulus - 1],
    gpt4TurboSolved: modulus === 3,
    publishedProgramRight: modulus === 3,
    ...running(0, (sum, [x]) => (sum + x) % modulus),
  };
}

function division(divisor: number): Task<number> {
  return {
    ...column,
    name: `Div_${divisor}`,
    description: `bits of a number's quotient by ${divisor}, most significant first`,
    inputRange: [0, 1],
    gpt4TurboSolved: divisor === 3,
    publishedProgramRight: false,
    initial: 0,
    step(remainder, [x]) {
      const number = 2 * remainder + x;
      return { state: number % divisor, y: [Math.floor(number / divisor)] };
    },
  };
}

/** Running sums and long division with a remainder for a state. */
export const modularTasks: readonly Task[] = [
  division(3),
  division(5),
  division(7),
  addition(3),
  addition(4),
  addition(5),
  addition(6),
  addition(7),
  addition(8),
  {
    ...column,
    name: "Dithering",
    description: "floor(S / 15) - floor(S' / 15), S the sum so far, S' the sum before x",
    inputRange: [0, 15],
    gpt4TurboSolved: true,
    publishedProgramRight: false,
    initial: 0,
    // The state is S mod 15; whole multiples of 15 cancel in the difference.
    step(remainder: number, [x]: readonly number[]) {
      const sum = remainder + x;
      return { state: sum % 15, y: [Math.floor(sum / 15)] };
    },
  } satisfies Task<number>,
];
