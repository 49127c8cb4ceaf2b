import type { Kernels } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/training";
import { changeBasis } from "./change-of-basis.ts";
import { measureDeviation } from "./deviation.ts";
import type { NormalizedNetwork } from "./normalization.ts";
import { identityMatrix, symmetricFromEigen } from "./square-matrix.ts";

export interface WhitenOptions {
  readonly kernels: Kernels;
  /** Eigenvalues of E[h h^T] up to this are left as they are; 0.1 as in the paper unless told. */
  readonly epsilon?: number;
  /**
   * Largest change of an output that is accepted, as a share of the largest output or of 1, whichever
   * is more; 1e-6 unless told.
   */
  readonly tolerance?: number;
}

/**
 * Whitening (paper section 4.1): with C = E[h h^T] over the traces and C = U diag(s) U^T, the new
 * hidden state is A h, A = U diag(1/sqrt(s) where s > epsilon, else 1) U^T, so that no direction of
 * the hidden space is stretched. The function stays the same; where the measured change of an
 * output is above the tolerance, the network is returned as it was, with the reason.
 *
 * @param traces of this network; states and inputs are used
 */
export function whiten(
  network: Network,
  traces: Traces,
  options: WhitenOptions,
): NormalizedNetwork {
  const { kernels, epsilon = 0.1, tolerance = 1e-6 } = options;
  const { hiddenDim } = network.shape;
  const refused = (reason: string, deviation = 0): NormalizedNetwork => ({
    network,
    change: identityMatrix(hiddenDim),
    report: { name: "whiten", changed: false, deviation, reason },
  });
  if (traces.hiddenDim !== hiddenDim) {
    throw new Error(
      `whiten: the traces have ${traces.hiddenDim} hidden coordinates, the network ${hiddenDim}`,
    );
  }
  const moments = secondMoments(traces);
  if (!moments.every(Number.isFinite)) return refused("a hidden state is not a finite number");
  const { values, vectors } = kernels.symmetricEigen(moments, hiddenDim);
  if (!values.some((s) => s > epsilon)) {
    return refused(`no direction has a mean square above ${epsilon}`);
  }
  const scales = values.map((s) => (s > epsilon ? 1 / Math.sqrt(s) : 1));
  const change = symmetricFromEigen(vectors, scales);
  const inverse = symmetricFromEigen(
    vectors,
    scales.map((s) => 1 / s),
  );
  const whitened = changeBasis(network, change, inverse);
  const { largest, scale } = measureDeviation(network, whitened, traces, { kernels });
  // a comparison that NaN fails
  if (!(largest <= tolerance * Math.max(1, scale))) {
    return refused(
      `outputs up to ${scale.toPrecision(3)} would change by ${largest.toExponential(1)}`,
      largest,
    );
  }
  return {
    network: whitened,
    change,
    report: { name: "whiten", changed: true, deviation: largest },
  };
}

/** E[h h^T] over all traced states, [hiddenDim, hiddenDim]. */
function secondMoments({ h, hiddenDim }: Traces): Float64Array {
  const rows = h.length / hiddenDim;
  const moments = new Float64Array(hiddenDim * hiddenDim);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < hiddenDim; i++) {
      const value = h[row * hiddenDim + i];
      for (let j = 0; j < hiddenDim; j++) {
        moments[i * hiddenDim + j] += value * h[row * hiddenDim + j];
      }
    }
  }
  for (let i = 0; i < moments.length; i++) moments[i] /= rows;
  return moments;
}
