import { loadKernels } from "@latticode/kernels";
import { recurrentOf, traceNetwork } from "@latticode/network";
import { programCost, runProgram } from "@latticode/program";
import { expect, test } from "vitest";
import type { Layer } from "../testing/networks.ts";
import {
  affineLayers,
  binaryAdder,
  bitwiseXor,
  buildNetwork,
  inBasis,
  parityAll,
  randomBasis,
  seededRandom,
  traceOn,
  withNoise,
} from "../testing/networks.ts";
import { readProgram } from "./read.ts";

const kernels = await loadKernels();

type Step = (x: readonly number[], state: readonly number[]) => number[];

interface Case {
  readonly name: string;
  readonly layers: { readonly f: readonly Layer[]; readonly g: readonly Layer[] };
  readonly range: readonly [number, number];
  readonly cost: number;
  /** Start of the independent definition, whose output is the first number of the state. */
  readonly start: readonly number[];
  readonly step: Step;
}

const lags = affineLayers({
  transition: [
    [0, 0],
    [1, 0],
  ],
  input: [[1], [0]],
  output: [[0, 1]],
});
const newton = (pull: number, gravity: number) =>
  affineLayers({
    transition: [
      [1, -pull],
      [1, 1 - pull],
    ],
    input: [[1], [1]],
    offset: [-gravity, -gravity],
    output: [[0, 1]],
  });

const cases: readonly Case[] = [
  {
    name: "Sum_All",
    layers: affineLayers({ transition: [[1]], input: [[1]], output: [[1]] }),
    range: [0, 4],
    cost: 6,
    start: [0],
    step: ([x], [a]) => [a + x],
  },
  {
    name: "Prev1",
    layers: lags,
    range: [0, 99],
    cost: 6,
    start: [0, 0],
    step: ([x], [, last]) => [last, x],
  },
  {
    name: "Sum_Last2",
    layers: { ...lags, g: [{ weight: [[1, 1]], bias: [0] }] },
    range: [0, 99],
    cost: 8,
    start: [0, 0],
    step: ([x], [, last]) => [last + x, x],
  },
  {
    name: "Diff_Last2",
    layers: { ...lags, g: [{ weight: [[1, -1]], bias: [0] }] },
    range: [-100, 99],
    cost: 8,
    start: [0, 0],
    step: ([x], [, last]) => [x - last, x],
  },
  {
    name: "Newton_Freebody",
    layers: newton(0, 0),
    range: [-2, 2],
    cost: 10,
    start: [0, 0],
    step: ([x], [p, v]) => [p + v + x, v + x],
  },
  {
    name: "Newton_Gravity",
    layers: newton(0, 1),
    range: [-2, 2],
    cost: 12,
    start: [0, 0],
    step: ([x], [p, v]) => [p + v + x - 1, v + x - 1],
  },
  {
    // a' = a + x - b, b' = a: shorter than the two updates of a spring
    name: "Newton_Spring",
    layers: newton(1, 0),
    range: [-10, 10],
    cost: 10,
    start: [0, 0],
    step: ([x], [p, v]) => [v + x, v + x - p],
  },
  {
    name: "Current_Number",
    layers: affineLayers({ transition: [[0]], input: [[1]], output: [[1]] }),
    range: [0, 99],
    cost: 2,
    start: [0],
    step: ([x]) => [x],
  },
  {
    // h_0 = 0 is off the lattice of the states that follow
    name: "Bitwise_Not",
    layers: affineLayers({
      transition: [[0]],
      input: [[1]],
      offset: [0.37],
      output: [[-1]],
      outputOffset: [1.37],
    }),
    range: [0, 1],
    cost: 3,
    start: [0],
    step: ([x]) => [1 - x],
  },
  {
    name: "Binary_Addition",
    layers: binaryAdder,
    range: [0, 1],
    cost: 16,
    start: [0, 0],
    step: ([a, b], [, carry]) => [(a + b + carry) % 2, a + b + carry > 1 ? 1 : 0],
  },
  {
    name: "Bitwise_Xor",
    layers: bitwiseXor,
    range: [0, 1],
    cost: 4,
    start: [0],
    step: ([a, b]) => [a ^ b],
  },
  {
    name: "Parity_All",
    layers: parityAll,
    range: [0, 1],
    cost: 6,
    start: [0],
    step: ([x], [a]) => [a ^ x],
  },
];

