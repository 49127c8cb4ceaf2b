import {
  type Adam,
  type Kernels,
  type LevenbergMarquardt,
  type NetworkShape,
  parameterCount,
} from "@latticode/kernels";

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
  const meterAdam = (job: Adam, perStep: number): Adam => ({
    ...job,
    run(steps) {
      work += steps * perStep;
      return job.run(steps);
    },
  });
  const meterLevenbergMarquardt = (
    job: LevenbergMarquardt,
    { outputDim }: NetworkShape,
    weights: number,
  ): LevenbergMarquardt => {
    let done = 0;
    return {
      ...job,
      run(iterations) {
        const report = job.run(iterations);
        const perPosition = weights * weights * (1 + outputDim / 2);
        const perStep =
          report.batch * report.prefix * perPosition + (weights * weights * weights) / 6;
        work += (report.iterations - done) * perStep;
        done = report.iterations;
        return report;
      },
    };
  };
  return {
    work: () => Math.round(work),
    kernels: {
      ...kernels,
      createAdam(options) {
        const { shape, batch = 64, length } = options;
        return meterAdam(kernels.createAdam(options), 3 * batch * length * parameterCount(shape));
      },
      createLevenbergMarquardt(options) {
        const job = kernels.createLevenbergMarquardt(options);
        return meterLevenbergMarquardt(job, options.shape, parameterCount(options.shape));
      },
      runNetwork(shape, weights, initial, x, count, length) {
        work += count * length * weights.length;
        return kernels.runNetwork(shape, weights, initial, x, count, length);
      },
    },
  };
}
