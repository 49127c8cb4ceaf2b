import type { Program } from "@latticode/program";
import {
  add,
  conditional,
  drawIntegers,
  equal,
  floorDivide,
  input,
  integer,
  minimum,
  modulo,
  state,
} from "@latticode/program";
import { expect, test } from "vitest";
import { randomMachine } from "../../../machines/testing/random-machine.ts";
import { firstDifference, tableProgram } from "../../testing/tables.ts";
import { productDomain } from "./domain.ts";
import { differsFromMachine, differsFromProgram } from "./rivals.ts";

const bits = (length: number) => productDomain([[0, 1]], length);
const programOf = (value: Program["updates"][number]["value"]): Program => ({
  ...{ inputDim: 1, state: [{ name: "a", initial: 0 }], order: "in-place" },
  ...{ updates: [{ target: "a", value }], outputs: [state("a")] },
});
const next = add(state("a"), input(0));
const count = programOf(next);
const seed = 4;

test("random machines: a shortest word on which they differ, up to the length and no further", () => {
  let [equal, different] = [0, 0];
  for (let round = 0; round < 150; round++) {
    const draw = drawIntegers(round, 31);
    const machineOf = () =>
      randomMachine({ stateCount: draw(1, 4), symbolCount: 2, outputCount: 2 }, "moore", draw);
    const [a, b] = [machineOf(), machineOf()];
    const programs = [tableProgram(a), tableProgram(b)] as const;
    const length = draw(1, 5);
    const word = firstDifference(programs, [0, 1], length);
    const byMachine = differsFromMachine(programs[0], b, bits(length));
    const byProgram = differsFromProgram(...programs, bits(length), { seed });
    word ? different++ : equal++;
    for (const found of [byMachine, byProgram]) {
      expect(found?.word.length).toBe(word?.length);
      if (found) expect(found.outputs[0]).not.toEqual(found.outputs[1]);
    }
    expect(byMachine?.outputs).toEqual(byProgram?.outputs);
  }
  expect(Math.min(equal, different)).toBeGreaterThan(10);
});

test("what a machine does not know differs from nothing", () => {
  const machine = {
    ...{ inputDim: 1, outputDim: 1, symbols: Int32Array.of(0, 1), stateCount: 1, initial: 0 },
    outputVectors: Int32Array.of(0, 1),
    // known is the output of a 0, and where it leads
    ...{ transitions: Int32Array.of(0, -1), outputs: Int32Array.of(0, -1) },
  };
  expect(differsFromMachine(count, machine, bits(6))).toBeUndefined();
  const knows = { ...machine, outputs: Int32Array.of(0, 0) };
  expect(differsFromMachine(count, knows, bits(6))).toEqual({
    ...{ word: Int32Array.of(1), outputs: [[1], [0]] },
  });
});

test("words that cannot occur are no difference", () => {
  const limited = programOf(minimum(next, integer(3)));
  // a one is never followed by another: three of them at the most in 6 positions
  const order = { starts: Uint8Array.of(1, 1), follows: Uint8Array.of(1, 1, 1, 0) };
  expect(differsFromProgram(count, limited, { ...bits(6), order }, { seed })).toBeUndefined();
  const found = differsFromProgram(count, limited, { ...bits(7), order }, { seed });
  expect(found).toEqual({ word: Int32Array.of(1, 0, 1, 0, 1, 0, 1), outputs: [[4], [3]] });
  expect(differsFromProgram(count, limited, bits(6), { seed })?.word).toEqual(
    Int32Array.of(1, 1, 1, 1),
  );
});

test("a program that fails where another does not differs", () => {
  const failing = programOf(
    conditional(equal(state("a"), integer(2)), floorDivide(next, integer(0)), next),
  );
  expect(differsFromProgram(count, failing, bits(4), { seed })).toEqual({
    ...{ word: Int32Array.of(1, 1, 0), outputs: [[2], ["fails"]] },
  });
});

test("of programs with too many states random words are compared", () => {
  const wide = productDomain([{ min: 0, max: 9999 }], 6);
  const wrapped = programOf(modulo(next, integer(40_000)));
  const found = differsFromProgram(count, wrapped, wide, { seed })!;
  const sum = found.word.reduce((total, value) => total + value, 0);
  expect(sum).toBeGreaterThanOrEqual(40_000);
  expect(found.outputs).toEqual([[sum], [sum - 40_000]]);
  const beyond = programOf(modulo(next, integer(60_000)));
  expect(differsFromProgram(count, beyond, wide, { seed })).toBeUndefined();
});
