import { expect, test } from "vitest";
import { type Integer, labelSequence, tasks } from "./index.ts";

// The table of the benchmark. "-" under GPT-4 Turbo: not solved; under published: no program, or a
// wrong one.
const table = `
| task                    | inputs        | length | GPT-4 Turbo | published |
| Binary_Addition         | 2 x [0, 1]    | 10     | -           | right     |
| Base_3_Addition         | 2 x [0, 2]    | 10     | -           | -         |
| Base_4_Addition         | 2 x [0, 3]    | 10     | -           | -         |
| Base_5_Addition         | 2 x [0, 4]    | 10     | -           | -         |
| Base_6_Addition         | 2 x [0, 5]    | 10     | solved      | -         |
| Base_7_Addition         | 2 x [0, 6]    | 10     | -           | -         |
| Bitwise_Xor             | 2 x [0, 1]    | 10     | solved      | right     |
| Bitwise_Or              | 2 x [0, 1]    | 10     | solved      | right     |
| Bitwise_And             | 2 x [0, 1]    | 10     | solved      | right     |
| Bitwise_Not             | [0, 1]        | 10     | solved      | right     |
| Parity_Last2            | [0, 1]        | 10     | solved      | right     |
| Parity_Last3            | [0, 1]        | 10     | -           | right     |
| Parity_Last4            | [0, 1]        | 10     | -           | -         |
| Parity_All              | [0, 1]        | 10     | -           | right     |
| Parity_Zeros            | [0, 1]        | 10     | -           | right     |
| Evens_Counter           | [0, 9]        | 10     | -           | -         |
| Sum_All                 | [0, 99]       | 10     | solved      | -         |
| Sum_Last2               | [0, 99]       | 10     | -           | right     |
| Sum_Last3               | [0, 99]       | 10     | -           | right     |
| Sum_Last4               | [0, 99]       | 10     | solved      | -         |
| Sum_Last5               | [0, 99]       | 20     | solved      | right     |
| Sum_Last6               | [0, 99]       | 20     | solved      | right     |
| Sum_Last7               | [0, 99]       | 20     | solved      | right     |
| Current_Number          | [0, 99]       | 10     | solved      | right     |
| Prev1                   | [0, 99]       | 10     | solved      | right     |
| Prev2                   | [0, 99]       | 10     | solved      | right     |
| Prev3                   | [0, 99]       | 10     | solved      | right     |
| Prev4                   | [0, 99]       | 10     | solved      | right     |
| Prev5                   | [0, 99]       | 20     | solved      | right     |
| Previous_Equals_Current | [0, 7]        | 10     | -           | right     |
| Diff_Last2              | [-100, 99]    | 10     | -           | right     |
| Abs_Diff                | [-100, 99]    | 10     | -           | right     |
| Abs_Current             | [-100, 99]    | 10     | solved      | right     |
| Diff_Abs_Values         | [-100, 99]    | 10     | solved      | -         |
| Min_Seen                | [0, 9]        | 10     | solved      | -         |
| Max_Seen                | [0, 99]       | 10     | solved      | -         |
| Majority_0_1            | [0, 1]        | 10     | solved      | -         |
| Majority_0_2            | [0, 2]        | 10     | -           | -         |
| Majority_0_3            | [0, 3]        | 10     | -           | -         |
| Evens_Detector          | [0, 9]        | 10     | solved      | -         |
| Perfect_Square_Detector | [0, 19]       | 10     | -           | -         |
| Bit_Palindrome          | [0, 1]        | 10     | solved      | -         |
| Balanced_Parenthesis    | [0, 1]        | 10     | -           | -         |
| Parity_Bits_Mod2        | [0, 1]        | 10     | solved      | -         |
| Alternating_Last3       | [0, 1]        | 10     | -           | -         |
| Alternating_Last4       | [0, 1]        | 10     | solved      | -         |
| Bit_Shift_Right         | [0, 1]        | 10     | solved      | right     |
| Bit_Dot_Prod_Mod2       | 2 x [0, 1]    | 10     | -           | right     |
| Div_3                   | [0, 1]        | 10     | solved      | -         |
| Div_5                   | [0, 1]        | 10     | -           | -         |
| Div_7                   | [0, 1]        | 10     | -           | -         |
| Add_Mod_3               | [0, 2]        | 10     | solved      | right     |
| Add_Mod_4               | [0, 3]        | 10     | -           | -         |
| Add_Mod_5               | [0, 4]        | 10     | -           | -         |
| Add_Mod_6               | [0, 5]        | 10     | -           | -         |
| Add_Mod_7               | [0, 6]        | 10     | -           | -         |
| Add_Mod_8               | [0, 7]        | 10     | -           | -         |
| Dithering               | [0, 15]       | 10     | solved      | -         |
| Newton_Freebody         | [-10, 10]     | 10     | -           | right     |
| Newton_Gravity          | [-10, 10]     | 10     | -           | right     |
| Newton_Spring           | [-10, 10]     | 10     | -           | right     |
| Newton_Magnetic         | 2 x [-10, 10] | 10     | -           | -         |
`;

