import type { Kernels } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import type { Examples } from "@latticode/program";

/** Positions run at once, which bounds the memory of the kernels. */
const CHUNK = 1 << 17;

/** How far the outputs of two networks are apart on the inputs of examples. */
export interface Deviation {
  /** Largest |difference| of an output; NaN where one is not a number. */
  readonly largest: number;
  /** Largest |output| of the first network. */
  readonly scale: number;
}

/** Inputs of sequences [count, length, inputDim]. */
export type Inputs = Pick<Examples, "count" | "length" | "inputDim" | "x">;

/**
 * Runs a network on the inputs, some sequences at a time: calls `visit` with the states
 * [sequences, length, hiddenDim] and the outputs [sequences, length, outputDim] of each part.
 */
export function runInParts(
  { shape, weights, initial }: Network,
  { count, length, inputDim, x }: Inputs,
  { kernels }: { readonly kernels: Kernels },
  visit: (h: Float64Array, y: Float64Array) => void,
): void {
  const sequences = Math.max(1, Math.floor(CHUNK / length));
  for (let start = 0; start < count; start += sequences) {
    const end = Math.min(count, start + sequences);
    const inputs = x.subarray(start * length * inputDim, end * length * inputDim);
    const { h, y } = kernels.runNetwork(shape, weights, initial, inputs, end - start, length);
    visit(h, y);
  }
}

/** Runs both networks, which have the same inputs and outputs, on the examples' inputs. */
export function measureDeviation(
  before: Network,
  after: Network,
  inputs: Inputs,
  options: { readonly kernels: Kernels },
): Deviation {
  const parts: Float64Array[] = [];
  runInParts(before, inputs, options, (_, y) => parts.push(y));
  let largest = 0;
  let scale = 0;
  let part = 0;
  runInParts(after, inputs, options, (_, y) => {
    const expected = parts[part++];
    for (let i = 0; i < y.length; i++) {
      const difference = Math.abs(y[i] - expected[i]);
      // NaN fails every comparison, and stays
      if (!(difference <= largest)) largest = difference;
      scale = Math.max(scale, Math.abs(expected[i]));
    }
  });
  return { largest, scale };
}
