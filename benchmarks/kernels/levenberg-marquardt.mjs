// Attempts of Levenberg-Marquardt a second, each from its own start: hidden 1, f of depth 2 and width 8,
// g linear, on running sums modulo 5.

import { loadKernels } from "@latticode/kernels";
import { sumsModulo5 } from "./sums.mjs";

const shape = {
  ...{ inputDim: 1, outputDim: 1, hiddenDim: 1 },
  ...{ hiddenDepth: 2, hiddenWidth: 8, outputDepth: 1, outputWidth: 0 },
};
const rounds = 9;
const attemptsARound = 60;

/** Attempts a second of each round, ascending, and how many of all attempts succeeded. */
export async function benchmarkLevenbergMarquardt() {
  const kernels = await loadKernels();
  const data = sumsModulo5(kernels, 1000, 10);
  const attempt = (seed) => {
    const job = kernels.createLevenbergMarquardt({ shape, ...data, seed });
    let report = job.run(50);
    while (report.status === "running") report = job.run(50);
    job.dispose();
    return report.status === "fitted";
  };
  for (let seed = 0; seed < 10; seed++) attempt(1e6 + seed);
  let fitted = 0;
  const rates = Array.from({ length: rounds }, (_, round) => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < attemptsARound; i++) fitted += attempt(round * attemptsARound + i);
    return attemptsARound / (Number(process.hrtime.bigint() - start) / 1e9);
  });
  return { rates: rates.sort((a, b) => a - b), attempts: rounds * attemptsARound, fitted };
}