/** Inputs, row by row, and labels, row by row, worked out by hand. */
const byHand: Readonly<Record<string, readonly [x: readonly number[], y: readonly number[]]>> = {
  // 27 + 13 = 40
  Binary_Addition: [
    [1, 1, 1, 0, 0, 1, 1, 1, 1, 0],
    [0, 0, 0, 1, 0],
  ],
  Base_3_Addition: [
    [2, 2, 1, 1, 0, 2, 2, 0],
    [1, 0, 0, 0],
  ],
  Base_4_Addition: [
    [3, 1, 3, 0, 0, 2, 1, 1],
    [0, 0, 3, 2],
  ],
  Base_5_Addition: [
    [4, 4, 4, 0, 2, 1, 0, 3],
    [3, 0, 4, 3],
  ],
  Base_6_Addition: [
    [5, 5, 2, 3, 5, 0, 0, 1],
    [4, 0, 0, 2],
  ],
  Base_7_Addition: [
    [6, 6, 0, 6, 3, 3, 6, 1],
    [5, 0, 0, 1],
  ],
  Bitwise_Xor: [
    [0, 0, 0, 1, 1, 0, 1, 1],
    [0, 1, 1, 0],
  ],
  Bitwise_Or: [
    [0, 0, 0, 1, 1, 0, 1, 1],
    [0, 1, 1, 1],
  ],
  Bitwise_And: [
    [0, 0, 0, 1, 1, 0, 1, 1],
    [0, 0, 0, 1],
  ],
  Bitwise_Not: [
    [0, 1, 1, 0],
    [1, 0, 0, 1],
  ],
  Parity_Last2: [
    [1, 1, 0, 1, 0, 0],
    [1, 0, 1, 1, 1, 0],
  ],
  Parity_Last3: [
    [1, 1, 1, 0, 0, 0, 1],
    [1, 0, 1, 0, 1, 0, 1],
  ],
  Parity_Last4: [
    [1, 0, 0, 0, 0, 1, 1, 1, 1],
    [1, 1, 1, 1, 0, 1, 0, 1, 0],
  ],
  Parity_All: [
    [1, 0, 1, 1, 0, 1],
    [1, 1, 0, 1, 1, 0],
  ],
  Parity_Zeros: [
    [1, 0, 0, 1, 0],
    [0, 1, 0, 0, 1],
  ],
  Evens_Counter: [
    [3, 4, 0, 7, 2, 9],
    [0, 1, 2, 2, 3, 3],
  ],
  Sum_All: [
    [5, 0, 99, 1],
    [5, 5, 104, 105],
  ],
  Sum_Last2: [
    [5, 7, 0, 99],
    [5, 12, 7, 99],
  ],
  Sum_Last3: [
    [1, 2, 4, 8, 16],
    [1, 3, 7, 14, 28],
  ],
  Sum_Last4: [
    [1, 2, 4, 8, 16, 32],
    [1, 3, 7, 15, 30, 60],
  ],
  Sum_Last5: [
    [1, 2, 4, 8, 16, 32, 64],
    [1, 3, 7, 15, 31, 62, 124],
  ],
  Sum_Last6: [
    [1, 2, 4, 8, 16, 32, 64],
    [1, 3, 7, 15, 31, 63, 126],
  ],
  Sum_Last7: [
    [1, 2, 4, 8, 16, 32, 64, 3],
    [1, 3, 7, 15, 31, 63, 127, 129],
  ],
  Current_Number: [
    [7, 0, 99],
    [7, 0, 99],
  ],
  Prev1: [
    [3, 1, 4, 1],
    [0, 3, 1, 4],
  ],
  Prev2: [
    [3, 1, 4, 1, 5],
    [0, 0, 3, 1, 4],
  ],
  Prev3: [
    [3, 1, 4, 1, 5],
    [0, 0, 0, 3, 1],
  ],
  Prev4: [
    [3, 1, 4, 1, 5, 9],
    [0, 0, 0, 0, 3, 1],
  ],
  Prev5: [
    [3, 1, 4, 1, 5, 9, 2],
    [0, 0, 0, 0, 0, 3, 1],
  ],
  Previous_Equals_Current: [
    [0, 0, 3, 3, 3, 7, 0],
    [1, 1, 0, 1, 1, 0, 0],
  ],
  Diff_Last2: [
    [5, -3, -3, 99, -100],
    [5, -8, 0, 102, -199],
  ],
  Abs_Diff: [
    [5, -3, -3, 99, -100],
    [5, 8, 0, 102, 199],
  ],
  Abs_Current: [
    [-100, 99, 0, -1],
    [100, 99, 0, 1],
  ],
  Diff_Abs_Values: [
    [-5, 3, 3, -100, 99],
    [5, -2, 0, 97, -1],
  ],
  Min_Seen: [
    [7, 9, 3, 5, 0, 2],
    [7, 7, 3, 3, 0, 0],
  ],
  Max_Seen: [
    [7, 2, 50, 49, 99],
    [7, 7, 50, 50, 99],
  ],
  Majority_0_1: [
    [1, 0, 0, 1, 1],
    [1, 0, 0, 0, 1],
  ],
  Majority_0_2: [
    [2, 1, 1, 2, 2, 0],
    [2, 1, 1, 1, 2, 2],
  ],
  Majority_0_3: [
    [3, 2, 2, 3, 3, 1, 1, 1],
    [3, 2, 2, 2, 3, 3, 3, 1],
  ],
  Evens_Detector: [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 0, 1, 0, 1, 0, 1, 0, 1, 0],
  ],
  Perfect_Square_Detector: [
    [0, 1, 2, 3, 4, 8, 9, 15, 16, 19],
    [1, 1, 0, 0, 1, 0, 1, 0, 1, 0],
  ],
  Bit_Palindrome: [
    [1, 0, 1, 1, 0, 1],
    [1, 0, 1, 0, 0, 1],
  ],
  // ()(()) is balanced, ()(())) never again
  Balanced_Parenthesis: [
    [0, 1, 0, 0, 1, 1, 1, 0, 0, 1],
    [0, 1, 0, 0, 0, 1, 0, 0, 0, 0],
  ],
  Parity_Bits_Mod2: [
    [1, 1, 0, 0, 1],
    [0, 1, 0, 1, 0],
  ],
  Alternating_Last3: [
    [1, 0, 1, 1, 0, 0],
    [0, 1, 1, 0, 0, 0],
  ],
  Alternating_Last4: [
    [1, 0, 1, 0, 0, 1],
    [0, 0, 1, 1, 0, 0],
  ],
  Bit_Shift_Right: [
    [1, 0, 1, 1],
    [0, 1, 0, 1],
  ],
  Bit_Dot_Prod_Mod2: [
    [1, 1, 0, 1, 1, 1, 1, 0, 1, 1],
    [1, 1, 0, 0, 1],
  ],
  // 13 div 3 = 4, 26 div 5 = 5, 45 div 7 = 6
  Div_3: [
    [1, 1, 0, 1],
    [0, 1, 0, 0],
  ],
  Div_5: [
    [1, 1, 0, 1, 0],
    [0, 0, 1, 0, 1],
  ],
  Div_7: [
    [1, 0, 1, 1, 0, 1],
    [0, 0, 0, 1, 1, 0],
  ],
  Add_Mod_3: [
    [1, 2, 2, 1],
    [1, 0, 2, 0],
  ],
  Add_Mod_4: [
    [3, 3, 1, 2],
    [3, 2, 3, 1],
  ],
  Add_Mod_5: [
    [4, 4, 3, 0],
    [4, 3, 1, 1],
  ],
  Add_Mod_6: [
    [5, 4, 3],
    [5, 3, 0],
  ],
  Add_Mod_7: [
    [6, 6, 5, 4],
    [6, 5, 3, 0],
  ],
  Add_Mod_8: [
    [7, 7, 2, 5],
    [7, 6, 0, 5],
  ],
  Dithering: [
    [15, 0, 14, 1, 7, 8, 15],
    [1, 0, 0, 1, 0, 1, 1],
  ],
  Newton_Freebody: [
    [1, 0, -2, 5],
    [1, 2, 1, 5],
  ],
  Newton_Gravity: [
    [1, 0, -2, 5],
    [0, -1, -5, -5],
  ],
  Newton_Spring: [
    [2, 0, 0, -3, 0],
    [2, 2, 0, -5, -5],
  ],
  Newton_Magnetic: [
    [1, 0, 0, 0, 0, 2, -1, 0],
    [1, 0, 2, 1, 2, 5, -3, 9],
  ],
};

