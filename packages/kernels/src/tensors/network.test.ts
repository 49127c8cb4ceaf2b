import { loadKernels, type NetworkShape, networkLayers, parameterCount } from "@latticode/kernels";
import { expect, test } from "vitest";
import {
  randomIntegers,
  randomNumbers,
  randomShape,
  referenceNetwork,
  relativeError,
} from "../../../../test/reference.ts";

const kernels = await loadKernels();

function compare(shape: NetworkShape, count: number, length: number, seed: number): void {
  const random = randomNumbers(seed);
  const weights = Float64Array.from({ length: parameterCount(shape) }, () => random() - 0.5);
  const initial = Float64Array.from({ length: shape.hiddenDim }, () => random() - 0.5);
  const x = randomIntegers(random, count * length * shape.inputDim, 3);
  const { h, y } = kernels.runNetwork(shape, weights, initial, x, count, length);
  const size = length * shape.inputDim;
  const run = referenceNetwork(shape);
  const expected = Array.from({ length: count }, (_, s) =>
    run(weights, initial, x.subarray(s * size, (s + 1) * size)),
  );
  const flat = (key: "h" | "y") => expected.flatMap((sequence) => sequence[key]);
  expect(relativeError(h, flat("h"))).toBeLessThan(1e-11);
  expect(relativeError(y, flat("y"))).toBeLessThan(1e-11);
}

test("runNetwork on random shapes", () => {
  const random = randomNumbers(2);
  for (let i = 0; i < 60; i++) {
    const shape = randomShape(random);
    compare(shape, 1 + Math.floor(random() * 40), 1 + Math.floor(random() * 12), i);
  }
});

test("runNetwork on the smallest and the largest shape", () => {
  const smallest = { inputDim: 1, outputDim: 1, hiddenDim: 1, hiddenDepth: 1, hiddenWidth: 0 };
  compare({ ...smallest, outputDepth: 1, outputWidth: 0 }, 1, 1, 1);
  const largest = { inputDim: 64, outputDim: 64, hiddenDim: 128, hiddenDepth: 3, hiddenWidth: 256 };
  compare({ ...largest, outputDepth: 3, outputWidth: 256 }, 17, 2, 2);
});

test("runNetwork steps from a state of each sequence's own", () => {
  const shape = randomShape(randomNumbers(5));
  const random = randomNumbers(6);
  const weights = Float64Array.from({ length: parameterCount(shape) }, () => random() - 0.5);
  const x = randomIntegers(random, 20 * shape.inputDim, 3);
  const whole = kernels.runNetwork(shape, weights, new Float64Array(shape.hiddenDim), x, 1, 20);
  const states = whole.h.subarray(0, 19 * shape.hiddenDim);
  const next = x.subarray(shape.inputDim);
  const stepped = kernels.runNetwork(shape, weights, states, next, 19, 1);
  expect([...stepped.h]).toEqual([...whole.h.subarray(shape.hiddenDim)]);
  expect([...stepped.y]).toEqual([...whole.y.subarray(shape.outputDim)]);
});

test("layers lie one behind the other", () => {
  const shape = { inputDim: 2, outputDim: 1, hiddenDim: 3, hiddenDepth: 2, hiddenWidth: 4 };
  expect(networkLayers({ ...shape, outputDepth: 1, outputWidth: 0 })).toEqual([
    { inputs: 5, outputs: 4, weightOffset: 0, biasOffset: 20 },
    { inputs: 4, outputs: 3, weightOffset: 24, biasOffset: 36 },
    { inputs: 3, outputs: 1, weightOffset: 39, biasOffset: 42 },
  ]);
});

test("misuse names the argument", () => {
  const shape = { inputDim: 1, outputDim: 1, hiddenDim: 1, hiddenDepth: 1, hiddenWidth: 0 };
  const linear = { ...shape, outputDepth: 1, outputWidth: 0 };
  const run = (changes: Partial<NetworkShape>, weights = new Float64Array(5), initial = 1) =>
    kernels.runNetwork(
      { ...linear, ...changes },
      weights,
      new Float64Array(initial),
      new Int32Array(6),
      2,
      3,
    );
  expect(() => run({ hiddenDim: 129 })).toThrow("shape.hiddenDim is 129, must be an integer from");
  expect(() => run({ hiddenWidth: 3 })).toThrow("shape.hiddenWidth (at depth 1) is 3");
  expect(() => run({ outputDepth: 2 })).toThrow("shape.outputWidth is 0");
  expect(() => run({ inputDim: 2 })).toThrow("weights has length 5, the shape needs 6");
  expect(() => run({}, new Float64Array(5), 3)).toThrow("initial has length 3");
  expect(() => run({}, Float64Array.of(1, 2, Number.NaN, 4, 5))).toThrow("weights[2] is NaN");
});
