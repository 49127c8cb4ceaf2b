import { both, column, defineTask, pair, pointwise, program, running } from "../definition.ts";
import type { Task } from "../task.ts";

const bit = column(0, 1);
const bits = pair(0, 1);

/** Operations on the bits of a position, and the dot product of two bit vectors. */
export const bitwiseTasks: readonly Task[] = [
  pointwise("Bitwise_Xor", "a xor b", bits, both, ([a, b]) => a ^ b),
  pointwise("Bitwise_Or", "a or b", bits, both, ([a, b]) => a | b),
  pointwise("Bitwise_And", "a and b", bits, both, ([a, b]) => a & b),
  pointwise("Bitwise_Not", "1 - x", bit, both, ([x]) => 1 - x),
  defineTask(
    "Bit_Dot_Prod_Mod2",
    "parity of the number of positions so far where both bits are 1",
    bits,
    program,
    running(0, (parity, [a, b]) => parity ^ (a & b)),
  ),
];
