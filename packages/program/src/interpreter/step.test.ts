import { expect, test } from "vitest";
import { randomProgram } from "../../testing/random-program.ts";
import { add, append, at, input, integer, multiply, shift, state, sum } from "../expression.ts";
import type { Program } from "../program.ts";
import { drawIntegers } from "../random.ts";
import { compileProgram } from "./interpreter.ts";
import { compileStep } from "./step.ts";

/** Outputs of a sequence position by position; the error's text where there is one. */
function stepped(program: Program, x: Int32Array): unknown {
  const { initial, step } = compileStep(program);
  const outputs: unknown[] = [];
  try {
    let now = initial;
    for (let t = 0; t < x.length; t += program.inputDim) {
      const after = step(now, x.subarray(t, t + program.inputDim));
      outputs.push(...after.outputs);
      now = structuredClone(after.state);
    }
    return outputs;
  } catch (error) {
    return (error as Error).message;
  }
}

function whole(program: Program, x: Int32Array): unknown {
  try {
    return compileProgram(program)(x, x.length / program.inputDim);
  } catch (error) {
    return (error as Error).message.replace(/ at position \d+$/, "");
  }
}

test("random programs give position by position what they give at once", () => {
  const draw = drawIntegers(5, 1);
  let fine = 0;
  for (let seed = 0; seed < 1000; seed++) {
    const program = randomProgram({ seed });
    const x = Int32Array.from({ length: 12 * program.inputDim }, () => draw(-3, 3));
    const expected = whole(program, x);
    expect(stepped(program, x)).toEqual(expected);
    if (Array.isArray(expected)) fine++;
  }
  expect(fine).toBeGreaterThan(300);
});

test("integers beyond the safe ones stay exact, and come back to numbers", () => {
  const program: Program = {
    inputDim: 1,
    state: [{ name: "a", initial: 1 }],
    order: "in-place",
    updates: [{ target: "a", value: multiply(state("a"), input(0)) }],
    outputs: [state("a")],
  };
  const x = Int32Array.of(2 ** 30, 2 ** 30, -3, 0, 5);
  expect(stepped(program, x)).toEqual([2 ** 30, 2n ** 60n, -3n * 2n ** 60n, 0, 0]);
});

test("a state is never changed by a step, lists least of all", () => {
  const program: Program = {
    inputDim: 1,
    state: [
      { name: "w", initial: [0, 0] },
      { name: "g", initial: [] },
    ],
    order: "simultaneous",
    updates: [
      { target: "w", value: shift(state("w"), input(0)) },
      { target: "g", value: append(state("g"), sum(state("w"))) },
    ],
    outputs: [add(sum(state("w")), at(state("g"), integer(-1)))],
  };
  const { initial, step } = compileStep(program);
  const first = step(initial, [4]);
  expect(first).toEqual({ state: [[0, 4], [0]], outputs: [4] });
  expect(step(first.state, [5])).toEqual({
    state: [
      [4, 5],
      [0, 4],
    ],
    outputs: [13],
  });
  expect(step(first.state, [6])).toEqual({
    state: [
      [4, 6],
      [0, 4],
    ],
    outputs: [14],
  });
  expect(initial).toEqual([[0, 0], []]);
});
