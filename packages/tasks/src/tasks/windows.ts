import { both, column, gpt4, lastInputs, neither, pointwise, program } from "../definition.ts";
import type { Task } from "../task.ts";

const digits = column(0, 99);
const moreDigits = column(0, 99, 20);
const signed = column(-100, 99);
const bits = column(0, 1);

const lastTwo = (...row: Parameters<typeof pointwise>) => lastInputs(2, ...row);

function sumOfLast(count: number, inputs: typeof digits, solvers: typeof both) {
  const description = `sum of the last ${count} numbers`;
  return lastInputs(count, `Sum_Last${count}`, description, inputs, solvers, (window) =>
    window.reduce((sum, x) => sum + x),
  );
}

function previous(distance: number, inputs = digits) {
  const positions = distance === 1 ? "1 position" : `${distance} positions`;
  const description = `the number ${positions} earlier (0 before the start)`;
  const name = `Prev${distance}`;
  return lastInputs(distance + 1, name, description, inputs, both, ([oldest]) => oldest);
}

function alternating(count: number, solvers: typeof both) {
  const start = "bits before the first count as 0";
  const description = `1 if the last ${count} bits alternate, else 0 (${start})`;
  return lastInputs(count, `Alternating_Last${count}`, description, bits, solvers, (window) =>
    Number(window.every((x, i) => i === 0 || x !== window[i - 1])),
  );
}

/** Outputs that depend on the last few numbers only. */
export const windowTasks: readonly Task[] = [
  ...[2, 3].map((count) => sumOfLast(count, digits, program)),
  sumOfLast(4, digits, gpt4),
  ...[5, 6, 7].map((count) => sumOfLast(count, moreDigits, both)),
  pointwise("Current_Number", "x", digits, both, ([x]) => x),
  ...[1, 2, 3, 4].map((distance) => previous(distance)),
  previous(5, moreDigits),
  lastTwo(
    "Previous_Equals_Current",
    "1 if x equals the previous x, else 0 (the one before the first counts as 0)",
    column(0, 7),
    program,
    ([before, x]) => Number(x === before),
  ),
  lastTwo(
    "Diff_Last2",
    "x - previous x (0 before the start)",
    signed,
    program,
    ([before, x]) => x - before,
  ),
  lastTwo("Abs_Diff", "|x - previous x| (0 before the start)", signed, program, ([before, x]) =>
    Math.abs(x - before),
  ),
  pointwise("Abs_Current", "|x|", signed, both, ([x]) => Math.abs(x)),
  lastTwo(
    "Diff_Abs_Values",
    "|x| - |previous x| (0 before the start)",
    signed,
    gpt4,
    ([before, x]) => Math.abs(x) - Math.abs(before),
  ),
  alternating(3, neither),
  alternating(4, gpt4),
  lastTwo("Bit_Shift_Right", "the previous bit (0 at the first)", bits, both, ([before]) => before),
];
