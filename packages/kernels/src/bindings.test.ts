import {
  type AdamOptions,
  type ExpressionBatch,
  type Kernels,
  loadKernels,
  parameterCount,
} from "@latticode/kernels";
import { expect, test } from "vitest";

const kernels = await loadKernels();

const f32 = (...values: number[]) => Float32Array.from(values);
const f64 = (...values: number[]) => Float64Array.from(values);
const i64 = (...values: bigint[]) => BigInt64Array.from(values);
const i32 = (...values: number[]) => Int32Array.from(values);

const shape = {
  inputDim: 1,
  outputDim: 1,
  hiddenDim: 1,
  hiddenDepth: 1,
  hiddenWidth: 0,
  outputDepth: 1,
  outputWidth: 0,
};
const data = { shape, x: i32(0, 0), y: i32(0, 0), count: 1, length: 2 };
const adamDefaults: AdamOptions = { ...data, weights: new Float32Array(5), totalSteps: 2 };
const batch: ExpressionBatch = {
  tokens: i32(0),
  ends: i32(1),
  inputs: i32(7),
  inputCount: 1,
  rows: 1,
  width: 32,
};
const layer = { inputs: 1, outputs: 1, batch: 1 };

// every method by name, with arguments that are right
type Functions = Omit<Kernels, "module">;
const right: { [K in keyof Functions]: Parameters<Functions[K]> } = {
  denseForward: [f32(1), f32(1), f32(1), { ...layer, relu: true }],
  denseBackward: [f32(1), f32(1), f32(1), { ...layer, rectified: true }],
  meanLoss: ["log", f32(1), f32(2), { outputs: 1, batch: 1 }],
  leastSquares: [f64(1), 1, 1, f64(1), 1],
  symmetricEigen: [f64(1), 1],
  eigen: [f64(1), 1],
  qr: [f64(1), 1, 1],
  svd: [f64(1), 1, 1],
  nullSpace: [f64(1), 1, 1],
  lu: [f64(1), 1],
  solve: [f64(1), 1, f64(1), 1],
  inverse: [f64(1), 1],
  determinant: [f64(1), 1],
  hermite: [i64(1n), 1, 1],
  smith: [i64(1n), 1, 1],
  lll: [i64(1n), 1, 1],
  hankelRank: [i64(1n), { outputs: 1, inputs: 1, blocks: 1 }],
  descriptionLength: [f64(1), f64(0)],
  linearLattice: [
    Float64Array.from({ length: 40 }, (_, i) => 2 * ((i % 10) + 1)),
    new Int32Array(40).fill(1),
    { count: 4, length: 10, hiddenDim: 1, inputDim: 1 },
  ],
  gcdLattice: [Float64Array.from({ length: 40 }, (_, i) => 2 * ((i % 10) + 1)), 40, 1],
  elementary: ["exp", f64(1)],
  runNetwork: [shape, new Float64Array(5), f64(0), i32(1, 2), 1, 2],
  clusterPoints: [f64(1, 2), 1, 2, 0.5],
  refinePartition: [i32(0), i32(0)],
  randomWords: [
    [0, 0, 0, 0],
    [0, 0],
  ],
  normalDeviates: [1, 2],
  evaluateExpressions: [batch],
  createAdam: [adamDefaults],
  createClustering: [{ dimension: 1, tolerance: 1, capacity: 1 }],
  createExpressionBank: [{ rows: 1, capacity: 1, width: 32 }],
  createLevenbergMarquardt: [data],
  memoryBytes: [],
};

// the name, the place of the argument (and its field), a wrong value, and what the Error says
type Misuse = readonly [keyof Functions, (number | string)[], unknown, string];
const huge = 2 ** 31;

