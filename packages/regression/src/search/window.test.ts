import { loadKernels } from "@latticode/kernels";
import { add, input, programCost, runProgram, state, xor } from "@latticode/program";
import { proveAgainstMachine, proveEqual } from "@latticode/verification";
import { expect, test } from "vitest";
import { countBanks, machineOf, programOf, tracesOf } from "../../testing/systems.ts";
import { programOfWindow, windowOfMachine, windowOfTraces } from "./window.ts";

const kernels = await loadKernels();
const bits = [[0], [1]];
const x = input(0);
const sumOfTwo = programOf(
  { p: 0, q: 0 },
  [
    ["p", state("q")],
    ["q", x],
  ],
  [add(state("p"), x)],
);

test("traces have a window of as many lags as decide the outputs", () => {
  const traces = tracesOf(sumOfTwo, { count: 60, length: 8, low: 0, high: 5 });
  expect(windowOfTraces(traces, 0)).toBeUndefined();
  const window = windowOfTraces(traces, 1)!;
  expect(window.x).toHaveLength(2);
  const counted = countBanks(kernels);
  const program = programOfWindow(window, { ...counted, bound: 8 })!;
  expect(counted.open()).toBe(0);
  expect(programCost(program)).toBe(8);
  expect(proveEqual(program, sumOfTwo, Int32Array.of(0, 1, 2, 3, 4, 5)).equal).toBe(true);
  expect(programOfWindow(window, { kernels, bound: 7 })).toBeUndefined();
});

test("a sum of all inputs has no window", () => {
  const a = state("a");
  const sum = programOf({ a: 0 }, [["a", add(a, x)]], [a]);
  const traces = tracesOf(sum, { count: 60, length: 8, low: 0, high: 5 });
  for (let lags = 0; lags <= 3; lags++) expect(windowOfTraces(traces, lags)).toBeUndefined();
});

test.each([0, 1])("a definite machine that starts as after %s has that in its delay line", (q0) => {
  // states are the last input
  const machine = machineOf({ symbols: bits, stateCount: 2 }, (q, [v]) => [v, q ^ v], q0);
  const window = windowOfMachine(machine, 4)!;
  expect(window).toMatchObject({ lags: 1, initial: [q0] });
  const program = programOfWindow(window, { kernels, bound: 20 })!;
  expect(proveAgainstMachine(program, machine).equal).toBe(true);
  expect(runProgram(program, [0], 1)).toEqual([q0]);
});

test("inputs without a zero start a window too", () => {
  // the last two inputs of 1, 2; both were 2
  const machine = machineOf(
    { symbols: [[1], [2]], stateCount: 4 },
    (q, [v]) => [2 * (q % 2) + v - 1, v - (1 + Math.floor(q / 2))],
    3,
  );
  const window = windowOfMachine(machine, 4)!;
  expect(window).toMatchObject({ lags: 2, initial: [2] });
  const program = programOfWindow(window, { kernels, bound: 20 })!;
  expect(proveAgainstMachine(program, machine).equal).toBe(true);
});

test("two inputs, of which one is delayed, are found with no cost to spare", () => {
  const machine = machineOf(
    { symbols: [0, 1, 2, 3].map((s) => [s >> 1, s & 1]), stateCount: 2 },
    (q, [u, v]) => [u, q ^ v],
  );
  const window = windowOfMachine(machine, 4)!;
  const expected = programOf(
    { p: 0, q: 0 },
    [
      ["p", state("q")],
      ["q", x],
    ],
    [xor(state("p"), input(1))],
    2,
  );
  expect(programCost(expected)).toBe(8);
  const program = programOfWindow(window, { kernels, bound: 8 })!;
  expect(programCost(program)).toBe(8);
  expect(proveAgainstMachine(program, machine).equal).toBe(true);
});

test("machines that remember, start where no word leads, or have gaps have no window", () => {
  const parity = machineOf({ symbols: bits, stateCount: 2 }, (q, [v]) => [q ^ v, q ^ v]);
  expect(windowOfMachine(parity, 6)).toBeUndefined();
  const first = machineOf({ symbols: bits, stateCount: 3 }, (q, [v]) => [v, q === 2 ? 9 : q], 2);
  expect(windowOfMachine(first, 6)).toBeUndefined();
  const open = machineOf({ symbols: bits, stateCount: 2 }, (q, [v]) =>
    q + v === 2 ? [-1, -1] : [v, q],
  );
  expect(windowOfMachine(open, 6)).toBeUndefined();
  const constant = machineOf({ symbols: bits, stateCount: 1 }, () => [0, 4]);
  expect(windowOfMachine(constant, 6)).toMatchObject({ lags: 0 });
});
