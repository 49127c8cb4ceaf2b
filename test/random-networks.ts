// Networks with random weights, and examples of what they do.

import type { Kernels, NetworkShape } from "@latticode/kernels";
import { parameterCount } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/network";
import { recurrentOf, traceNetwork } from "@latticode/network";
import { randomIntegers, randomNumbers } from "./reference.ts";

/** Every pair of depths, with sizes that differ. */
export const shapesOfAllDepths: readonly NetworkShape[] = [1, 2, 3].flatMap((hiddenDepth) =>
  [1, 2, 3].map((outputDepth, i) => ({
    inputDim: 1 + (i % 2),
    outputDim: 1 + (hiddenDepth % 2),
    hiddenDim: hiddenDepth + i,
    hiddenDepth,
    hiddenWidth: hiddenDepth > 1 ? 5 : 0,
    outputDepth,
    outputWidth: outputDepth > 1 ? 7 : 0,
  })),
);

/** Weights and h_0 uniform in [-1, 1). */
export function randomNetwork(shape: NetworkShape, seed: number): Network {
  const random = randomNumbers(seed * 7_654_321);
  const uniform = () => 2 * random() - 1;
  return {
    shape,
    weights: Float64Array.from({ length: parameterCount(shape) }, uniform),
    initial: Float64Array.from({ length: shape.hiddenDim }, uniform),
    seed,
  };
}

/** A linear network h' = W h + B x + b, y = C h + d with h_0 = 0, from rows [w | b], [c | d]. */
export function linearNetwork(
  f: readonly (readonly number[])[],
  g: readonly (readonly number[])[],
): Network {
  const hiddenDim = f.length;
  const flat = (rows: readonly (readonly number[])[]) => [
    ...rows.flatMap((row) => row.slice(0, -1)),
    ...rows.map((row) => row[row.length - 1]),
  ];
  return {
    shape: {
      inputDim: f[0].length - hiddenDim - 1,
      outputDim: g.length,
      hiddenDim,
      hiddenDepth: 1,
      hiddenWidth: 0,
      outputDepth: 1,
      outputWidth: 0,
    },
    weights: Float64Array.from([...flat(f), ...flat(g)]),
    initial: new Float64Array(hiddenDim),
    seed: 0,
  };
}

/** What a network does on random inputs of magnitude 3 or less. */
export function traceOn(
  network: Network,
  options: {
    readonly kernels: Kernels;
    readonly seed: number;
    readonly count?: number;
    readonly length?: number;
  },
): Traces {
  const { kernels, seed, count = 64, length = 6 } = options;
  const random = randomNumbers(seed * 7_654_321);
  const x = randomIntegers(random, count * length * network.shape.inputDim, 4);
  return traceNetwork(recurrentOf(network, { kernels }), { x, count, length });
}

/** Largest |h_new - (A h + b)| over the states that two networks go through on the same inputs. */
export function departure(
  before: Traces,
  after: Traces,
  { matrix, offset }: { readonly matrix: Float64Array; readonly offset: Float64Array },
): number {
  const [n, m] = [before.hiddenDim, after.hiddenDim];
  let largest = 0;
  for (let row = 0; row < before.count * before.length; row++) {
    for (let i = 0; i < m; i++) {
      let value = offset[i];
      for (let j = 0; j < n; j++) value += matrix[i * n + j] * before.h[row * n + j];
      const away = Math.abs(after.h[row * m + i] - value);
      if (!(away <= largest)) largest = away;
    }
  }
  return largest;
}
