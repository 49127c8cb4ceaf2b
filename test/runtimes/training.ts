import type { Kernels } from "@latticode/kernels";
import { openPool, splitExamples, trainNetwork } from "@latticode/training";

/** The workers that there were, and the weights that they trained for running parities. */
export async function train(kernels: Kernels, workers: number | undefined) {
  const [count, length] = [400, 6];
  const x = Int32Array.from({ length: count * length }, (_, i) => ((i * i * 31 + 7 * i) % 11) & 1);
  const y = x.map((_, i) => x.subarray(i - (i % length), i + 1).reduce((a, b) => a ^ b));
  const examples = { count, length, inputDim: 1, outputDim: 1, x, y };
  const split = splitExamples(examples, { seed: 1 });
  const pool = await openPool({ kernels, workers });
  try {
    const result = await trainNetwork(split, { kernels, seed: 1, workers: pool });
    const { perfect, network } = result;
    return { workers: pool.workers, perfect, weights: [...network.weights] };
  } finally {
    pool.close();
  }
}