test("the tasks are those of the benchmark's table", () => {
  const rows = table.trim().split("\n").slice(1);
  const expected = rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const actual = tasks.map((task) => {
    const range = `[${task.inputRange.join(", ")}]`;
    return [
      task.name,
      task.inputDim === 1 ? range : `${task.inputDim} x ${range}`,
      String(task.length),
      task.gpt4TurboSolved ? "solved" : "-",
      task.publishedProgramRight ? "right" : "-",
    ];
  });
  expect(actual.sort()).toEqual(expected.sort());
});

test("there are 62, GPT-4 Turbo solved 30 and 30 published programs are right", () => {
  expect(new Set(tasks.map((task) => task.name)).size).toBe(62);
  expect(tasks.filter((task) => task.gpt4TurboSolved).length).toBe(30);
  expect(tasks.filter((task) => task.publishedProgramRight).length).toBe(30);
});

test("only Newton_Magnetic has two outputs, only Bit_Palindrome its own inputs", () => {
  const twoOutputs = tasks.filter((task) => task.outputDim !== 1);
  expect(twoOutputs.map((task) => [task.name, task.outputDim])).toEqual([["Newton_Magnetic", 2]]);
  const own = tasks.filter((task) => task.drawInputs !== undefined);
  expect(own.map((task) => task.name)).toEqual(["Bit_Palindrome"]);
});

test("every description is one line", () => {
  for (const { description } of tasks) expect(description).toMatch(/^[^\n]+$/);
});

test("there is a sequence by hand for every task", () => {
  expect(Object.keys(byHand).sort()).toEqual(tasks.map((task) => task.name).sort());
});

test.each(tasks)(
  "$name labels the sequence by hand, and leaves its initial state alone",
  (task) => {
    const [x, y] = byHand[task.name];
    const before = JSON.stringify(task.initial);
    const labels: Integer[] = labelSequence(task, x, x.length / task.inputDim);
    expect(labels).toEqual(y);
    expect(labelSequence(task, Int32Array.from(x), x.length / task.inputDim)).toEqual(y);
    expect(JSON.stringify(task.initial)).toBe(before);
  },
);
