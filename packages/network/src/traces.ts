import { type Recurrent, roundOutputs } from "./recurrent.ts";

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
 * Runs a network on sequences x [count, length, inputDim] and keeps everything it did.
 *
 * @example
 * const traces = traceNetwork(recurrentOf(network, { kernels }), { x, count: 20, length: 10 });
 */
export function traceNetwork(
  recurrent: Recurrent,
  { x, count, length }: Pick<Traces, "x" | "count" | "length">,
): Traces {
  const { inputDim, outputDim, hiddenDim, initial } = recurrent;
  const { h, y } = recurrent.run(x, count, length);
  return { count, length, inputDim, outputDim, hiddenDim, initial, x, h, y: roundOutputs(y) };
}
