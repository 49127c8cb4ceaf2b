import { loadKernels } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/network";
import { recurrentOf } from "@latticode/network";
import { runProgram } from "@latticode/program";
import { expect, test } from "vitest";
import {
  affineLayers,
  binaryAdder,
  buildNetwork,
  seededRandom,
  traceOn,
} from "../../testing/networks.ts";
import { readProgram } from "../read.ts";

const kernels = await loadKernels();
const readByPaper = (network: Network, traces: Traces) =>
  readProgram(recurrentOf(network, { kernels }), traces, { kernels, seed: 3, method: "paper" });
const shape = { count: 200, length: 10 };

const sum = affineLayers({ transition: [[1]], input: [[1]], output: [[1]] });
/** |x| = relu(x) + relu(-x) of the current input. */
const absolute = {
  f: affineLayers({ transition: [[0]], input: [[1]], output: [[1]] }).f,
  g: [
    { weight: [[1], [-1]], bias: [0, 0] },
    { weight: [[1, 1]], bias: [0] },
  ],
};

const cases = [
  { name: "a running sum", layers: sum, stage: "linear", cost: 6, range: [0, 9] },
  { name: "a binary adder", layers: binaryAdder, stage: "boolean", cost: 16, range: [0, 1] },
  { name: "absolute values", layers: absolute, stage: "symbolic", cost: 3, range: [-20, 20] },
] as const;

test.each(cases)("$name is read by $stage regression", ({ layers, stage, cost, range }) => {
  const hiddenDim = layers.f[layers.f.length - 1].bias.length;
  const network = buildNetwork(layers.f, layers.g, new Array<number>(hiddenDim).fill(0));
  const traces = traceOn(
    network,
    { low: range[0], high: range[1], ...shape },
    { kernels, random: seededRandom(7) },
  );
  const found = readByPaper(network, traces);
  expect(found).toMatchObject({ stage, route: "paper" });
  expect(found.cost).toBe(cost);
  const { length, inputDim, outputDim, x, y } = traces;
  expect(runProgram(found.program!, x.subarray(0, length * inputDim), length)).toEqual([
    ...y.subarray(0, length * outputDim),
  ]);
  expect(readByPaper(network, traces)).toEqual(found);
});

test("empty traces are an error, what does not fit is noted with its reasons", () => {
  const network = buildNetwork(sum.f, sum.g, [0]);
  const traces = traceOn(
    network,
    { low: 0, high: 9, ...shape },
    { kernels, random: seededRandom(7) },
  );
  expect(() => readByPaper(network, { ...traces, count: 0 })).toThrow(/0 sequences/);
  // outputs that nothing explains
  const y = traces.y.map((_, i) => ((i * 7919) % 1013) ** 2 % 31);
  const found = readByPaper(network, { ...traces, y });
  expect(found.program).toBeUndefined();
  expect(found.notes.join("; ")).toMatch(/linear regression.*Boolean regression/);
});
