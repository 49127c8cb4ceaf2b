import { add, input, integer, less, modulo, type Program, state } from "@latticode/program";
import { findTask } from "@latticode/tasks";
import { expect, test } from "vitest";
import { judgeProgram } from "./judge.ts";

const digest = "0123456789abcdef".repeat(4);
const running = add(state("a"), input(0));
const sum: Program = {
  inputDim: 1,
  state: [{ name: "a", initial: 0 }],
  order: "simultaneous",
  updates: [{ target: "a", value: running }],
  outputs: [state("a")],
};

test("a right program is right at both lengths", () => {
  expect(judgeProgram(sum, findTask("Sum_All")!, digest)).toEqual({
    ...{ sequences: 2000, wrong: 0, longSequences: 100, longWrong: 0 },
  });
});

test("a program that only holds at the trained length is wrong at 100", () => {
  // sums of 10 numbers below 100 stay below 1000
  const modular = { ...sum, updates: [{ target: "a", value: modulo(running, integer(1000)) }] };
  const judgement = judgeProgram(modular, findTask("Sum_All")!, digest);
  expect(judgement).toMatchObject({ wrong: 0, longWrong: 100 });
});

test("what divides by zero is wrong", () => {
  const failing = { ...sum, outputs: [modulo(integer(1), less(input(0), integer(-1)))] };
  expect(judgeProgram(failing, findTask("Sum_All")!, digest)).toMatchObject({ wrong: 2000 });
});

test("labels beyond 32 bits are compared exactly", () => {
  const zero: Program = { inputDim: 2, state: [], order: "in-place", updates: [], outputs: [] };
  const judged = judgeProgram(
    { ...zero, outputs: [integer(0), integer(0)] },
    findTask("Newton_Magnetic")!,
    digest,
  );
  expect(judged).toMatchObject({ wrong: 2000, longWrong: 100 });
});
