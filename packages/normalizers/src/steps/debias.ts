import type { Network } from "@latticode/network";
import { translateStates } from "../change-of-basis.ts";
import { columnsOf, layersOf } from "../network-parts.ts";
import { newStep, type StepOptions } from "../step.ts";

export interface DebiasOptions extends StepOptions {
  /**
   * Directions that f reads with singular values up to this count as never read: tried in turn
   * until the outputs stay; 0.1 as in the paper, then 1e-2, ... 1e-6, unless told.
   */
  readonly epsilons?: readonly number[];
}

/**
 * De-bias (paper section 4.1): what the last layer of f writes, as a constant, into directions that
 * f itself never reads (the null space of the hidden columns of its first layer) moves into the
 * bias of g. The states become h - p with p in that space; h_0 stays, as f does not read the
 * difference and g never reads h_0. Refused where there is no such constant, or an output changes
 * by more than the tolerance (1e-3 of the largest unless told, as f reads the directions by up to
 * epsilon).
 *
 * @throws Error when the examples do not fit the network
 */
export const debias = newStep("debias", 1e-3, function* (network, options: DebiasOptions) {
  const { epsilons = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6] } = options;
  for (const epsilon of epsilons) {
    const constant = unreadConstant(network, epsilon, options);
    const length = Math.sqrt(constant.reduce((sum, v) => sum + v * v, 0));
    if (!(length > 1e-9)) {
      // fewer directions have no more of a constant
      return yield "no constant in a direction that f never reads";
    }
    const offset = constant.map((v) => 0 - v);
    const moved = translateStates(network, offset);
    yield {
      network: { ...moved, initial: network.initial },
      offset,
      summary: `a constant of length ${length.toPrecision(3)} moved into the bias of g`,
    };
  }
});

/** The part of f's last bias in the directions that f reads by at most epsilon: [hiddenDim]. */
function unreadConstant(network: Network, epsilon: number, { kernels }: StepOptions): Float64Array {
  const { hiddenDim: n, hiddenDepth } = network.shape;
  const layers = layersOf(network);
  const readers = columnsOf(layers[0], 0, n);
  const outputs = layers[0].bias.length;
  const { bias } = layers[hiddenDepth - 1];
  const largest = kernels.svd(readers, outputs, n).values[0];
  if (largest <= epsilon) return Float64Array.from(bias);
  const { rank, basis } = kernels.nullSpace(readers, outputs, n, epsilon / largest);
  const nullity = n - rank;
  const constant = new Float64Array(n);
  for (let k = 0; k < nullity; k++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += basis[i * nullity + k] * bias[i];
    for (let i = 0; i < n; i++) constant[i] += basis[i * nullity + k] * sum;
  }
  return constant;
}
