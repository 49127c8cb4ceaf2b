import { readFile } from "node:fs/promises";
import { loadKernels, parameterCount } from "@latticode/kernels";
import { expect, test } from "vitest";
import { randomIntegers, randomNumbers, randomShape } from "../../../test/reference.ts";

const file = new URL("../dist/kernels.wasm", import.meta.url);

test("bytes, a module, a URL and its text all give working kernels", async () => {
  const bytes = await readFile(file);
  const sources = [bytes, await WebAssembly.compile(bytes), file, file.href];
  for (const source of sources) {
    const kernels = await loadKernels(source);
    expect([...kernels.leastSquares(Float64Array.of(2), 1, 1, Float64Array.of(6), 1)]).toEqual([3]);
  }
});

test("the module that is found by itself is loaded once", async () => {
  expect(await loadKernels()).toBe(await loadKernels());
});

test("bytes that are no module are refused", async () => {
  await expect(loadKernels(Uint8Array.of(1, 2, 3))).rejects.toThrow(WebAssembly.CompileError);
});

test("memory does not grow over 10,000 jobs of mixed kinds and sizes, nor while one runs", async () => {
  const kernels = await loadKernels(file);
  const random = randomNumbers(4);
  const integer = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const numbers = (size: number) => new Float64Array(size).map(() => random() - 0.5);
  const create = (kind: number) => {
    const shape = randomShape(random);
    const [count, length] = [integer(1, 60), integer(1, 6)];
    const x = randomIntegers(random, count * length * shape.inputDim, 3);
    const y = randomIntegers(random, count * length * shape.outputDim, 3);
    const data = { shape, x, y, count, length };
    if (kind === 0) {
      const weights = Float32Array.from(numbers(parameterCount(shape)));
      const options = {
        ...data,
        weights,
        totalSteps: 1,
        batch: integer(1, 40),
        noise: integer(0, 1),
      };
      const job = kernels.createAdam(options);
      return { run: () => job.run(1), dispose: job.dispose };
    }
    if (kind === 1) {
      const job = kernels.createLevenbergMarquardt({ ...data, batch: 32, capacity: 64 });
      return { run: () => job.run(1), dispose: job.dispose };
    }
    const dimension = integer(1, 20);
    const capacity = integer(1, 300);
    const job = kernels.createClustering({ dimension, tolerance: 0.3, capacity });
    const points = numbers(dimension * integer(1, 100));
    return { run: () => job.add(points), dispose: job.dispose };
  };
  const calls = [
    () => kernels.svd(numbers(40), 8, 5),
    () => kernels.lu(numbers(64), 8),
    () => kernels.eigen(numbers(49), 7),
    () => kernels.leastSquares(numbers(60), 20, 3, numbers(20), 1),
    () => kernels.clusterPoints(numbers(300), 100, 3, 0.1),
    () =>
      kernels.refinePartition(randomIntegers(random, 200, 1).map(Math.abs), new Int32Array(100)),
    () => {
      const rows = integer(1, 50);
      const bank = kernels.createExpressionBank({ rows, capacity: integer(1, 300), width: 32 });
      bank.add(new Int32Array(rows));
      bank.dispose();
    },
    () => {
      const batch = { tokens: Int32Array.of(0, 0, -4), ends: Int32Array.of(3), inputCount: 1 };
      kernels.evaluateExpressions({ ...batch, inputs: Int32Array.of(1), rows: 1, width: 32 });
    },
    () => kernels.normalDeviates(1, integer(0, 1000)),
  ];
  const open: ReturnType<typeof create>[] = [];
  const work = (jobs: number) => {
    for (let i = 0; i < jobs; i++) {
      const job = create(i % 3);
      const created = kernels.memoryBytes();
      job.run();
      expect(kernels.memoryBytes()).toBe(created);
      calls[i % calls.length]();
      // some stay open for a while, so that blocks are freed in another order than they were taken
      open.push(job);
      if (open.length > 8) open.splice(integer(0, 8), 1)[0].dispose();
    }
  };
  // the most that is open at a time is part of the warm-up
  work(500);
  const settled = kernels.memoryBytes();
  work(10_000);
  for (const job of open) job.dispose();
  expect(kernels.memoryBytes()).toBe(settled);
});
