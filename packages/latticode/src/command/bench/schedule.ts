import type { BenchJob } from "./bench-line.ts";

/**
 * Tasks that take longest, as measured: they start first, so that no thread is left with one at the
 * end.
 */
const longest = [
  "Majority_0_3",
  "Dithering",
  "Majority_0_2",
  "Bit_Palindrome",
  "Div_7",
  "Div_5",
  "Evens_Counter",
  "Balanced_Parenthesis",
  "Previous_Equals_Current",
  "Majority_0_1",
  "Parity_Last4",
  "Div_3",
];

/** The order in which jobs are started; no result depends on it. */
export function inOrder<J extends Pick<BenchJob, "task">>(jobs: readonly J[]): J[] {
  const rank = ({ task }: J) => {
    const place = longest.indexOf(task);
    return place < 0 ? longest.length : place;
  };
  return [...jobs].sort((a, b) => rank(a) - rank(b));
}
