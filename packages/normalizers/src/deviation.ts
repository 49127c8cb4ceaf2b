import type { Kernels } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/training";

/** Positions run at once, which bounds the memory of the kernels. */
const CHUNK = 1 << 17;

/** How far the outputs of two networks are apart on the inputs of traces. */
export interface Deviation {
  /** Largest |difference| of an output; NaN where one is not a number. */
  readonly largest: number;
  /** Largest |output| of the first network. */
  readonly scale: number;
}

/** Runs both networks, which must have the same shape, on the inputs of the traces. */
export function measureDeviation(
  before: Network,
  after: Network,
  traces: Traces,
  options: { readonly kernels: Kernels },
): Deviation {
  const { count, length, inputDim, x } = traces;
  const sequences = Math.max(1, Math.floor(CHUNK / length));
  let largest = 0;
  let scale = 0;
  for (let start = 0; start < count; start += sequences) {
    const end = Math.min(count, start + sequences);
    const inputs = x.subarray(start * length * inputDim, end * length * inputDim);
    const [a, b] = [before, after].map(
      ({ shape, weights, initial }) =>
        options.kernels.runNetwork(shape, weights, initial, inputs, end - start, length).y,
    );
    for (let i = 0; i < a.length; i++) {
      const difference = Math.abs(a[i] - b[i]);
      // NaN fails every comparison, and stays
      if (!(difference <= largest)) largest = difference;
      if (Number.isNaN(largest)) return { largest, scale };
      scale = Math.max(scale, Math.abs(a[i]));
    }
  }
  return { largest, scale };
}
