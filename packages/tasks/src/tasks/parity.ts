import {
  both,
  column,
  defineTask,
  gpt4,
  lastInputs,
  neither,
  program,
  running,
} from "../definition.ts";
import type { Task } from "../task.ts";

const bits = column(0, 1);

function parityOfLast(count: number, solvers: typeof both) {
  const description = `parity of the last ${count} bits`;
  return lastInputs(
    count,
    `Parity_Last${count}`,
    description,
    bits,
    solvers,
    (window) => window.reduce((sum, x) => sum + x) % 2,
  );
}

const all = running(0, (odd, [x]) => odd ^ x);
const zeros = running(0, (odd, [x]) => odd ^ (1 - x));

/** Parities: of a window, of all bits, of the zeros, of the position. */
export const parityTasks: readonly Task[] = [
  parityOfLast(2, both),
  parityOfLast(3, program),
  parityOfLast(4, neither),
  defineTask("Parity_All", "parity of all bits so far", bits, program, all),
  defineTask("Parity_Zeros", "parity of the number of zeros so far", bits, program, zeros),
  defineTask(
    "Parity_Bits_Mod2",
    "parity of the position (0, 1, 0, 1, ...), whatever the input",
    bits,
    gpt4,
    { initial: 0, step: (odd: number) => ({ state: 1 - odd, y: [odd] }) },
  ),
];