const misuses: Misuse[] = [
  ["denseForward", [0], f64(1), "weight is Float64Array, must be Float32Array"],
  ["denseForward", [1], undefined, "bias is undefined, must be Float32Array"],
  ["denseForward", [2], f32(1, 2), "x has length 2, [batch, inputs] needs 1"],
  ["denseForward", [3, "inputs"], 1.5, "inputs is 1.5"],
  ["denseForward", [3], { ...layer, inputs: 256, batch: 2 ** 20 }, "batch * inputs is 268435456"],
  ["denseBackward", [0], [1], "weight is Array"],
  ["denseBackward", [1], f32(), "x has length 0"],
  ["denseBackward", [2], null, "dy is null"],
  ["denseBackward", [3, "outputs"], 0, "outputs is 0"],
  ["denseBackward", [3, "batch"], 2 ** 20 + 1, "batch is 1048577"],
  ["meanLoss", [0], "absolute", "loss is absolute"],
  ["meanLoss", [1], i32(1), "y is Int32Array"],
  ["meanLoss", [2], f32(), "target has length 0"],
  ["meanLoss", [3], { outputs: 256, batch: 2 ** 20 }, "batch * outputs is 268435456"],
  ["meanLoss", [3, "deadZone"], "0", "deadZone is 0, must be"],
  ["leastSquares", [0], f32(1), "a is Float32Array"],
  ["leastSquares", [1], huge, "rows is 2147483648"],
  ["leastSquares", [2], 0.5, "columns is 0.5"],
  ["leastSquares", [3], f32(1), "b is Float32Array"],
  ["leastSquares", [3], f64(Number.NaN), "b[0] is NaN"],
  ["leastSquares", [4], 1025, "sides is 1025"],
  ["symmetricEigen", [0], f64(Number.NaN), "a[0] is NaN"],
  ["symmetricEigen", [1], huge, "n is 2147483648"],
  ["eigen", [0], f32(1), "a is Float32Array"],
  ["eigen", [1], 1.5, "n is 1.5"],
  ["qr", [0], [1], "a is Array"],
  ["qr", [2], huge, "columns is 2147483648"],
  ["svd", [0], f64(Number.POSITIVE_INFINITY), "a[0] is Infinity"],
  ["svd", [1], 2, "a has length 1, [rows, columns] needs 2"],
  ["nullSpace", [2], Number.NaN, "columns is NaN"],
  ["nullSpace", [3], Number.NaN, "tolerance is NaN"],
  ["lu", [0], undefined, "a is undefined"],
  ["lu", [1], 0, "n is 0"],
  ["solve", [2], f32(1), "b is Float32Array"],
  ["solve", [3], 2, "b has length 1, [n, sides] needs 2"],
  ["inverse", [1], "1", "n is 1, must be an integer"],
  ["determinant", [0], f64(1, 2), "a has length 2"],
  ["hermite", [0], i32(1), "a must be a BigInt64Array"],
  ["hermite", [0], i64(-(2n ** 63n)), "a[0] is -2^63, must be above it"],
  ["hermite", [1], 2, "a has length 1"],
  ["hermite", [2], 0.5, "columns is 0.5"],
  ["smith", [0], f64(1), "a must be a BigInt64Array"],
  ["smith", [1], huge, "rows is 2147483648"],
  ["smith", [2], 0, "columns is 0"],
  ["lll", [0], [1n], "basis must be a BigInt64Array"],
  ["lll", [1], -1, "rows is -1"],
  ["lll", [2], 2, "basis has length 1"],
  ["lll", [3], { delta: 2 }, "delta is 2"],
  ["hankelRank", [0], i64(), "markov has length 0"],
  ["hankelRank", [1, "outputs"], 0, "outputs is 0"],
  ["hankelRank", [1, "blocks"], huge, "blocks is 2147483648"],
  ["descriptionLength", [0], f32(1), "codes is Float32Array"],
  ["descriptionLength", [1], f64(Number.NaN), "residuals[0] is NaN"],
  ["linearLattice", [0], f64(1), "h has length 1"],
  ["linearLattice", [1], i32(1), "x has length 1"],
  ["linearLattice", [2, "hiddenDim"], 0, "hiddenDim is 0"],
  ["linearLattice", [2, "count"], 1.5, "count is 1.5"],
  ["gcdLattice", [0], f64(1, Number.NaN), "h has length 2"],
  ["gcdLattice", [1], huge, "rows is 2147483648"],
  ["gcdLattice", [2], 1.5, "hiddenDim is 1.5"],
  ["elementary", [0], "toString", "name is toString"],
  ["elementary", [1], f32(1), "x is Float32Array"],
  ["runNetwork", [0, "hiddenDim"], huge, "shape.hiddenDim is 2147483648"],
  ["runNetwork", [0, "outputDepth"], 4, "shape.outputDepth is 4"],
  ["runNetwork", [1], new Float32Array(5), "weights is Float32Array"],
  ["runNetwork", [2], f64(0, 0), "initial has length 2"],
  ["runNetwork", [2], f64(Number.NaN), "initial[0] is NaN"],
  ["runNetwork", [2], undefined, "initial is undefined"],
  ["runNetwork", [3], f64(1, 2), "x is Float64Array"],
  ["runNetwork", [4], -1, "count is -1"],
  ["runNetwork", [4], 2 ** 25, "count * length * (hiddenDim + outputDim) is 134217728"],
  ["runNetwork", [5], 4097, "length is 4097"],
  ["clusterPoints", [0], f32(1, 2), "points is Float32Array"],
  ["clusterPoints", [1], huge, "rows is 2147483648"],
  ["clusterPoints", [3], "1", "tolerance is 1, must be"],
  ["refinePartition", [0], i32(1), "transitions[0] is 1"],
  ["refinePartition", [1], f64(1), "labels is Float64Array"],
  ["randomWords", [0], [0, 0, 0], "counter has length 3"],
  ["randomWords", [0], [0, 0, 0.5, 0], "counter[2] is 0.5"],
  ["randomWords", [1], [0, 0, 0], "key has length 3"],
  ["normalDeviates", [0], -1, "seed is -1"],
  ["normalDeviates", [1], huge, "count is 2147483648"],
  ["evaluateExpressions", [0, "tokens"], f64(0), "tokens is Float64Array"],
  ["evaluateExpressions", [0, "ends"], [1], "ends is Array"],
  ["evaluateExpressions", [0, "inputs"], f64(7), "inputs must be Int32Array"],
  ["evaluateExpressions", [0, "rows"], huge, "rows is 2147483648"],
  ["evaluateExpressions", [0, "inputCount"], 1.5, "inputCount is 1.5"],
  ["createExpressionBank", [0, "rows"], 0.5, "rows is 0.5"],
  ["createExpressionBank", [0, "capacity"], 2 ** 24, "bytes of the bank is 10905"],
  ["createAdam", [0, "weights"], new Float64Array(5), "weights is Float64Array"],
  ["createAdam", [0, "weights"], f32(0, 0, Number.NaN, 0, 0), "weights[2] is NaN"],
  ["createAdam", [0, "x"], f32(0, 0), "x is Float32Array"],
  ["createAdam", [0, "y"], [0, 0], "y is Array"],
  ["createAdam", [0, "count"], 1.5, "count is 1.5"],
  ["createAdam", [0, "count"], huge, "count is 2147483648"],
  ["createAdam", [0, "length"], 4097, "length is 4097"],
  ["createAdam", [0, "batch"], 2 ** 16 + 1, "batch is 65537"],
  ["createAdam", [0, "totalSteps"], huge, "totalSteps is 2147483648"],
  ["createAdam", [0, "beta1"], 1, "beta1 is 1"],
  ["createAdam", [0, "beta2"], "0.9", "beta2 is 0.9, must be"],
  ["createAdam", [0, "epsilon"], 0, "epsilon is 0"],
  ["createAdam", [0, "weightDecay"], -1, "weightDecay is -1"],
  ["createAdam", [0, "deadZone"], Number.NaN, "deadZone is NaN"],
  ["createAdam", [0, "deadZoneFrom"], 3, "deadZoneFrom is 3"],
  ["createAdam", [0, "noise"], -1, "noise is -1"],
  ["createAdam", [0, "noiseUntil"], 0.5, "noiseUntil is 0.5"],
  ["createAdam", [0, "clip"], null, "clip is null"],
  ["createClustering", [0, "dimension"], 1.5, "dimension is 1.5"],
  ["createClustering", [0, "tolerance"], 0, "tolerance is 0"],
  ["createClustering", [0, "capacity"], 2 ** 20 + 1, "capacity is 1048577"],
  ["createLevenbergMarquardt", [0, "weights"], f32(0, 0, 0, 0, 0), "weights is Float32Array"],
  ["createLevenbergMarquardt", [0, "weights"], f64(0), "weights has length 1"],
  ["createLevenbergMarquardt", [0, "weights"], f64(0, 0, 0, 0, Number.NaN), "weights[4] is NaN"],
  ["createLevenbergMarquardt", [0, "x"], i32(0), "x has length 1"],
  ["createLevenbergMarquardt", [0, "batch"], 32 * 257, "batch / 32 is 257"],
  ["createLevenbergMarquardt", [0, "seed"], 2 ** 32, "seed is 4294967296"],
  ["createLevenbergMarquardt", [0, "maxIterations"], 0, "maxIterations is 0"],
  ["createLevenbergMarquardt", [0, "margin"], Number.NaN, "margin is NaN"],
];

