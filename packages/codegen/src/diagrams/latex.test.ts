import { expect, test } from "vitest";
import { expectHarmlessDocstrings, rest } from "../../testing/hostile.ts";
import { recurrenceLatex } from "./latex.ts";

test("a recurrence is equations, one per variable, without zeros and ones", () => {
  const spring = {
    stateDim: 2,
    inputDim: 1,
    outputDim: 1,
    initial: [0, 3],
    transition: [
      [1, -1],
      [1, 0],
    ],
    input: [[1], [0]],
    offset: [0, -2],
    output: [[0, 2]],
    outputOffset: [0],
  };
  expect(recurrenceLatex(spring, "Found in x.\n\\end{document}")).toBe(`\
% Found in x.
% \\end{document}
\\begin{align*}
  a_0 &= 0 \\\\
  b_0 &= 3 \\\\
  a_t &= a_{t-1} - b_{t-1} + x_t \\\\
  b_t &= a_{t-1} - 2 \\\\
  y_t &= 2 b_t
\\end{align*}
`);
});

test("of hostile docstrings nothing is code", () => {
  const running = {
    stateDim: 1,
    inputDim: 1,
    outputDim: 1,
    initial: [0],
    transition: [[1]],
    input: [[1]],
    offset: [0],
    output: [[1]],
    outputOffset: [0],
  };
  expectHarmlessDocstrings(
    (docstring) => recurrenceLatex(running, docstring),
    new RegExp(`%${rest}`, "g"),
  );
});
