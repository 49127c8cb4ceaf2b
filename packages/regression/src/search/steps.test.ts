import { add, input, state } from "@latticode/program";
import { expect, test } from "vitest";
import { machineOf, programOf, tracesOf } from "../../testing/systems.ts";
import { decides, harvestConstants, stepsOf, stepsOfMachine, stepsOfTraces } from "./steps.ts";

const sum = programOf({ a: 2 }, [["a", add(state("a"), input(0))]], [state("a")]);
const sizes = { count: 30, length: 5, low: -1, high: 1, hidden: [state("a")] };

test("the steps of traces are the program's, none twice", () => {
  const traces = tracesOf(sum, sizes);
  const steps = stepsOfTraces(traces, traces.h, 1, [2]);
  expect(steps.initial).toEqual([2]);
  const rows = new Set<string>();
  for (let row = 0; row < steps.rows; row++) {
    const [before, x, after, y] = [steps.before, steps.x, steps.after, steps.y].map(
      ([column]) => column[row],
    );
    expect(after).toBe(before + x);
    expect(y).toBe(after);
    rows.add([before, x].join());
  }
  expect(rows.size).toBe(steps.rows);
  expect(steps.rows).toBeGreaterThan(10);
});

test("first positions are left out where the start is not known", () => {
  const traces = tracesOf(sum, { ...sizes, length: 1 });
  expect(stepsOfTraces(traces, traces.h, 1)).toMatchObject({ rows: 0 });
  expect(stepsOfTraces(traces, traces.h, 1)).not.toHaveProperty("initial");
  const longer = tracesOf(sum, { ...sizes, count: 1, length: 4 });
  expect(stepsOfTraces(longer, longer.h, 1).rows).toBeLessThanOrEqual(3);
});

test("the steps of a machine are those it knows, with labels for states", () => {
  const machine = machineOf({ symbols: [[0], [1]], stateCount: 2 }, (q, [x]) =>
    q === 1 && x === 1 ? [-1, -1] : [x, 10 * q + x],
  );
  expect(stepsOfMachine(machine, [5, 7])).toMatchObject({
    rows: 3,
    before: [Int32Array.of(5, 5, 7)],
    x: [Int32Array.of(0, 1, 0)],
    after: [Int32Array.of(5, 7, 5)],
    y: [Int32Array.of(0, 1, 10)],
    initial: [5],
  });
});

test("columns decide a target unless equal rows differ in it", () => {
  const [p, q] = [Int32Array.of(0, 0, 1, 1), Int32Array.of(0, 1, 0, 1)];
  const both = Int32Array.of(0, 1, 1, 0);
  expect(decides([p, q], both)).toBe(true);
  expect(decides([p], both)).toBe(false);
  expect(decides([p], Int32Array.of(4, 4, 9, 9))).toBe(true);
  expect(decides([], both)).toBe(false);
});

test("constants are the bounds of what occurs, and where the behaviour changes", () => {
  const rows = Array.from({ length: 10 }, (_, x) => [0, x, 0, x < 7 ? 0 : 1]);
  const steps = stepsOf(rows, { inputDim: 1, outputDim: 1, stateDim: 1, initial: [0] });
  const constants = harvestConstants(steps);
  expect(constants).toEqual([0, 1, 2, 9, 10, 7]);
  // an output that changes everywhere has no place where it does
  const everywhere = rows.map(([, x]) => [0, x, 0, x]);
  const others = stepsOf(everywhere, { inputDim: 1, outputDim: 1, stateDim: 1, initial: [0] });
  expect(harvestConstants(others)).toEqual([0, 1, 2, 9, 10]);
});
