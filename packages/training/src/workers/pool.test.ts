import { loadKernels } from "@latticode/kernels";
import { openPool as openBuiltPool, trainNetwork } from "@latticode/training";
import { expect, test } from "vitest";
import { openPool } from "./pool.ts";

const kernels = await loadKernels();

const examples = { count: 40, length: 2, inputDim: 1, outputDim: 1 };
const set = { ...examples, x: new Int32Array(80), y: new Int32Array(80) };
const data = { training: set, stopping: set, confirmation: set };

// The file that a worker runs lies beside the built pool, not beside this one.
test("where workers can't be started, the calling thread does the work unless they are asked for", async () => {
  const pool = await openPool({ kernels });
  expect(pool.workers).toBe(0);
  const { perfect } = await trainNetwork(data, { kernels, seed: 1, workers: pool });
  expect(perfect).toBe(true);
  const asked = openPool({ kernels, workers: 2 });
  await expect(asked).rejects.toThrow(/^a worker failed: .*; with workers: 0 all runs in the/);
});

test("there are as many workers as cores by default", async () => {
  const { availableParallelism } = await import("node:os");
  const pool = await openBuiltPool({ kernels });
  expect(pool.workers).toBe(availableParallelism());
  pool.close();
});

test.each([0, 2])(
  "with %i workers, what goes wrong in a unit ends the training",
  async (workers) => {
    const pool = await openBuiltPool({ kernels, workers });
    const stopping = { ...set, x: new Int32Array(79) };
    const spoilt = trainNetwork({ ...data, stopping }, { kernels, seed: 1, workers: pool });
    const error = await spoilt.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(RangeError);
    expect(String(error)).toMatch(/x has length 79/);
    const { perfect } = await trainNetwork(data, { kernels, seed: 1, workers: pool });
    expect(perfect).toBe(true);
    const onProgress = () => {
      throw new Error("nobody listens");
    };
    const deaf = trainNetwork(data, { kernels, seed: 1, workers: pool, onProgress });
    await expect(deaf).rejects.toThrow("nobody listens");
    pool.close();
  },
);
