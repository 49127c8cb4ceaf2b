import { readFile } from "node:fs/promises";
import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";

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

test("memory does not grow over many jobs and many calls", async () => {
  const kernels = await loadKernels(file);
  const sizes = { inputDim: 1, outputDim: 1, hiddenDim: 2, hiddenDepth: 2, hiddenWidth: 4 };
  const shape = { ...sizes, outputDepth: 1, outputWidth: 0 };
  const data = { x: new Int32Array(500), y: new Int32Array(500), count: 100, length: 5 };
  const work = () => {
    const weights = new Float32Array(29);
    const adam = kernels.createAdam({ ...data, shape, weights, totalSteps: 1, batch: 8 });
    adam.run(1);
    adam.dispose();
    const fit = kernels.createLevenbergMarquardt({ ...data, shape, batch: 32, capacity: 32 });
    fit.run(1);
    fit.dispose();
    kernels.runNetwork(shape, new Float64Array(29), new Float64Array(2), data.x, 100, 5);
  };
  for (let i = 0; i < 200; i++) work();
  const settled = kernels.memoryBytes();
  for (let i = 0; i < 1500; i++) work();
  expect(kernels.memoryBytes()).toBe(settled);
});
