import type { Machine } from "@latticode/machines";
import type { Examples, Expression, Program } from "@latticode/program";
import {
  add,
  compileProgram,
  conditional,
  equal,
  input,
  integer,
  multiply,
  state,
} from "@latticode/program";

// Machines with one input and one output as programs, choice by choice, and labels of programs.

/** The program of a machine whose symbols are 0, 1, 2, ...; what the machine does not know is 0. */
export function tableProgram(machine: Machine): Program {
  const symbolCount = machine.symbols.length;
  const step = add(multiply(integer(symbolCount), state("a")), input(0));
  const lookUp = (values: readonly number[]): Expression =>
    values.reduceRight<Expression>(
      (rest, value, i) => conditional(equal(step, integer(i)), integer(value), rest),
      integer(values[values.length - 1]),
    );
  const { transitions, outputs, outputVectors, initial } = machine;
  return {
    inputDim: 1,
    state: [
      { name: "a", initial },
      { name: "y", initial: 0 },
    ],
    order: "simultaneous",
    updates: [
      { target: "a", value: lookUp(Array.from(transitions, (to) => Math.max(to, 0))) },
      { target: "y", value: lookUp(Array.from(outputs, (y) => outputVectors[y] ?? 0)) },
    ],
    outputs: [state("y")],
  };
}

/** What a program with one input and one output gives for words. */
export function labelled(program: Program, words: readonly (readonly number[])[]): Examples {
  const length = words[0]?.length ?? 1;
  const run = compileProgram(program);
  return {
    ...{ count: words.length, length, inputDim: 1, outputDim: 1 },
    x: Int32Array.from(words.flat()),
    y: Int32Array.from(words.flatMap((word) => run(word, length).map(Number))),
  };
}

/** A shortest word on which two programs differ, up to a length; both of few states. */
export function firstDifference(
  [a, b]: readonly [Program, Program],
  values: readonly number[],
  length: number,
): number[] | undefined {
  const [left, right] = [compileProgram(a), compileProgram(b)];
  let words: number[][] = [[]];
  for (let depth = 1; depth <= length; depth++) {
    words = words.flatMap((word) => values.map((value) => [...word, value]));
    const found = words.find(
      (word) => left(word, depth)[depth - 1] !== right(word, depth)[depth - 1],
    );
    if (found) return found;
  }
  return undefined;
}
