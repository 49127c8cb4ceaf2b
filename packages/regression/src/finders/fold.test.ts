import { loadKernels } from "@latticode/kernels";
import type { Machine } from "@latticode/machines";
import type { Program } from "@latticode/program";
import { compileProgram, programCost } from "@latticode/program";
import { proveAgainstMachine } from "@latticode/verification";
import { expect, test } from "vitest";
import { countBanks, machineOf, randomMachine } from "../../testing/systems.ts";
import { programOfSteps } from "../search/step-program.ts";
import { foldMachine, permutedLabels } from "./fold.ts";

const kernels = await loadKernels();
const bits = [[0], [1]];
const digits = (n: number) => Array.from({ length: n }, (_, i) => [i]);

function cheapest(machine: Machine): Program {
  let best: Program | undefined;
  for (const fold of foldMachine(machine, { kernels })) {
    const bound = best ? programCost(best) - 1 : 20;
    best = programOfSteps(fold.steps, { ...fold, kernels, bound }) ?? best;
  }
  return best!;
}

/** Compares outputs on all words, as far as the machine knows them; the number compared. */
function agreements(program: Program, machine: Machine, length: number): number {
  const { symbols, transitions, outputs, outputVectors, initial } = machine;
  const size = symbols.length;
  const run = compileProgram(program);
  let compared = 0;
  for (let word = 0; word < size ** length; word++) {
    const letters = Array.from({ length }, (_, t) => Math.floor(word / size ** t) % size);
    const y = run(
      Int32Array.from(letters, (s) => symbols[s]),
      length,
    );
    let q = initial;
    for (let t = 0; t < length && q >= 0; t++) {
      const edge = q * size + letters[t];
      if (outputs[edge] < 0) break;
      expect(y[t]).toBe(outputVectors[outputs[edge]]);
      compared++;
      q = transitions[edge];
    }
  }
  return compared;
}

test("states of a sum modulo 5 are numbers, whatever their order", () => {
  const order = [3, 0, 4, 1, 2];
  const machine = machineOf(
    { symbols: digits(5), stateCount: 5 },
    (q, [x]) => {
      const a = (order.indexOf(q) + x) % 5;
      return [order[a], a];
    },
    order[0],
  );
  const program = cheapest(machine);
  expect(programCost(program)).toBe(8);
  expect(proveAgainstMachine(program, machine)).toMatchObject({ equal: true });
});

test("a modulus that no short update shows is found by labels that differ by multiples of it", () => {
  // up by 2 or down by 1, modulo 7
  const machine = machineOf({ symbols: bits, stateCount: 7 }, (q, [x]) => {
    const a = (q + (x ? 6 : 2)) % 7;
    return [a, a < 3 ? 1 : 0];
  });
  const program = cheapest(machine);
  expect(agreements(program, machine, 9)).toBe(9 * 2 ** 9);
  expect(programCost(program)).toBeLessThanOrEqual(14);
});

/** Depth of parentheses up to 4, and a sink for what was closed too often. */
const parentheses = machineOf({ symbols: bits, stateCount: 6 }, (q, [x]) => {
  const depth = x === 0 ? q + 1 : q - 1;
  if (q === 5 || depth < 0) return [5, 0];
  return depth > 4 ? [-1, -1] : [depth, depth === 0 ? 1 : 0];
});

test("the core of balanced parentheses, with a sink, is folded beyond its depth", () => {
  const program = cheapest(parentheses);
  expect(agreements(program, parentheses, 8)).toBeGreaterThan(1000);
  // deeper than the machine knows
  const word = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0];
  const y = compileProgram(program)(Int32Array.from(word), word.length);
  expect(y).toEqual(word.map((_, t) => (t === 11 ? 1 : 0)));
});

test("unknown transitions constrain nothing", () => {
  const counter = machineOf({ symbols: bits, stateCount: 6 }, (q, [x]) =>
    q + x > 5 ? [-1, -1] : [q + x, (q + x) % 2],
  );
  const program = cheapest(counter);
  expect(programCost(program)).toBe(8);
  expect(agreements(program, counter, 7)).toBeGreaterThan(700);
  expect(proveAgainstMachine(program, counter).equal).toBeUndefined();
});

test("labellings differ, and come again the same", () => {
  const machine = machineOf({ symbols: digits(3), stateCount: 7 }, (q, [x]) => [
    (q + x) % 7,
    (q + x) % 7 === 0 ? 1 : 0,
  ]);
  const counted = countBanks(kernels);
  const folds = foldMachine(machine, counted);
  expect(folds.length).toBeGreaterThan(1);
  const keys = folds.map(({ steps }) => JSON.stringify([steps.before, steps.after]));
  expect(new Set(keys).size).toBe(keys.length);
  expect(foldMachine(machine, counted)).toEqual(folds);
  expect(counted.open()).toBe(0);
});

test("finer labels see every state of the machine", () => {
  const folds = foldMachine(parentheses, { kernels });
  const finer = folds.filter(({ update }) => update);
  for (const { steps } of finer) expect(new Set(steps.y[0]).size).toBe(2);
});

test("a machine of one state, or with states out of reach, is not folded", () => {
  expect(foldMachine(randomMachine(1, { stateCount: 1, symbolCount: 2 }), { kernels })).toEqual([]);
  const split = machineOf({ symbols: bits, stateCount: 3 }, (q, [x]) => [q === 2 ? 2 : x, x]);
  expect(foldMachine(split, { kernels })).toEqual([]);
});

test("labels of few states are all orders of 0, 1, ...", () => {
  expect(permutedLabels(2)).toEqual([Int32Array.of(0, 1), Int32Array.of(1, 0)]);
  expect(new Set(permutedLabels(4).map((labels) => labels.join())).size).toBe(24);
  expect(permutedLabels(5)).toEqual([]);
});
