import { lastInputs, running } from "../recurrence.ts";
import type { Task } from "../task.ts";

const bits = { inputDim: 1, inputRange: [0, 1], length: 10, outputDim: 1 } as const;

function parity(window: readonly number[]): number {
  return window.reduce((sum, x) => sum + x) % 2;
}

function parityOfLast(count: number) {
  return {
    ...bits,
    name: `Parity_Last${count}`,
    description: `parity of the last ${count} bits`,
    ...lastInputs(count, parity),
  };
}

/** Parities: of a window, of all bits, of the zeros, of the position. */
export const parityTasks: readonly Task[] = [
  { ...parityOfLast(2), gpt4TurboSolved: true, publishedProgramRight: true },
  { ...parityOfLast(3), gpt4TurboSolved: false, publishedProgramRight: true },
  { ...parityOfLast(4), gpt4TurboSolved: false, publishedProgramRight: false },
  {
    ...bits,
    name: "Parity_All",
    description: "parity of all bits so far",
    gpt4TurboSolved: false,
    publishedProgramRight: true,
    ...running(0, (odd, [x]) => odd ^ x),
  },
  {
    ...bits,
    name: "Parity_Zeros",
    description: "parity of the number of zeros so far",
    gpt4TurboSolved: false,
    publishedProgramRight: true,
    ...running(0, (odd, [x]) => odd ^ (1 - x)),
  },
  {
    ...bits,
    name: "Parity_Bits_Mod2",
    description: "parity of the position (0, 1, 0, 1, ...), whatever the input",
    gpt4TurboSolved: true,
    publishedProgramRight: false,
    initial: 0,
    step: (odd: number) => ({ state: 1 - odd, y: [odd] }),
  } satisfies Task<number>,
];
