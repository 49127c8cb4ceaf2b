import { expect, test } from "vitest";
import type { Machine } from "./machine.ts";
import { mergeStates } from "./merge.ts";

/** One symbol: states in a row, each with its output, the last without a successor. */
function row(outputs: readonly number[]): Machine {
  return {
    inputDim: 1,
    outputDim: 1,
    symbols: Int32Array.of(0),
    outputVectors: Int32Array.of(0, 1),
    stateCount: outputs.length,
    initial: 0,
    transitions: Int32Array.from(outputs, (_, i) => (i + 1 < outputs.length ? i + 1 : -1)),
    outputs: Int32Array.from(outputs),
  };
}

const depths = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
const apart = (a: number, b: number) => Math.abs(a - b);

test("a row of alternating outputs folds into two states", () => {
  const machine = row([0, 1, 0, 1, 0, -1]);
  expect([...mergeStates(machine, depths(6), apart)]).toEqual([0, 1, 0, 1, 0, 1]);
});

test("a merge that conflicts further on leaves nothing behind", () => {
  // 0 0 1 0 0 0: folding state 1 onto 0 conflicts two steps later
  const machine = row([0, 0, 1, 0, 0, 0, -1]);
  const before = structuredClone(machine);
  const classes = mergeStates(machine, depths(7), apart);
  expect(machine).toEqual(before);
  const next = new Map<number, number>();
  const given = new Map<number, number>();
  for (let state = 0; state < 6; state++) {
    expect(given.get(classes[state]) ?? machine.outputs[state]).toBe(machine.outputs[state]);
    given.set(classes[state], machine.outputs[state]);
    expect(next.get(classes[state]) ?? classes[state + 1]).toBe(classes[state + 1]);
    next.set(classes[state], classes[state + 1]);
  }
});

test("the nearest of the states that fit is taken", () => {
  // the last state knows nothing and fits all
  const machine = row([0, 1, 1, 0, -1]);
  for (const target of [0, 1, 2]) {
    const distance = (a: number, b: number) =>
      Math.max(a, b) === 4 && Math.min(a, b) === target ? 0 : 1;
    const classes = mergeStates(machine, depths(5), distance);
    expect(new Set(classes.subarray(0, 3)).size).toBe(3);
    expect(classes[4]).toBe(classes[3] === 3 ? classes[target] : classes[4]);
  }
});
