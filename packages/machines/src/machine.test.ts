import { loadKernels } from "@latticode/kernels";
import { drawIntegers } from "@latticode/program";
import { expect, test } from "vitest";
import { mealyMachine } from "../testing/mealy-machine.ts";
import { randomMachine } from "../testing/random-machine.ts";
import { compareMachines } from "./compare.ts";
import { distinguishingLengths, type Machine, minimizeMachine } from "./machine.ts";
import { mooreMachine } from "./moore.ts";

const kernels = await loadKernels();

/** A machine over 0, 1, ... with outputs equal to their numbers. */
function machineOf(
  transitions: readonly number[],
  outputs: readonly number[],
  symbolCount: number,
) {
  const range = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
  return {
    inputDim: 1,
    outputDim: 1,
    symbols: range(symbolCount),
    outputVectors: range(Math.max(...outputs) + 1),
    stateCount: transitions.length / symbolCount,
    initial: 0,
    transitions: Int32Array.from(transitions),
    outputs: Int32Array.from(outputs),
  } satisfies Machine;
}

test("minimisation gives a bisimilar machine with no two equal states", () => {
  for (let seed = 0; seed < 100; seed++) {
    const draw = drawIntegers(seed, 0);
    const sizes = { stateCount: 1 + (seed % 12), symbolCount: 1 + (seed % 3), outputCount: 2 };
    const machine = randomMachine(sizes, seed % 2 ? "mealy" : "moore", draw);
    const minimal = minimizeMachine(machine, { kernels });
    expect(compareMachines(minimal, machine).verdict).toBe("equal");
    for (let state = 1; state < minimal.stateCount; state++) {
      for (let other = 0; other < state; other++) {
        const from = (initial: number) => ({ ...minimal, initial });
        const { verdict, word } = compareMachines(from(state), from(other));
        expect(verdict).toBe("different");
        const length = distinguishingLengths(minimal)[state * minimal.stateCount + other];
        expect(length).toBe(word!.length);
      }
    }
  }
});

test("what is unknown stays unknown", () => {
  const minimal = minimizeMachine(machineOf([1, -1, -1, -1], [0, -1, 1, -1], 2), { kernels });
  expect([...minimal.transitions]).toEqual([1, -1, -1, -1]);
  expect([...minimal.outputs]).toEqual([0, -1, 1, -1]);
  expect(distinguishingLengths(minimal)[1]).toBe(1);
});

test("a counter's states are as far apart as they need steps to differ", () => {
  // counts down to 0 and only there gives a 1
  const lengths = distinguishingLengths(machineOf([0, 0, 1, 2], [1, 0, 0, 0], 1));
  expect([...lengths.subarray(12, 15)]).toEqual([1, 2, 3]);
});

test("a start whose output nobody sees joins the Moore state with the same successors", () => {
  // parity: the start is a state of its own in a network
  const moore = mooreMachine(machineOf([0, 1, 1, 0], [0, 1, 1, 0], 2));
  expect(moore.stateCount).toBe(2);
  expect([...moore.transitions]).toEqual([0, 1, 1, 0]);
  expect([...moore.outputs]).toEqual([0, 1]);
  expect([...moore.outputKnown]).toEqual([1, 1]);
});

test("a start that nothing returns to keeps its unknown output", () => {
  const moore = mooreMachine(machineOf([1, 1], [1, 0], 1));
  expect([...moore.transitions]).toEqual([1, 2, 2]);
  expect([...moore.outputKnown]).toEqual([0, 1, 1]);
  expect([...moore.outputs]).toEqual([0, 1, 0]);
});

test("Moore and Mealy machines of one behaviour are bisimilar", () => {
  for (let seed = 0; seed < 50; seed++) {
    const sizes = { stateCount: 1 + (seed % 7), symbolCount: 2, outputCount: 3 };
    const machine = randomMachine(sizes, "mealy", drawIntegers(seed, 3));
    expect(compareMachines(mealyMachine(mooreMachine(machine)), machine).verdict).toBe("equal");
  }
});

test("a shortest word on which two machines differ, and what they give there", () => {
  const delay = machineOf([0, 1, 0, 1], [0, 0, 1, 1], 2);
  const wrong = machineOf([0, 1, 0, 1], [0, 0, 1, 0], 2);
  expect(compareMachines(delay, wrong)).toEqual({
    verdict: "different",
    pairs: 2,
    onlyKnown: [0, 0],
    word: [1, 1],
    outputs: [[1], [0]],
  });
  const partial = machineOf([0, 1, 0, -1], [0, 0, 1, 1], 2);
  expect(compareMachines(delay, partial)).toEqual({
    verdict: "compatible",
    pairs: 2,
    onlyKnown: [1, 0],
  });
  expect(() => compareMachines(delay, machineOf([0], [0], 1))).toThrow(/different alphabets/);
});
