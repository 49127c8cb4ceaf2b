import { expect, test } from "vitest";
import { at, floorDivide, input, integer, listOf } from "../expression.ts";
import type { Program } from "../program.ts";
import { EvaluationError, unlessFailed } from "./evaluation-error.ts";
import { compileProgram } from "./interpreter.ts";
import { compileStep } from "./step.ts";

const programOf = (output: Program["outputs"][number]): Program => ({
  ...{ inputDim: 1, state: [], order: "in-place", updates: [], outputs: [output] },
});
const quotient = programOf(floorDivide(integer(6), input(0)));
const element = programOf(at(listOf([4, 5]), input(0)));

test("a run and a step that fail throw an EvaluationError, which is a RangeError", () => {
  for (const [program, x] of [
    [quotient, 0],
    [element, 2],
  ] as const) {
    const { step, initial } = compileStep(program);
    const runs: (() => unknown)[] = [
      () => compileProgram(program)([x], 1),
      () => step(initial, [x]),
    ];
    for (const evaluate of runs) {
      expect(evaluate).toThrow(EvaluationError);
      expect(evaluate).toThrow(RangeError);
      expect(unlessFailed(evaluate)).toBeUndefined();
    }
  }
  expect(unlessFailed(() => compileProgram(quotient)([3], 1))).toEqual([2]);
});

test("inputs that a run does not take are not a failure of the program", () => {
  for (const x of [[], [0.5]]) {
    const misuse = () => compileProgram(quotient)(x, 1);
    expect(misuse).toThrow(RangeError);
    expect(misuse).not.toThrow(EvaluationError);
    expect(() => unlessFailed(misuse)).toThrow(RangeError);
  }
});

test("an error that is not the program's arrives", () => {
  const mistake = () => {
    throw new TypeError("no such thing");
  };
  expect(() => unlessFailed(mistake)).toThrow(TypeError);
});
