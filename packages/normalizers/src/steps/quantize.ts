import { evaluateNetwork, recurrentOf } from "@latticode/network";
import { diagonal } from "../matrix.ts";
import { newStep, type StepOptions } from "../step.ts";
import { integerScales, scaleStates } from "./scale-states.ts";

export interface QuantizeOptions extends Pick<StepOptions, "kernels"> {
  /**
   * Weights this near to an integer become it; tried in turn until the accuracy stays; 0.01 as in
   * the paper, then 1e-3, 1e-4 and 1e-5, unless told.
   */
  readonly thresholds?: readonly number[];
  /** Whether hidden coordinates are scaled first, so that more weights become integers; true. */
  readonly scale?: boolean;
}

/**
 * Quantisation (paper section 4.1): the weights, biases and start values that are near an integer
 * become that integer, after a scaling of the hidden coordinates that brings more of them there.
 * The one step that changes the function: it is dropped where fewer rounded outputs agree with the
 * examples' than before.
 *
 * @throws Error when the examples do not fit the network
 */
export const quantize = newStep(
  "quantize",
  Number.POSITIVE_INFINITY,
  function* (network, options: QuantizeOptions, examples) {
    const { kernels, thresholds = [1e-2, 1e-3, 1e-4, 1e-5], scale = true } = options;
    const { hiddenDim } = network.shape;
    const { accuracy } = evaluateNetwork(recurrentOf(network, { kernels }), examples);
    for (const threshold of thresholds) {
      const scales = scale
        ? integerScales(network, threshold)
        : new Float64Array(hiddenDim).fill(1);
      const scaled = scaleStates(network, scales);
      const rounded = (values: Float64Array) =>
        values.map((w) => (Math.abs(w - Math.round(w)) <= threshold ? Math.round(w) + 0 : w));
      const weights = rounded(scaled.weights);
      const initial = rounded(scaled.initial);
      const unlike = (a: Float64Array, b: Float64Array) => a.filter((v, i) => v !== b[i]).length;
      const moved = unlike(weights, scaled.weights) + unlike(initial, scaled.initial);
      if (moved === 0 && scales.every((s) => s === 1)) {
        return yield "every weight near an integer is one";
      }
      const quantized = { ...scaled, weights, initial };
      const after = evaluateNetwork(recurrentOf(quantized, { kernels }), examples).accuracy;
      if (after >= accuracy) {
        return yield {
          network: quantized,
          matrix: diagonal(scales),
          summary: `${moved} weights became the integers that they were within ${threshold} of`,
        };
      }
      yield `the share of right outputs would fall from ${accuracy} to ${after}`;
    }
  },
);
