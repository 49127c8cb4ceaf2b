import { loadKernels } from "@latticode/kernels";
import { add, input, integer, less, modulo, state } from "@latticode/program";
import { proveAgainstMachine, proveEqual } from "@latticode/verification";
import { expect, test } from "vitest";
import {
  countBanks,
  machineOf,
  programOf,
  randomMachine,
  tracesOf,
} from "../../testing/systems.ts";
import { collectCandidates } from "../candidates.ts";
import type { ClosedCode } from "../lattice/closed-codes.ts";
import { offerCodes, offerMachine, offerTraceFolds } from "./routes.ts";
import { tableProgram } from "./table.ts";

const kernels = await loadKernels();
const [a, x] = [state("a"), input(0)];

test("a machine gives programs that are equal to it, the cheapest last", () => {
  const machine = machineOf({ symbols: [[0], [1], [2]], stateCount: 3 }, (q, [v]) => [
    (q + v) % 3,
    (q + v) % 3,
  ]);
  const traces = tracesOf(tableProgram(machine)!, { count: 60, length: 8, low: 0, high: 2 });
  const counted = countBanks(kernels);
  const candidates = collectCandidates(traces, 40);
  offerMachine(candidates, machine, { ...counted, closed: true });
  expect(counted.open()).toBe(0);
  expect(candidates.best).toMatchObject({ stage: "fold", cost: 8 });
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
    const candidates = collectCandidates(traces, 80);
    offerMachine(candidates, machine, { kernels, closed });
    expect(candidates.best?.stage).toBe(closed ? "table" : undefined);
  }
});

test("codes give programs in either direction, with a start that is found", () => {
  const program = programOf({ a: 1 }, [["a", modulo(add(a, x), integer(5))]], [a]);
  const traces = tracesOf(program, { count: 80, length: 10, low: 0, high: 2, hidden: [a] });
  const values = traces.h.map((v) => 20 - v);
  const functional: ClosedCode = {
    ...{ weights: [1], values, initial: 19, start: "hidden state", tested: 700 },
    ...{ distinct: 5, least: 16, most: 20, output: "state" },
  };
  const { initial: _, ...started } = functional;
  for (const given of [functional, { ...started, start: "none" } as const]) {
    const candidates = collectCandidates(traces, 40);
    offerCodes(candidates, traces, { functionals: [given] }, { kernels });
    expect(candidates.best).toMatchObject({ stage: "codes", cost: 8 });
    expect(proveEqual(candidates.best!.program, program, Int32Array.of(0, 1, 2)).equal).toBe(true);
  }
});

test("trace folds give programs that are right on the traces", () => {
  const program = programOf({ a: 0 }, [["a", add(a, x)]], [less(a, integer(4))]);
  const traces = tracesOf(program, { count: 60, length: 8, low: 0, high: 1 });
  const candidates = collectCandidates(traces, 40);
  offerTraceFolds(candidates, traces, { kernels });
  expect(candidates.best?.stage).toBe("trace fold");
  expect(candidates.best!.cost).toBeLessThanOrEqual(8);
});
