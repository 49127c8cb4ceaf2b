import type { DrawInteger } from "@latticode/program";
import { column, defineTask, gpt4, neither, pointwise } from "../definition.ts";
import type { Task } from "../task.ts";

const bits = column(0, 1);

const bitPalindrome = defineTask<readonly number[]>(
  "Bit_Palindrome",
  "1 if the bits so far read the same backwards, else 0",
  bits,
  gpt4,
  {
    initial: [],
    step(before, [x]) {
      const bits = [...before, x];
      const palindrome = bits.every((bit, i) => bit === bits[bits.length - 1 - i]);
      return { state: bits, y: [Number(palindrome)] };
    },
    // Long palindromes are rare among random bits: a prefix of random length, 2 to all, is made
    // one.
    drawInputs(draw: DrawInteger, length: number) {
      const prefix = length < 2 ? length : draw(2, length);
      const half = Math.ceil(prefix / 2);
      const bits: number[] = [];
      for (let t = 0; t < length; t++) {
        bits.push(t >= half && t < prefix ? bits[prefix - 1 - t] : draw(0, 1));
      }
      return bits;
    },
  },
);

const balancedParenthesis = defineTask<number>(
  "Balanced_Parenthesis",
  "0 is '(', 1 is ')': 1 if the string so far is balanced; once it has closed more than it " +
    "opened, 0 for good",
  bits,
  neither,
  {
    initial: 0,
    // The state is the number of open parentheses, -1 for good once it was negative.
    step(open, [x]) {
      const state = open < 0 ? -1 : open + 1 - 2 * x;
      return { state, y: [Number(state === 0)] };
    },
  },
);

/** Properties of the current number, or of the whole string so far. */
export const detectorTasks: readonly Task[] = [
  pointwise("Evens_Detector", "1 if x is even, else 0", column(0, 9), gpt4, ([x]) =>
    Number(x % 2 === 0),
  ),
  pointwise(
    "Perfect_Square_Detector",
    "1 if x is a perfect square (0, 1, 4, 9, 16), else 0",
    column(0, 19),
    neither,
    ([x]) => Number([0, 1, 4, 9, 16].includes(x)),
  ),
  bitPalindrome,
  balancedParenthesis,
];
