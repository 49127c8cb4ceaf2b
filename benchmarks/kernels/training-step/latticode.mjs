// The training step of @latticode/kernels, which besides draws each batch anew from `count` sequences.

export function createLatticode(kernels, { shape, weights, data, batch, adam, seed }) {
  const job = kernels.createAdam({
    ...{ shape, weights, ...data, batch, seed, ...adam },
    ...{ loss: "log", schedule: "constant", totalSteps: 2 ** 30 },
  });
  let lastLoss;
  return {
    name: "@latticode/kernels",
    differentiate: () => ({ gradient: job.gradient(), loss: undefined }),
    run(count) {
      lastLoss = job.run(count);
      return job.weights();
    },
    /** Of the last step's batch, before its update. */
    lastLoss: () => lastLoss,
    end: job.dispose,
  };
}

/** Numbers of the sequences that the first step draws: the order of assembly/training/adam.ts. */
export function firstBatch(kernels, seed, batch, count) {
  return Array.from({ length: batch }, (_, i) => {
    const words = kernels.randomWords([0, i - (i % 4), 1, 0], [seed, 0]);
    return Math.floor((words[i % 4] * count) / 2 ** 32);
  });
}