function call(name: keyof Functions, args: readonly unknown[]): unknown {
  return (kernels[name] as (...args: readonly unknown[]) => unknown)(...args);
}

test("the table has every function, and its right arguments work", () => {
  const { module: _, ...functions } = kernels;
  expect(Object.keys(right).sort()).toEqual(Object.keys(functions).sort());
  const misused = new Set<string>(misuses.map(([name]) => name));
  for (const name of Object.keys(right) as (keyof Functions)[]) {
    const result = call(name, right[name]) as { dispose?(): void };
    result.dispose?.();
    expect(misused.has(name)).toBe(name !== "memoryBytes");
  }
});

test.each(misuses)("%s(%o) wrong", (name, [place, field], value, message) => {
  const args: unknown[] = [...right[name]];
  args[place as number] =
    field === undefined ? value : { ...(args[place as number] as object), [field]: value };
  expect(() => call(name, args)).toThrow(message);
});

test("sizes whose buffers do not fit say how many bytes they need, and leave nothing behind", () => {
  const long = { ...data, x: new Int32Array(4096), y: new Int32Array(4096 * 64), length: 4096 };
  const y = new Int32Array(4096 * 32);
  const fit = { ...long, y, shape: { ...shape, outputDim: 32, hiddenDim: 6 } };
  const widest = { inputDim: 1, outputDim: 64, hiddenDim: 128 };
  const depths = { hiddenDepth: 3, hiddenWidth: 256, outputDepth: 3, outputWidth: 256 };
  const deep = { ...widest, ...depths };
  const weights = new Float32Array(parameterCount(deep));
  const attempts = () => {
    // the Jacobian alone has 4096 * 32 * (272 + 1) * 128 bytes, which modulo 2^32 are few
    expect(() => kernels.createLevenbergMarquardt(fit)).toThrow(
      "need a block of 4621446832 bytes, the most",
    );
    const train = { ...long, shape: deep, weights, totalSteps: 1, noise: 1 };
    expect(() => kernels.createAdam(train)).toThrow(
      /need a block of 1[2-6]\d{8} bytes, the most is/,
    );
  };
  for (let i = 0; i < 20; i++) attempts();
  const settled = kernels.memoryBytes();
  for (let i = 0; i < 100; i++) attempts();
  expect(kernels.memoryBytes()).toBe(settled);
});

test("a disposed handle refuses every call but dispose", () => {
  const adam = kernels.createAdam(adamDefaults);
  const fit = kernels.createLevenbergMarquardt(data);
  const clustering = kernels.createClustering({ dimension: 1, tolerance: 1, capacity: 1 });
  expect(() => adam.run(0.5)).toThrow("steps is 0.5");
  expect(() => fit.run(-1)).toThrow("iterations is -1");
  for (const job of [adam, fit, clustering]) {
    job.dispose();
    job.dispose();
  }
  for (const use of [() => adam.run(1), () => adam.weights(), () => adam.gradient()]) {
    expect(use).toThrow("Adam was disposed");
  }
  for (const use of [() => fit.run(1), () => fit.weights()]) {
    expect(use).toThrow("Levenberg-Marquardt was disposed");
  }
  expect(() => clustering.add(f64(1))).toThrow("Clustering was disposed");
});
