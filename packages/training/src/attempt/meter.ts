import { type Kernels, parameterCount } from "@latticode/kernels";

/** Kernels that count what they are asked to do. */
export interface Meter {
  readonly kernels: Kernels;
  /** Multiply-adds so far, estimated; the same on every machine. */
  work(): number;
}

/**
 * Counts the multiply-adds of training steps and of runs of networks, for budgets that must not
 * depend on how fast a machine is. P weights, at each position of each sequence of a batch: a run
 * takes P, a step of Adam 3 P (forward, and backward twice that), a step of Levenberg-Marquardt
 * P^2 (1 + outputDim / 2) (the derivative by each weight, then the normal equations) and once
 * P^3 / 6 (Cholesky).
 */
export function meterKernels(kernels: Kernels): Meter {
  let work = 0;
  return {
    work: () => Math.round(work),
    kernels: {
      ...kernels,
      createAdam(options) {
        const { shape, batch = 64, length } = options;
        const job = kernels.createAdam(options);
        const perStep = 3 * batch * length * parameterCount(shape);
        const run = (steps: number) => {
          work += steps * perStep;
          return job.run(steps);
        };
        return { ...job, run };
      },
      createLevenbergMarquardt(options) {
        const job = kernels.createLevenbergMarquardt(options);
        const weights = parameterCount(options.shape);
        const perPosition = weights * weights * (1 + options.shape.outputDim / 2);
        let done = 0;
        const run = (iterations: number) => {
          const report = job.run(iterations);
          const perStep =
            report.batch * report.prefix * perPosition + (weights * weights * weights) / 6;
          work += (report.iterations - done) * perStep;
          done = report.iterations;
          return report;
        };
        return { ...job, run };
      },
      runNetwork(shape, weights, initial, x, count, length) {
        work += count * length * weights.length;
        return kernels.runNetwork(shape, weights, initial, x, count, length);
      },
    },
  };
}
