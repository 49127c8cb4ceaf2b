import { both, column, defineTask, gpt4, neither, running } from "../definition.ts";
import type { Task } from "../task.ts";

function addition(modulus: number): Task<number> {
  return defineTask(
    `Add_Mod_${modulus}`,
    `sum of all numbers so far, mod ${modulus}`,
    column(0, modulus - 1),
    modulus === 3 ? both : neither,
    running(0, (sum, [x]) => (sum + x) % modulus),
  );
}

/** The quotient by a divisor of the remainder so far, which is the state, and what x adds to it. */
function quotient(divisor: number, scale: number): Pick<Task<number>, "initial" | "step"> {
  return {
    initial: 0,
    step(remainder, [x]) {
      const number = scale * remainder + x;
      return { state: number % divisor, y: [Math.floor(number / divisor)] };
    },
  };
}

function division(divisor: number): Task<number> {
  return defineTask(
    `Div_${divisor}`,
    `bits of a number's quotient by ${divisor}, most significant first`,
    column(0, 1),
    divisor === 3 ? gpt4 : neither,
    quotient(divisor, 2),
  );
}

/** Running sums and long division with a remainder for a state. */
export const modularTasks: readonly Task[] = [
  ...[3, 5, 7].map(division),
  ...[3, 4, 5, 6, 7, 8].map(addition),
  defineTask(
    "Dithering",
    "floor(S / 15) - floor(S' / 15), S the sum so far, S' the sum before x",
    column(0, 15),
    gpt4,
    // The state is S mod 15; whole multiples of 15 cancel in the difference.
    quotient(15, 1),
  ),
];
