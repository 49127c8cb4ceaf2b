import { expect, test } from "vitest";
import { countMooreStates, findTask, type Task, tasks } from "./index.ts";

// Worked out by hand. What a state must remember, times the outputs that can lead to it.
const expected: Readonly<Record<string, number>> = {
  // Carry and digit.
  Binary_Addition: 4,
  Base_3_Addition: 6,
  Base_4_Addition: 8,
  Base_5_Addition: 10,
  Base_6_Addition: 12,
  Base_7_Addition: 14,
  // The output alone.
  Bitwise_Xor: 2,
  Bitwise_Or: 2,
  Bitwise_And: 2,
  Bitwise_Not: 2,
  Bit_Dot_Prod_Mod2: 2,
  Parity_All: 2,
  Parity_Zeros: 2,
  Parity_Bits_Mod2: 2,
  Evens_Detector: 2,
  Perfect_Square_Detector: 2,
  Min_Seen: 10,
  Max_Seen: 100,
  Current_Number: 100,
  Abs_Current: 101,
  Add_Mod_3: 3,
  Add_Mod_4: 4,
  Add_Mod_5: 5,
  Add_Mod_6: 6,
  Add_Mod_7: 7,
  Add_Mod_8: 8,
  // The bits of the window but the oldest, and the parity.
  Parity_Last2: 4,
  Parity_Last3: 8,
  Parity_Last4: 16,
  Bit_Shift_Right: 4,
  Previous_Equals_Current: 16,
  // The last bit and the length, up to the window's, of the alternating end: 1, 2, 3 or more ...
  Alternating_Last3: 6,
  Alternating_Last4: 8,
  // Remainder and bit.
  Div_3: 6,
  Div_5: 10,
  Div_7: 14,
  Dithering: 30,
  // 0 to 10 even numbers; 0 to 10 open, or closed for good.
  Evens_Counter: 11,
  Balanced_Parenthesis: 12,
  // A lead of -10 to 10; counts that sum to at most 10, less what all three have in common.
  Majority_0_1: 21,
  Majority_0_2: 166,
};

test.each(tasks)("$name", (task) => {
  expect(countMooreStates(task)).toBe(expected[task.name] ?? Number.POSITIVE_INFINITY);
});

test("the bound decides what counts as infinite", () => {
  expect(countMooreStates(findTask("Div_7")!, { bound: 14 })).toBe(14);
  expect(countMooreStates(findTask("Div_7")!, { bound: 13 })).toBe(Number.POSITIVE_INFINITY);
  // 791: the counts that sum to at most 10, less those without a zero.
  expect(countMooreStates(findTask("Majority_0_3")!, { bound: 1000 })).toBe(791);
});

test("states of the definition that behave alike are one", () => {
  const parity = findTask("Parity_All")!;
  const wasteful: Task<number> = {
    ...parity,
    initial: 0,
    step: (sum, [x]) => ({ state: (sum + x) % 6, y: [((sum + x) % 6) % 2] }),
  };
  expect(countMooreStates(wasteful)).toBe(2);
});