test.each(cases)("$name in any basis, weights disturbed by 1e-3", (task) => {
  const { layers, range, start, step } = task;
  for (let seed = 0; seed < 2; seed++) {
    const random = seededRandom(seed);
    const dimension = layers.g[0].weight[0].length;
    const basis = randomBasis(dimension, random);
    const exact = inBasis(layers.f, layers.g, new Array<number>(dimension).fill(0), basis);
    const network = seed === 0 ? exact : withNoise(exact, 1e-3, random);
    const [low, high] = range;
    const traces = traceOn(network, { low, high, count: 80, length: 10 }, { kernels, random });
    const rightNetwork = firstWrong(traces.x, traces.y, traces.inputDim, 10, start, step) < 0;
    // sums of 99s times 1e-3 may round wrongly: then the network is not what the task says
    if (!rightNetwork) continue;
    const reading = readProgram(recurrentOf(network, { kernels }), traces, { kernels, seed });
    expect(programCost(reading.program!)).toBeLessThanOrEqual(task.cost);
    expect(reading.cost).toBe(programCost(reading.program!));

    const length = 50;
    const x = traceOn(network, { low, high, count: 1, length }, { kernels, random }).x;
    const y = runProgram(reading.program!, x, length);
    expect(firstWrong(x, y, traces.inputDim, length, start, step)).toBe(-1);
  }
});

test("most disturbed networks of the cases above still compute their task", () => {
  let right = 0;
  for (const { layers, range, start, step } of cases) {
    const random = seededRandom(1);
    const dimension = layers.g[0].weight[0].length;
    const zero = new Array<number>(dimension).fill(0);
    const exact = inBasis(layers.f, layers.g, zero, randomBasis(dimension, random));
    const [low, high] = range;
    const where = { low, high, count: 200, length: 10 };
    const { x, y, inputDim } = traceOn(withNoise(exact, 1e-3, random), where, { kernels, random });
    if (firstWrong(x, y, inputDim, 10, start, step) < 0) right++;
  }
  expect(right).toBeGreaterThanOrEqual(10);
});

test("a hidden direction that never moves, and one that nothing reads, change nothing", () => {
  const { f, g } = newton(0, 0);
  const wider = (factor: number) => ({
    f: [
      {
        weight: [
          ...f[0].weight.map(([a, b, x]) => [a, b, 0, x]),
          [0.3, -0.2, factor, 0.7 * factor],
        ],
        bias: [...f[0].bias, 0.4],
      },
    ],
    g: [{ weight: g[0].weight.map((row) => [...row, 0]), bias: g[0].bias }],
  });
  const dead = { ...wider(0) };
  dead.f[0].weight[2] = [0, 0, 0, 0];
  for (const layers of [dead, wider(0.5)]) {
    const random = seededRandom(3);
    const network = inBasis(layers.f, layers.g, [0, 0, 0], randomBasis(3, random));
    const range = { low: -10, high: 10, count: 80, length: 10 };
    const traces = traceOn(network, range, { kernels, random });
    const { program, stage } = readProgram(recurrentOf(network, { kernels }), traces, {
      kernels,
      seed: 1,
    });
    expect(stage).toBe("linear");
    expect(programCost(program!)).toBe(10);
  }
});

test("a constant output needs no state", () => {
  const network = buildNetwork(
    [{ weight: [[0, 0]], bias: [0.5] }],
    [{ weight: [[2]], bias: [3] }],
    [0],
  );
  const random = seededRandom(1);
  const traces = traceOn(network, { low: 0, high: 9, count: 20, length: 5 }, { kernels, random });
  const { program } = readProgram(recurrentOf(network, { kernels }), traces, { kernels, seed: 1 });
  expect(program).toMatchObject({ state: [], updates: [], outputs: [{ op: "integer", value: 4 }] });
});

