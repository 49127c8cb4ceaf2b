import { parameterCount } from "@latticode/kernels";
import { evaluateNetwork, type Network, recurrentOf } from "@latticode/network";
import { countNonZero, newStep, type StepOptions } from "../step.ts";

export interface FineTuneOptions extends Pick<StepOptions, "kernels"> {
  /** Strengths of the L1 penalty that are tried; 1e-5, 1e-4, ... 1 as in the paper unless told. */
  readonly penalties?: readonly number[];
  /** Steps of Adam for each; 1,000 unless told. */
  readonly steps?: number;
  /** The largest learning rate; 1e-3 as in the paper unless told. */
  readonly learningRate?: number;
  /** Numbers the batches; an integer from 0 to 2^32 - 1, 0 unless told. */
  readonly seed?: number;
  /**
   * The largest error of an output that is accepted, below 0.5; unless told 0.1, or that of the
   * network before where it is larger. Penalised weights are too small, and steps to come need
   * exact ones.
   */
  readonly margin?: number;
}

/**
 * Fine-tuning with an L1 penalty, which the paper's authors do between their normalizers: weights
 * that are not needed become 0. Of the networks that give the examples' outputs everywhere, within
 * the margin, the one with the fewest non-zero weights is kept, and only if it has fewer than
 * before; the smaller penalty at equal numbers. Coordinates do not change, the weights do. Refused
 * where h_0 is not 0, which the trainer starts from.
 *
 * @throws Error when the examples do not fit the network
 */
export const fineTune = newStep(
  "fine-tune",
  Number.POSITIVE_INFINITY,
  function* (network, options: FineTuneOptions, examples) {
    const { kernels, penalties = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1] } = options;
    const { steps = 1000, learningRate = 1e-3, seed = 0 } = options;
    const { shape } = network;
    if (network.initial.some((h) => h !== 0)) {
      return yield "h_0 is not 0, training starts there";
    }
    const weights = Float32Array.from(network.weights);
    if (!weights.every(Number.isFinite)) {
      return yield "a weight is not a finite number in f32";
    }
    const before = evaluateNetwork(recurrentOf(network, { kernels }), examples);
    const margin = options.margin ?? Math.max(0.1, before.margin);
    let best: { network: Network; count: number; penalty: number } | undefined;
    for (const l1 of penalties) {
      const job = kernels.createAdam({
        ...examples,
        shape,
        weights,
        seed,
        learningRate,
        l1,
        totalSteps: steps,
      });
      let trained: Float32Array;
      try {
        job.run(steps);
        trained = job.weights();
      } finally {
        job.dispose();
      }
      if (!trained.every(Number.isFinite)) continue;
      const tuned = { ...network, weights: Float64Array.from(trained) };
      const evaluation = evaluateNetwork(recurrentOf(tuned, { kernels }), examples);
      if (!(evaluation.accuracy === 1 && evaluation.margin <= margin)) continue;
      const count = countNonZero(tuned);
      if (count < (best?.count ?? countNonZero(network))) {
        best = { network: tuned, count, penalty: l1 };
      }
    }
    if (!best) return yield "no penalty leaves fewer weights and every output right";
    yield {
      network: best.network,
      summary:
        `an L1 penalty of ${best.penalty} left ${best.count} of ${parameterCount(shape)} ` +
        "weights",
    };
  },
);
