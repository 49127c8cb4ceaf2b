import type { Examples } from "@latticode/program";
import { type Recurrent, roundOutputs } from "./recurrent.ts";

/**
 * What a network does on given inputs: its outputs, rounded to the nearest integer, and its hidden
 * states.
 */
export interface Traces extends Examples {
  readonly hiddenDim: number;
  /** h_0 [hiddenDim]. */
  readonly initial: Float64Array;
  /** States h_1 to h_T after each position [count, length, hiddenDim]. */
  readonly h: Float64Array;
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
