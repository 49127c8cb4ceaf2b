import type { Kernels } from "@latticode/kernels";
import { loadKernels } from "@latticode/kernels";
import { isRejection } from "@latticode/machines";
import { recurrentOf } from "@latticode/network";
import { expect, test } from "vitest";
import type { Layer } from "../testing/networks.ts";
import {
  affineLayers,
  binaryAdder,
  buildNetwork,
  inBasis,
  randomBasis,
  seededRandom,
  traceOn,
} from "../testing/networks.ts";
import { createContext } from "./context.ts";
import { methods } from "./method.ts";
import { readProgram } from "./read.ts";

const kernels = await loadKernels();
const runningSum = affineLayers({ transition: [[1]], input: [[1]], output: [[1]] });

const cases = [
  { name: "binary addition", layers: binaryAdder, low: 0, high: 1 },
  { name: "running sums", layers: runningSum, low: -5, high: 9 },
] as const;

interface Layers {
  readonly f: readonly Layer[];
  readonly g: readonly Layer[];
}

function networkOf({ f, g }: Layers) {
  const random = seededRandom(3);
  const dimension = g[0].weight[0].length;
  const start = new Array<number>(dimension).fill(0);
  return { network: inBasis(f, g, start, randomBasis(dimension, random)), random };
}

/** Kernels that count each call by its name and by all that is in its arguments. */
function countCalls(counted: Kernels) {
  const calls = new Map<string, number>();
  const text = (value: unknown): string =>
    ArrayBuffer.isView(value)
      ? `${value.constructor.name} ${(value as Float64Array).join()}`
      : JSON.stringify(value, (_, v) => (ArrayBuffer.isView(v) ? text(v) : v));
  const wrapped = Object.entries(counted).map(([name, kernel]) => [
    name,
    typeof kernel !== "function" || name.startsWith("create")
      ? // a bank or a clustering is a place for terms or points, empty at first
        kernel
      : (...given: unknown[]) => {
          const key = [name, ...given.map(text)].join("; ");
          calls.set(key, (calls.get(key) ?? 0) + 1);
          return (kernel as (...given: unknown[]) => unknown)(...given);
        },
  ]);
  return { kernels: Object.fromEntries(wrapped) as Kernels, calls };
}

test.each(cases)("no kernel call of a reading of $name is repeated", ({ layers, low, high }) => {
  const { network, random } = networkOf(layers);
  const traces = traceOn(network, { low, high, count: 200, length: 10 }, { kernels, random });
  for (const method of methods) {
    const counted = countCalls(kernels);
    const recurrent = recurrentOf(network, counted);
    const { program } = readProgram(recurrent, traces, { ...counted, seed: 1, method });
    expect(program).toBeDefined();
    expect(counted.calls.size).toBeGreaterThan(10);
    const repeated = [...counted.calls].filter(([, count]) => count > 1);
    expect(repeated.map(([key, count]) => `${count} times ${key.slice(0, 80)}`)).toEqual([]);
  }
});

test("parts are computed when they are asked for, once", () => {
  const { network, random } = networkOf(binaryAdder);
  const traces = traceOn(network, { low: 0, high: 1, count: 50, length: 8 }, { kernels, random });
  const counted = countCalls(kernels);
  const recurrent = recurrentOf(network, counted);
  const context = createContext({ ...counted, seed: 1, recurrent, traces, routes: ["white-box"] });
  expect(counted.calls.size).toBe(0);
  const { codes, machines } = context;
  expect(isRejection(codes)).toBe(false);
  expect(Object.keys(machines.of)).toEqual(["white-box"]);
  const { size } = counted.calls;
  expect(size).toBeGreaterThan(0);
  expect(context.codes).toBe(codes);
  expect(context.machines).toBe(machines);
  expect(counted.calls.size).toBe(size);
});

test("what a part fails on is noted once", () => {
  const network = buildNetwork(
    [{ weight: [[0, 1]], bias: [0] }],
    [{ weight: [[1]], bias: [0] }],
    [0],
  );
  const random = seededRandom(1);
  const traces = traceOn(network, { low: 0, high: 99, count: 40, length: 6 }, { kernels, random });
  const recurrent = recurrentOf(network, { kernels });
  const context = createContext({ kernels, seed: 1, recurrent, traces, routes: ["white-box"] });
  for (let i = 0; i < 2; i++) {
    expect(context.system).toHaveProperty("rejected");
    expect(context.machines).toEqual({ of: {} });
  }
  expect(context.notes).toEqual(["machine: the inputs take more than 64 distinct values"]);
});
