import type { Kernels, NetworkShape } from "@latticode/kernels";

/** A recurrent network h_t = f([h_(t-1), x_t]), y_t = g(h_t), as plain data. */
export interface Network {
  readonly shape: NetworkShape;
  /** Flat, laid out as `networkLayers` of @latticode/kernels says; in f32 precision as trained. */
  readonly weights: Float64Array;
  /** h_0 [hiddenDim]; zero as trained. */
  readonly initial: Float64Array;
  /** The seed that the start of its training was drawn from. */
  readonly seed: number;
}

/** What a network does on given inputs: its hidden states, and its outputs rounded. */
export interface Traces {
  readonly count: number;
  readonly length: number;
  readonly inputDim: number;
  readonly outputDim: number;
  readonly hiddenDim: number;
  /** h_0 [hiddenDim]. */
  readonly initial: Float64Array;
  /** Inputs [count, length, inputDim]. */
  readonly x: Int32Array;
  /** States h_1 to h_T after each position [count, length, hiddenDim]. */
  readonly h: Float64Array;
  /** Outputs [count, length, outputDim], rounded to the nearest integer. */
  readonly y: Int32Array;
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

/** Runs a network on sequences [count, length, inputDim] and keeps everything it did. */
export function traceNetwork(
  network: Network,
  inputs: { readonly x: Int32Array; readonly count: number; readonly length: number },
  options: { readonly kernels: Kernels },
): Traces {
  const { shape, weights, initial } = network;
  const { x, count, length } = inputs;
  const { inputDim, outputDim, hiddenDim } = shape;
  const { h, y } = options.kernels.runNetwork(shape, weights, initial, x, count, length);
  return { count, length, inputDim, outputDim, hiddenDim, initial, x, h, y: roundOutputs(y) };
}

/**
 * One step of a network from each of the given states: h [count, hiddenDim] and x
 * [count, inputDim] to the next states, and the outputs there, rounded.
 */
export function stepNetwork(
  network: Network,
  h: Float64Array,
  x: Int32Array,
  options: { readonly kernels: Kernels },
): { h: Float64Array; y: Int32Array } {
  const { shape, weights } = network;
  const count = h.length / shape.hiddenDim;
  const next = options.kernels.runNetwork(shape, weights, h, x, count, 1);
  return { h: next.h, y: roundOutputs(next.y) };
}
