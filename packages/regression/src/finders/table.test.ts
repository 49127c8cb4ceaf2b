import { drawIntegers, programCost } from "@latticode/program";
import { proveAgainstMachine } from "@latticode/verification";
import { expect, test } from "vitest";
import { machineOf, randomMachine } from "../../testing/systems.ts";
import { tableProgram } from "./table.ts";

test("tables of random machines are equal to them", () => {
  for (let seed = 0; seed < 40; seed++) {
    const draw = drawIntegers(seed, 1);
    const machine = randomMachine(seed, { stateCount: draw(1, 12), symbolCount: draw(1, 5) });
    const program = tableProgram(machine)!;
    expect(proveAgainstMachine(program, machine).equal).toBe(true);
    expect(programCost(program)).toBeLessThan(2 * machine.transitions.length + 30);
  }
});

test("several inputs and outputs are looked up", () => {
  const symbols = [0, 1].flatMap((u) => [3, 4, 5].map((v) => [u, v]));
  for (let seed = 0; seed < 10; seed++) {
    const draw = drawIntegers(seed, 2);
    const one = machineOf({ symbols, stateCount: 4 }, () => [draw(0, 3), draw(0, 8)]);
    const machine = {
      ...one,
      outputDim: 2,
      outputVectors: Int32Array.from([...one.outputVectors].flatMap((y) => [y, -y * y])),
    };
    expect(proveAgainstMachine(tableProgram(machine)!, machine).equal).toBe(true);
  }
});

test("machines with gaps have no table", () => {
  const open = machineOf({ symbols: [[0], [1]], stateCount: 2 }, (q, [x]) =>
    q + x === 2 ? [-1, -1] : [x, q],
  );
  expect(tableProgram(open)).toBeUndefined();
  const gap = machineOf({ symbols: [[0], [2]], stateCount: 2 }, (q, [x]) => [x / 2, q]);
  expect(tableProgram(gap)).toBeUndefined();
  expect(tableProgram(randomMachine(1, { stateCount: 600, symbolCount: 2 }))).toBeUndefined();
});
