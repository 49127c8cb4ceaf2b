import type { Kernels } from "@latticode/kernels";
import type { Network } from "./network.ts";

/**
 * A recurrent network h_t = f(h_(t-1), x_t), y_t = g(h_t), as something that can be run: all that
 * tracing, evaluating, reading and checking ask of one, whatever its cell. What changes, stores or
 * prints weights takes a `Network` instead. Equal arguments give equal results, and no call changes
 * its arguments or the network.
 */
export interface Recurrent {
  /** Numbers that enter at a position. */
  readonly inputDim: number;
  /** Numbers that leave at a position. */
  readonly outputDim: number;
  /** Size of h. */
  readonly hiddenDim: number;
  /** h_0 [hiddenDim] */
  readonly initial: Float64Array;
  /** Which parts are affine by their form: neither, f ("dynamics"), or f and g. */
  readonly affine: "none" | "dynamics" | "both";
  /**
   * One step from each of the given states.
   *
   * @param h finite states [count, hiddenDim]
   * @param x one input for each [count, inputDim]
   * @returns the next states [count, hiddenDim], and the outputs there rounded to the nearest
   *   integer of 32 bits, halves up [count, outputDim]
   */
  step(h: Float64Array, x: Int32Array): { readonly h: Float64Array; readonly y: Int32Array };
  /**
   * Runs whole sequences from h_0.
   *
   * @param x [count, length, inputDim]
   * @returns the states after every position [count, length, hiddenDim], and the outputs there, not
   *   rounded [count, length, outputDim]
   */
  run(
    x: Int32Array,
    count: number,
    length: number,
  ): { readonly h: Float64Array; readonly y: Float64Array };
}

/**
 * A ReLU perceptron network as something that can be run. Its calls throw RangeError where the
 * weights do not fit the shape or are not finite, or where arguments are not as `runNetwork` of
 * @latticode/kernels says.
 *
 * @example
 * const recurrent = recurrentOf(network, { kernels: await loadKernels() });
 * const { h, y } = recurrent.step(recurrent.initial, Int32Array.of(1));
 */
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
