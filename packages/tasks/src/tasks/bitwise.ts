import { pointwise, running } from "../recurrence.ts";
import type { Task } from "../task.ts";

const bits = { inputRange: [0, 1], length: 10, outputDim: 1 } as const;

/** Operations on the bits of a position, and the dot product of two bit vectors. */
export const bitwiseTasks: readonly Task[] = [
  {
    ...bits,
    name: "Bitwise_Xor",
    description: "a xor b",
    inputDim: 2,
    gpt4TurboSolved: true,
    publishedProgramRight: true,
    ...pointwise(([a, b]) => a ^ b),
  },
  {
    ...bits,
    name: "Bitwise_Or",
    description: "a or b",
    inputDim: 2,
    gpt4TurboSolved: true,
    publishedProgramRight: true,
    ...pointwise(([a, b]) => a | b),
  },
  {
    ...bits,
    name: "Bitwise_And",
    description: "a and b",
    inputDim: 2,
    gpt4TurboSolved: true,
    publishedProgramRight: true,
    ...pointwise(([a, b]) => a & b),
  },
  {
    ...bits,
    name: "Bitwise_Not",
    description: "1 - x",
    inputDim: 1,
    gpt4TurboSolved: true,
    publishedProgramRight: true,
    ...pointwise(([x]) => 1 - x),
  },
  {
    ...bits,
    name: "Bit_Dot_Prod_Mod2",
    description: "parity of the number of positions so far where both bits are 1",
    inputDim: 2,
    gpt4TurboSolved: false,
    publishedProgramRight: true,
    ...running(0, (parity, [a, b]) => parity ^ (a & b)),
  },
];
