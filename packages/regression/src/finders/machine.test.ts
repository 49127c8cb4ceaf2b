import { loadKernels } from "@latticode/kernels";
import { proveAgainstMachine } from "@latticode/verification";
import { expect, test } from "vitest";
import { candidatesOf, contextOf } from "../../testing/contexts.ts";
import { countBanks, machineOf, randomMachine, tracesOf } from "../../testing/systems.ts";
import { machineFinders } from "./machine.ts";
import { tableProgram } from "./table.ts";

const kernels = await loadKernels();
const finders = machineFinders("black-box");

test("a machine gives programs that are equal to it, the cheapest last", () => {
  const machine = machineOf({ symbols: [[0], [1], [2]], stateCount: 3 }, (q, [v]) => [
    (q + v) % 3,
    (q + v) % 3,
  ]);
  const traces = tracesOf(tableProgram(machine)!, { count: 60, length: 8, low: 0, high: 2 });
  const counted = countBanks(kernels);
  const machines = { of: { "black-box": { machine, closed: true } } };
  const candidates = candidatesOf(finders, contextOf(traces, { ...counted, machines }), 40);
  expect(counted.open()).toBe(0);
  expect(candidates.best).toMatchObject({ stage: "fold", route: "black-box", cost: 8 });
  for (const { program } of candidates.found) {
    expect(proveAgainstMachine(program, machine).equal).toBe(true);
  }
});

test("a machine without a short program is its table, unless it is not known to be closed", () => {
  const machine = randomMachine(5, { stateCount: 8, symbolCount: 2 });
  const [low, high] = machine.symbols;
  const table = tableProgram(machine)!;
  const traces = tracesOf(table, { count: 60, length: 12, low, high });
  for (const closed of [true, false]) {
    const machines = { of: { "black-box": { machine, closed } } };
    const candidates = candidatesOf(finders, contextOf(traces, { kernels, machines }), 80);
    expect(candidates.best?.stage).toBe(closed ? "table" : undefined);
  }
});

test("the machine of another route is left alone", () => {
  const machine = randomMachine(5, { stateCount: 2, symbolCount: 2 });
  const traces = tracesOf(tableProgram(machine)!, { count: 60, length: 8, low: 0, high: 1 });
  const machines = { of: { "white-box": { machine, closed: true } } };
  expect(candidatesOf(finders, contextOf(traces, { kernels, machines }), 80).found).toEqual([]);
});
