import {
  both,
  column,
  defineTask,
  gpt4,
  lastInputs,
  neither,
  pointwise,
  program,
} from "../definition.ts";
import type { Task } from "../task.ts";

const digits = column(0, 99);
const moreDigits = column(0, 99, 20);
const signed = column(-100, 99);
const bits = column(0, 1);

function sumOfLast(count: number, inputs: typeof digits, solvers: typeof both) {
  const description = `sum of the last ${count} numbers`;
  const sum = lastInputs(count, (window) => window.reduce((sum, x) => sum + x));
  return defineTask(`Sum_Last${count}`, description, inputs, solvers, sum);
}

function previous(distance: number, inputs = digits) {
  const positions = distance === 1 ? "1 position" : `${distance} positions`;
  const description = `the number ${positions} earlier (0 before the start)`;
  const oldest = lastInputs(distance + 1, ([oldest]) => oldest);
  return defineTask(`Prev${distance}`, description, inputs, both, oldest);
}

function alternating(count: number, solvers: typeof both) {
  const description = `1 if the last ${count} bits alternate, else 0 (bits before the first count as 0)`;
  const alternates = lastInputs(count, (window) =>
    Number(window.every((x, i) => i === 0 || x !== window[i - 1])),
  );
  return defineTask(`Alternating_Last${count}`, description, bits, solvers, alternates);
}

/** Outputs that depend on the last few numbers only. */
export const windowTasks: readonly Task[] = [
  sumOfLast(2, digits, program),
  sumOfLast(3, digits, program),
  sumOfLast(4, digits, gpt4),
  sumOfLast(5, moreDigits, both),
  sumOfLast(6, moreDigits, both),
  sumOfLast(7, moreDigits, both),
  defineTask(
    "Current_Number",
    "x",
    digits,
    both,
    pointwise(([x]) => x),
  ),
  previous(1),
  previous(2),
  previous(3),
  previous(4),
  previous(5, moreDigits),
  defineTask(
    "Previous_Equals_Current",
    "1 if x equals the previous x, else 0 (the one before the first counts as 0)",
    column(0, 7),
    program,
    lastInputs(2, ([before, x]) => Number(x === before)),
  ),
  defineTask(
    "Diff_Last2",
    "x - previous x (0 before the start)",
    signed,
    program,
    lastInputs(2, ([before, x]) => x - before),
  ),
  defineTask(
    "Abs_Diff",
    "|x - previous x| (0 before the start)",
    signed,
    program,
    lastInputs(2, ([before, x]) => Math.abs(x - before)),
  ),
  defineTask(
    "Abs_Current",
    "|x|",
    signed,
    both,
    pointwise(([x]) => Math.abs(x)),
  ),
  defineTask(
    "Diff_Abs_Values",
    "|x| - |previous x| (0 before the start)",
    signed,
    gpt4,
    lastInputs(2, ([before, x]) => Math.abs(x) - Math.abs(before)),
  ),
  alternating(3, neither),
  alternating(4, gpt4),
  defineTask(
    "Bit_Shift_Right",
    "the previous bit (0 at the first)",
    bits,
    both,
    lastInputs(2, ([before]) => before),
  ),
];
