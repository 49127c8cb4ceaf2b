import { loadKernels } from "@latticode/kernels";
import type { MooreMachine } from "@latticode/machines";
import { isRejection, minimizeMachine, mooreMachine } from "@latticode/machines";
import { checkProgram, compileProgram, programCost } from "@latticode/program";
import { expect, test } from "vitest";
import { mealyMachine } from "../../../machines/testing/mealy-machine.ts";
import { randomInteger, seededRandom } from "../../testing/networks.ts";
import { booleanRegression } from "./boolean.ts";

const kernels = await loadKernels();

function minimized(machine: MooreMachine): MooreMachine {
  return mooreMachine(minimizeMachine(mealyMachine(machine), { kernels }));
}

/** The reachable, minimal machine of a definition over bits. */
function machineOf<State>(
  inputDim: number,
  start: State,
  step: (state: State, x: readonly number[]) => State,
  output: (state: State) => readonly number[],
): MooreMachine {
  const symbolCount = 1 << inputDim;
  const inputOf = (symbol: number) =>
    Array.from({ length: inputDim }, (_, j) => (symbol >> (inputDim - 1 - j)) & 1);
  const states = [start];
  const numbers = new Map([[JSON.stringify(start), 0]]);
  const transitions: number[] = [];
  let returned = false;
  for (let i = 0; i < states.length; i++) {
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const next = step(states[i], inputOf(symbol));
      const key = JSON.stringify(next);
      if (!numbers.has(key)) {
        numbers.set(key, states.length);
        states.push(next);
      }
      const number = numbers.get(key)!;
      returned ||= number === 0;
      transitions.push(number);
    }
  }
  const machine = {
    inputDim,
    outputDim: output(start).length,
    symbols: Int32Array.from(Array.from({ length: symbolCount }, (_, i) => inputOf(i)).flat()),
    stateCount: states.length,
    initial: 0,
    transitions: Int32Array.from(transitions),
    outputs: Int32Array.from(states.flatMap(output)),
    outputKnown: Uint8Array.from(states, (_, i) => (i > 0 || returned ? 1 : 0)),
  };
  return minimized(machine);
}

function expectEqual(machine: MooreMachine, seed: number): number {
  const program = booleanRegression(machine);
  if (isRejection(program)) throw new Error(program.rejected);
  checkProgram(program);
  const { inputDim, outputDim, symbols, transitions, outputs } = machine;
  const symbolCount = symbols.length / inputDim;
  const random = seededRandom(seed);
  const run = compileProgram(program);
  for (let word = 0; word < 30; word++) {
    const x: number[] = [];
    const y: number[] = [];
    let state = machine.initial;
    for (let t = 0; t < 20; t++) {
      const symbol = randomInteger(random, 0, symbolCount - 1);
      const next = transitions[state * symbolCount + symbol];
      if (next < 0) break;
      state = next;
      x.push(...symbols.subarray(symbol * inputDim, (symbol + 1) * inputDim));
      y.push(...outputs.subarray(state * outputDim, (state + 1) * outputDim));
    }
    if (x.length > 0) expect(run(x, x.length / inputDim)).toEqual(y);
  }
  return programCost(program);
}

const bit = (condition: boolean) => (condition ? 1 : 0);

test.each([
  {
    name: "binary addition",
    machine: machineOf(
      2,
      [0, 0],
      ([, c], [a, b]) => [(a + b + c) % 2, bit(a + b + c > 1)],
      ([y]) => [y],
    ),
    cost: 16,
  },
  {
    name: "parity of all",
    machine: machineOf(
      1,
      0,
      (p, [x]) => p ^ x,
      (p) => [p],
    ),
    cost: 6,
  },
  {
    name: "parity of the zeros",
    machine: machineOf(
      1,
      0,
      (p, [x]) => p ^ (1 - x),
      (p) => [p],
    ),
    cost: 6,
  },
  {
    name: "exclusive or",
    machine: machineOf(
      2,
      0,
      (_, [a, b]) => a ^ b,
      (y) => [y],
    ),
    cost: 4,
  },
  {
    name: "negation",
    machine: machineOf(
      1,
      0,
      (_, [x]) => 1 - x,
      (y) => [y],
    ),
    cost: 3,
  },
  {
    name: "the bit before",
    machine: machineOf(
      1,
      [0, 0],
      ([x], [y]) => [y, x],
      ([, y]) => [y],
    ),
    cost: 6,
  },
  {
    name: "parity of the last three",
    machine: machineOf(
      1,
      [0, 0, 0],
      ([a, b], [x]) => [x, a, b],
      (bits) => [bits[0] ^ bits[1] ^ bits[2]],
    ),
    cost: 12,
  },
  {
    name: "parity of the position, and the input",
    machine: machineOf(
      1,
      [1, 0],
      ([p], [x]) => [1 - p, x],
      (state) => state,
    ),
    cost: 7,
  },
])("$name", ({ machine, cost }) => {
  expect(expectEqual(machine, 1)).toBeLessThanOrEqual(cost);
});

test("random machines over bits, some transitions unknown", () => {
  for (let seed = 0; seed < 8; seed++) {
    const random = seededRandom(seed);
    const stateCount = 1 + (seed % 5);
    const inputDim = 1 + (seed % 2);
    const outputDim = 1 + (seed % 2);
    const symbolCount = 1 << inputDim;
    const machine = {
      inputDim,
      outputDim,
      symbols: Int32Array.from({ length: symbolCount * inputDim }, (_, i) =>
        inputDim === 1 ? i : ((i >> 1) >> (1 - (i % 2))) & 1,
      ),
      stateCount,
      initial: 0,
      transitions: Int32Array.from({ length: stateCount * symbolCount }, () =>
        random() < 0.1 ? -1 : randomInteger(random, 0, stateCount - 1),
      ),
      outputs: Int32Array.from({ length: stateCount * outputDim }, () =>
        randomInteger(random, 0, 1),
      ),
      outputKnown: new Uint8Array(stateCount).fill(1),
    };
    expectEqual(minimized(machine), seed);
  }
});

test("rejections", () => {
  const machine: MooreMachine = {
    inputDim: 1,
    outputDim: 1,
    symbols: Int32Array.of(0, 2),
    stateCount: 1,
    initial: 0,
    transitions: Int32Array.of(0, 0),
    outputs: Int32Array.of(0),
    outputKnown: Uint8Array.of(1),
  };
  const reason = (changes: Partial<MooreMachine>) => booleanRegression({ ...machine, ...changes });
  expect(reason({})).toEqual({ rejected: "Boolean regression: an input is 2, not 0 or 1" });
  expect(reason({ symbols: Int32Array.of(0, 1), outputs: Int32Array.of(-1) })).toEqual({
    rejected: "Boolean regression: an output is -1, not 0 or 1",
  });
  const nine = {
    symbols: Int32Array.of(0, 1),
    stateCount: 9,
    transitions: new Int32Array(18),
    outputs: new Int32Array(9),
    outputKnown: new Uint8Array(9).fill(1),
  };
  expect(reason(nine)).toEqual({ rejected: "Boolean regression: 9 states, more than 8" });
});
