// What is known of a task's programs, as costs in the sense of `programCost`.
//
// known: the shortest program that was known before the benchmark was first run.
//
// published: the program that the paper's authors published, where it is right. Counted on the syntax
// tree of its updates and outputs: a node for each name, number and operator, 1 for each statement,
// signs and `not` included, a unary plus and the copies `a = next_a` not; their `delta(e)`, which is
// `e == 0`, as two nodes more than e.

import { findTask } from "@latticode/tasks";

const costs = (known, published) => ({ known, published });

/** By task. */
export const referenceCosts = {
  Binary_Addition: costs(12, 16),
  Base_3_Addition: costs(12),
  Base_4_Addition: costs(12),
  Base_5_Addition: costs(12),
  Base_6_Addition: costs(12),
  Base_7_Addition: costs(12),
  Bitwise_Xor: costs(4, 6),
  Bitwise_Or: costs(4, 8),
  Bitwise_And: costs(4, 74),
  Bitwise_Not: costs(3, 7),
  Parity_Last2: costs(8, 8),
  Parity_Last3: costs(9, 12),
  Parity_Last4: costs(9),
  Parity_All: costs(6, 6),
  Parity_Zeros: costs(6, 14),
  Evens_Counter: costs(10),
  Sum_All: costs(6),
  Sum_Last2: costs(8, 14),
  Sum_Last3: costs(9, 18),
  Sum_Last4: costs(9),
  Sum_Last5: costs(9, 47),
  Sum_Last6: costs(9, 45),
  Sum_Last7: costs(9, 47),
  Current_Number: costs(2, 10),
  Prev1: costs(6, 12),
  Prev2: costs(8, 14),
  Prev3: costs(8, 16),
  Prev4: costs(8, 24),
  Prev5: costs(8, 26),
  Previous_Equals_Current: costs(8, 10),
  Diff_Last2: costs(8, 19),
  Abs_Diff: costs(9, 14),
  Abs_Current: costs(3, 5),
  Diff_Abs_Values: costs(10),
  Min_Seen: costs(6),
  Max_Seen: costs(6),
  Majority_0_1: costs(7),
  Majority_0_2: costs(7),
  Majority_0_3: costs(7),
  Evens_Detector: costs(5),
  Perfect_Square_Detector: costs(8),
  Bit_Palindrome: costs(20),
  Balanced_Parenthesis: costs(14),
  Parity_Bits_Mod2: costs(5),
  Alternating_Last3: costs(12),
  Alternating_Last4: costs(16),
  Bit_Shift_Right: costs(6, 12),
  Bit_Dot_Prod_Mod2: costs(8, 31),
  Div_3: costs(12),
  Div_5: costs(12),
  Div_7: costs(12),
  Add_Mod_3: costs(8, 8),
  Add_Mod_4: costs(8),
  Add_Mod_5: costs(8),
  Add_Mod_6: costs(8),
  Add_Mod_7: costs(8),
  Add_Mod_8: costs(8),
  Dithering: costs(10),
  Newton_Freebody: costs(10, 18),
  Newton_Gravity: costs(12, 19),
  Newton_Spring: costs(12, 18),
  Newton_Magnetic: costs(26),
};

/** The published program's cost where it is right. */
export function publishedCost(task) {
  return findTask(task)?.publishedProgramRight ? referenceCosts[task].published : undefined;
}
