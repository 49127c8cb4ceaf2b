import { drawIntegers } from "@latticode/program";
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

test("random machines known in part are merged as the plain algorithm merges them", () => {
  let merged = 0;
  for (let seed = 0; seed < 200; seed++) {
    const draw = drawIntegers(seed, 0);
    const stateCount = draw(2, 12);
    const edges = 2 * stateCount;
    const machine: Machine = {
      ...{ inputDim: 1, outputDim: 1, stateCount, initial: 0 },
      ...{ symbols: Int32Array.of(0, 1), outputVectors: Int32Array.of(0, 1) },
      transitions: Int32Array.from({ length: edges }, () => draw(-2, stateCount - 1)).map((to) =>
        Math.max(-1, to),
      ),
      outputs: Int32Array.from({ length: edges }, () => draw(-2, 1)).map((y) => Math.max(-1, y)),
    };
    const distances = Int32Array.from({ length: stateCount ** 2 }, () => draw(0, 1000));
    const distance = (a: number, b: number) => distances[a * stateCount + b];
    const classes = mergeStates(machine, depths(stateCount), distance);
    expect([...classes]).toEqual(plainMerge(machine, distance));
    merged += stateCount - new Set(classes).size;
  }
  expect(merged).toBeGreaterThan(200);
});

/** Red and blue states without any short cut; depths are the states' numbers. */
function plainMerge(
  { stateCount, initial, transitions, outputs }: Machine,
  distance: (a: number, b: number) => number,
): number[] {
  let classes = Array.from({ length: stateCount }, (_, i) => i);
  const red = [initial];
  for (;;) {
    const reds = red.map((state) => classes[state]);
    const blue = classes
      .flatMap((of, state) => (reds.includes(of) ? [2 * state, 2 * state + 1] : []))
      .flatMap((edge) => (transitions[edge] < 0 ? [] : [classes[transitions[edge]]]))
      .filter((state) => !reds.includes(state));
    if (blue.length === 0) return classes;
    const chosen = Math.min(...blue);
    const tried = [...red]
      .sort((a, b) => distance(chosen, a) - distance(chosen, b))
      .map((state) => closure(classes, state, chosen))
      .find((found) => found !== undefined);
    if (tried) classes = tried;
    else red.push(chosen);
  }

  /** The classes with two of them joined, and all that must be; undefined on a conflict. */
  function closure(before: readonly number[], a: number, b: number): number[] | undefined {
    let after = [...before];
    const join = (one: number, other: number) => {
      const [kept, gone] = [after[one], after[other]].sort((p, q) => p - q);
      after = after.map((of) => (of === gone ? kept : of));
      return kept !== gone;
    };
    for (let isChanged = join(a, b); isChanged; ) {
      isChanged = false;
      for (let p = 0; p < stateCount; p++) {
        for (let q = 0; q < p; q++) {
          for (let symbol = 0; symbol < 2 && after[p] === after[q]; symbol++) {
            const [one, other] = [2 * p + symbol, 2 * q + symbol];
            const isKnown = outputs[one] >= 0 && outputs[other] >= 0;
            if (isKnown && outputs[one] !== outputs[other]) return undefined;
            if (transitions[one] < 0 || transitions[other] < 0) continue;
            if (join(transitions[one], transitions[other])) isChanged = true;
          }
        }
      }
    }
    return after;
  }
}
