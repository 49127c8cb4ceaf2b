import type { Kernels } from "@latticode/kernels";
import type { Network } from "./network.ts";
import { type Recurrent, recurrentOf, roundOutputs } from "./recurrent.ts";

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

/**
 * Runs a network on sequences and keeps everything it did.
 *
 * @param inputs.x [count, length, inputDim]
 */
export function traceNetwork(
  network: Network | Recurrent,
  inputs: { readonly x: Int32Array; readonly count: number; readonly length: number },
  options?: { readonly kernels: Kernels },
): Traces {
  const recurrent = "shape" in network ? recurrentOf(network, options!) : network;
  const { x, count, length } = inputs;
  const { inputDim, outputDim, hiddenDim, initial } = recurrent;
  const { h, y } = recurrent.run(x, count, length);
  return { count, length, inputDim, outputDim, hiddenDim, initial, x, h, y: roundOutputs(y) };
}

/** @deprecated */
export function stepNetwork(
  network: Network,
  h: Float64Array,
  x: Int32Array,
  options: { readonly kernels: Kernels },
): { h: Float64Array; y: Int32Array } {
  return recurrentOf(network, options).step(h, x);
}