test("sequences of one position are read", () => {
  const network = buildNetwork(
    [{ weight: [[0.5, 2]], bias: [0.25] }],
    [{ weight: [[1]], bias: [-0.25] }],
    [0],
  );
  const random = seededRandom(1);
  const traces = traceOn(network, { low: 0, high: 99, count: 50, length: 1 }, { kernels, random });
  const { program } = readProgram(recurrentOf(network, { kernels }), traces, { kernels, seed: 1 });
  expect(runProgram(program!, [7], 1)).toEqual([14]);
});

test("what does not fit is a note, not an exception", () => {
  const random = seededRandom(5);
  const weight = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => 4 * random() - 2));
  const network = buildNetwork(
    [
      { weight: weight(6, 4), bias: [0.1, 0.2, -0.1, 0.3, 0, 0] },
      { weight: weight(3, 6), bias: [0, 0, 0] },
    ],
    [{ weight: weight(1, 3), bias: [0] }],
    [0, 0, 0],
  );
  const traces = traceOn(network, { low: 0, high: 99, count: 40, length: 6 }, { kernels, random });
  const reading = readProgram(recurrentOf(network, { kernels }), traces, { kernels, seed: 1 });
  expect(reading.program).toBeUndefined();
  expect(reading.notes[0]).toMatch(/^machine: the inputs take more than 64 distinct values/);
  expect(reading.notes[1]).toMatch(/^lattice: /);
});

test("a machine is reported beside the program that says the same shorter", () => {
  // remembers the last input among 0, 1, 2, and squares it
  const network = buildNetwork(
    [{ weight: [[0, 1]], bias: [0] }],
    [
      { weight: [[1], [1]], bias: [0, -1] },
      { weight: [[1, 2]], bias: [0] },
    ],
    [0],
  );
  const random = seededRandom(5);
  const traces = traceOn(network, { low: 0, high: 2, count: 100, length: 6 }, { kernels, random });
  const reading = readProgram(recurrentOf(network, { kernels }), traces, { kernels, seed: 1 });
  expect(reading.program).toMatchObject({ state: [], updates: [] });
  expect(reading.isReading).toBe(true);
  expect(reading.certificate?.equality).toMatch(/same program|proven equal/);
  expect(reading.machine?.stateCount).toBe(3);
  expect(reading.recovery?.comparison?.verdict).toBe("equal");
});

test("the same arguments give the same reading", () => {
  const random = seededRandom(9);
  const network = withNoise(
    inBasis(binaryAdder.f, binaryAdder.g, [0, 0], randomBasis(2, random)),
    1e-3,
    random,
  );
  const traces = traceOn(network, { low: 0, high: 1, count: 60, length: 8 }, { kernels, random });
  const first = readProgram(recurrentOf(network, { kernels }), traces, { kernels, seed: 1 });
  expect(readProgram(recurrentOf(network, { kernels }), traces, { kernels, seed: 1 })).toEqual(
    first,
  );
});

test("traces without a sequence are an error", () => {
  const network = buildNetwork(
    [{ weight: [[0, 1]], bias: [0] }],
    [{ weight: [[1]], bias: [0] }],
    [0],
  );
  const recurrent = recurrentOf(network, { kernels });
  const traces = traceNetwork(recurrent, { x: new Int32Array(0), count: 0, length: 3 });
  expect(() =>
    readProgram(recurrentOf(network, { kernels }), traces, { kernels, seed: 1 }),
  ).toThrow("readProgram: the traces hold 0 sequences of 3 positions, both must be at least 1");
});

/** Index of the first output that differs from the definition, -1 when none does. */
function firstWrong(
  x: Int32Array,
  y: ArrayLike<number | bigint>,
  inputDim: number,
  length: number,
  start: readonly number[],
  step: Step,
): number {
  let state = start;
  for (let i = 0; i < y.length; i++) {
    if (i % length === 0) state = start;
    state = step([...x.subarray(i * inputDim, (i + 1) * inputDim)], state);
    if (y[i] !== state[0]) return i;
  }
  return -1;
}
