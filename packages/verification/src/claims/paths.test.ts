import type { Expression, Program } from "@latticode/program";
import {
  add,
  and,
  compileProgram,
  conditional,
  equal,
  input,
  integer,
  less,
  maximum,
  minimum,
  modulo,
  or,
  state,
} from "@latticode/program";
import { expect, test } from "vitest";
import { randomProgram } from "../../../program/testing/random-program.ts";
import { productDomain, wordsOf } from "./domain.ts";
import { pathKey, pathProgram } from "./paths.ts";

const programOf = (value: Expression, output: Expression = state("a")): Program => ({
  ...{ inputDim: 1, state: [{ name: "a", initial: 0 }], order: "in-place" },
  ...{ updates: [{ target: "a", value }], outputs: [output] },
});

/** The path of each step of a word, as numbers of its decisions. */
function pathsOf(program: Program, word: readonly number[]): string[] {
  const paths = pathProgram(program);
  const width = program.outputs.length + paths.decisions;
  const outputs = compileProgram(paths.program)(Int32Array.from(word), word.length);
  return word.map((_, t) => pathKey(outputs.slice(t * width, (t + 1) * width), 1));
}

const next = add(state("a"), input(0));

test("sums have one path", () => {
  expect(pathProgram(programOf(next)).decisions).toBe(0);
});

test.each([
  ["a minimum, and equality of both", minimum(next, integer(3)), [1, 2, 1], ["1", "2", "0"]],
  ["a maximum", maximum(input(0), integer(0)), [-1, 0, 1], ["1", "2", "0"]],
  ["a comparison", less(input(0), integer(5)), [4, 5], ["1", "0"]],
  ["an equality", equal(input(0), integer(5)), [4, 5], ["0", "1"]],
  ["a wrap of a remainder, on either side", modulo(next, integer(3)), [2, 0, 1, -1], "0011"],
])("%s is a decision", (_, value, word, expected) => {
  const paths = pathsOf(programOf(value), word);
  if (typeof expected !== "string") expect(paths).toEqual(expected);
  else expect(paths).toEqual(["0", "0", "1", "-1"]);
});

test("decisions of a branch that is not taken are none", () => {
  const value = conditional(
    less(input(0), integer(0)),
    minimum(input(0), integer(-5)),
    conditional(equal(input(0), integer(7)), integer(1), integer(2)),
  );
  // the comparison, the minimum, the equality
  expect(pathsOf(programOf(value), [-9, -1, 7, 8])).toEqual([
    "1,1,-1",
    "1,0,-1",
    "0,-1,1",
    "0,-1,0",
  ]);
});

test("the second part of an and, and of an or, counts where it is looked at", () => {
  const positive = less(integer(0), input(0));
  const large = less(integer(10), input(0));
  const paths = (value: Expression) => new Set(pathsOf(programOf(value), [-1, 5, 20]));
  expect(paths(and(positive, large)).size).toBe(3);
  expect(paths(or(large, positive)).size).toBe(3);
});

test("decisions within outputs are seen in simultaneous programs too", () => {
  const program = programOf(next, minimum(state("a"), integer(2)));
  expect(pathsOf({ ...program, order: "simultaneous" }, [1, 1, 1])).toEqual(["1", "2", "0"]);
});

test("random programs put out what they did before", () => {
  let decided = 0;
  for (let seed = 0; seed < 60; seed++) {
    const program = randomProgram({ seed, depth: 3 });
    const paths = pathProgram(program);
    decided += paths.decisions;
    const domain = productDomain(
      Array.from({ length: program.inputDim }, () => [0, 1, 2]),
      3,
    );
    const [before, after] = [compileProgram(program), compileProgram(paths.program)];
    const [{ count, x }] = wordsOf(domain, 3, 100);
    const [size, outputDim] = [3 * program.inputDim, program.outputs.length];
    const width = outputDim + paths.decisions;
    for (let s = 0; s < count; s++) {
      const word = x.subarray(s * size, (s + 1) * size);
      let expected: (number | bigint)[];
      try {
        expected = before(word, 3);
      } catch {
        continue;
      }
      const given = after(word, 3);
      for (let t = 0; t < 3; t++) {
        expect(given.slice(t * width, t * width + outputDim)).toEqual(
          expected.slice(t * outputDim, (t + 1) * outputDim),
        );
      }
    }
  }
  expect(decided).toBeGreaterThan(50);
});
