import type { Kernels } from "@latticode/kernels";
import type { Network } from "./network.ts";

/**
 * What every stage after training may ask of a recurrent network, whatever its cell:
 * h_t = f(h_(t-1), x_t), y_t = g(h_t).
 */
export interface Recurrent {
  readonly inputDim: number;
  readonly outputDim: number;
  readonly hiddenDim: number;
  /** h_0 [hiddenDim] */
  readonly initial: Float64Array;
  /** Which parts are affine by their form: nothing, f alone, or f and g. */
  readonly affine: "none" | "dynamics" | "both";
  /**
   * One step from each of the given states: h [count, hiddenDim] and x [count, inputDim] to the next
   * states, and the outputs there, rounded to the nearest integer.
   */
  step(h: Float64Array, x: Int32Array): { readonly h: Float64Array; readonly y: Int32Array };
  /**
   * Runs sequences x [count, length, inputDim] from h_0: the states after every position
   * [count, length, hiddenDim] and the outputs there as they are [count, length, outputDim].
   */
  run(
    x: Int32Array,
    count: number,
    length: number,
  ): { readonly h: Float64Array; readonly y: Float64Array };
}

/** A ReLU perceptron network as something that can be run. */
export function recurrentOf(
  network: Network,
  { kernels }: { readonly kernels: Kernels },
): Recurrent {
  const { shape, weights, initial } = network;
  const { inputDim, outputDim, hiddenDim, hiddenDepth, outputDepth } = shape;
  return {
    ...{ inputDim, outputDim, hiddenDim, initial },
    affine: hiddenDepth > 1 ? "none" : outputDepth > 1 ? "dynamics" : "both",
    step(h, x) {
      const next = kernels.runNetwork(shape, weights, h, x, h.length / hiddenDim, 1);
      return { h: next.h, y: roundOutputs(next.y) };
    },
    run: (x, count, length) => kernels.runNetwork(shape, weights, initial, x, count, length),
  };
}

/** The nearest integer, halves up, kept within 32 bits. */
export function roundOutputs(values: Float64Array): Int32Array {
  // a loop, as Int32Array.from with a function took half the time of a walk over all words
  const integers = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    integers[i] = Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.floor(values[i] + 0.5)));
  }
  return integers;
}
