import { expect, test } from "vitest";
import { randomProgram } from "../testing/random-program.ts";
import { programCost } from "./cost.ts";
import type { Expression } from "./expression.ts";
import {
  add,
  addAt,
  append,
  argmax,
  at,
  contains,
  equal,
  input,
  integer,
  listOf,
  maximum,
  modulo,
  multiply,
  reverse,
  shift,
  state,
  subtract,
  sum,
  xor,
} from "./expression.ts";
import type { Program, StateVariable } from "./program.ts";
import { drawIntegers } from "./random.ts";
import { comparePrograms, readability } from "./readability.ts";

const x = input(0);
const [a, w] = [state("a"), state("w")];

function program(
  output: Expression,
  update?: Expression,
  initial: StateVariable["initial"] = 0,
): Program {
  const name = typeof initial === "number" ? "a" : "w";
  return {
    inputDim: 1,
    state: update === undefined ? [] : [{ name, initial }],
    order: "in-place",
    updates: update === undefined ? [] : [{ target: name, value: update }],
    outputs: [output],
  };
}

test("the cost is nodes, numbers of literal lists and statements", () => {
  expect(programCost(program(a, add(a, x)))).toBe(6);
  expect(programCost(program(sum(w), shift(w, x), [0, 0, 0]))).toBe(7);
  expect(programCost(program(argmax(w), addAt(w, x, integer(1)), [0, 0]))).toBe(8);
  expect(programCost(program(contains(x, listOf([0, 1, 4, 9, 16]))))).toBe(8);
  expect(programCost(program(equal(w, reverse(w)), append(w, x), []))).toBe(9);
});

const bits = { min: 0, max: 1 };

test("what makes programs hard to read is counted", () => {
  expect(readability(program(a, modulo(add(a, x), integer(7)), 3))).toEqual({
    unbounded: 0,
    operators: 2,
    bitwise: 0,
    variables: 1,
    constants: 10,
  });
  const counts = program(argmax(w), addAt(w, x, integer(1)), [0, -2]);
  expect(readability(counts)).toMatchObject({ unbounded: 1, operators: 2, constants: 3 });
  expect(readability(program(sum(w), append(w, x), []))).toMatchObject({ unbounded: 1 });
  expect(readability(program(sum(w), reverse(w), []))).toMatchObject({ unbounded: 0 });
  expect(readability(program(a, xor(a, x)))).toMatchObject({ unbounded: 0, bitwise: 1 });
  expect(readability(program(a, xor(a, x)), { input: bits })).toMatchObject({ bitwise: 0 });
  expect(readability(program(at(listOf([3, -4]), x)))).toMatchObject({ constants: 7 });
});

/** The first is to be preferred to the second, which costs as much unless it costs more. */
test.each<[string, Program, Program]>([
  ["cost", program(a, add(a, x)), program(modulo(a, integer(2)), add(a, x))],
  [
    "bounded state",
    program(maximum(a, integer(1)), modulo(add(a, x), integer(9))),
    program(modulo(add(a, a), integer(2)), add(a, x)),
  ],
  ["operators", program(add(add(x, x), x)), program(subtract(add(x, x), x))],
  ["exclusive or of bits", program(maximum(x, integer(9))), program(xor(x, integer(1)))],
  ["constants", program(multiply(x, integer(-2))), program(multiply(x, integer(3)))],
  ["start values", program(a, add(a, x), -1), program(a, add(a, x), 2)],
  ["text", program(add(x, integer(-1))), program(add(x, integer(1)))],
])("%s decides", (_, better, worse) => {
  expect(programCost(better)).toBeLessThanOrEqual(programCost(worse));
  expect(comparePrograms(better, worse)).toBeLessThan(0);
  expect(comparePrograms(worse, better)).toBeGreaterThan(0);
});

test("the order is total: any shuffle of programs sorts the same way", () => {
  const programs = Array.from({ length: 200 }, (_, seed) =>
    randomProgram({ seed, depth: 1, lists: seed % 2 === 0 }),
  );
  const sorted = programs.toSorted(comparePrograms);
  const draw = drawIntegers(5, 0);
  const shuffled = [...programs, ...structuredClone(programs)];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = draw(0, i);
    [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
  }
  shuffled.sort(comparePrograms);
  expect(shuffled).toEqual(sorted.flatMap((entry) => [entry, entry]));
  for (let i = 1; i < sorted.length; i++) {
    expect(programCost(sorted[i])).toBeGreaterThanOrEqual(programCost(sorted[i - 1]));
    expect(comparePrograms(sorted[i - 1], sorted[i])).toBeLessThan(0);
  }
});
