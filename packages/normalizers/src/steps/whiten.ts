import type { Network } from "@latticode/network";
import type { Examples } from "@latticode/program";
import { changeBasis } from "../change-of-basis.ts";
import { runInParts } from "../deviation.ts";
import { symmetricFromEigen } from "../matrix.ts";
import { newStep, type StepOptions } from "../step.ts";

export interface WhitenOptions extends StepOptions {
  /** Eigenvalues of E[h h^T] up to this are left as they are; 0.1 as in the paper unless told. */
  readonly epsilon?: number;
}

/**
 * Whitening (paper section 4.1): with C = E[h h^T] over the examples and C = U diag(s) U^T, the new
 * hidden state is A h, A = U diag(1/sqrt(s) where s > epsilon, else 1) U^T, so that no direction of
 * the hidden space is stretched. Refused where an output changes by more than the tolerance (1e-6
 * of the largest unless told).
 *
 * @throws Error when the examples do not fit the network
 */
export const whiten = newStep(
  "whiten",
  1e-6,
  function* (network, options: WhitenOptions, examples) {
    const { kernels, epsilon = 0.1 } = options;
    const { hiddenDim } = network.shape;
    const moments = secondMoments(network, examples, options);
    if (!moments.every(Number.isFinite)) {
      return yield "a hidden state is not a finite number";
    }
    const { values, vectors } = kernels.symmetricEigen(moments, hiddenDim);
    const scaled = values.filter((s) => s > epsilon).length;
    if (scaled === 0) {
      return yield `no direction has a mean square above ${epsilon}`;
    }
    const scales = values.map((s) => (s > epsilon ? 1 / Math.sqrt(s) : 1));
    const matrix = symmetricFromEigen(vectors, scales);
    const inverse = symmetricFromEigen(
      vectors,
      scales.map((s) => 1 / s),
    );
    yield {
      network: changeBasis(network, matrix, inverse),
      matrix,
      summary: `${scaled} of ${hiddenDim} directions scaled to mean square 1`,
    };
  },
);

/** E[h h^T] over all positions of the examples, [hiddenDim, hiddenDim]. */
export function secondMoments(
  network: Network,
  examples: Examples,
  options: Pick<StepOptions, "kernels">,
): Float64Array {
  const { hiddenDim } = network.shape;
  const moments = new Float64Array(hiddenDim * hiddenDim);
  runInParts(network, examples, options, (h) => {
    for (let start = 0; start < h.length; start += hiddenDim) {
      for (let i = 0; i < hiddenDim; i++) {
        const value = h[start + i];
        for (let j = 0; j < hiddenDim; j++) moments[i * hiddenDim + j] += value * h[start + j];
      }
    }
  });
  const rows = examples.count * examples.length;
  return moments.map((sum) => sum / rows);
}
