import type { Examples } from "@latticode/program";
import type { Network } from "@latticode/training";
import { changeBasis } from "./change-of-basis.ts";
import type { JordanBlock } from "./jordan-form.ts";
import { jordanForm, largestJordan } from "./jordan-form.ts";
import { recurrentMatrix } from "./linear-dynamics.ts";
import type { NormalizedNetwork } from "./normalization.ts";
import type { StepOptions } from "./step.ts";
import { acceptWithin, checkFits, refuse } from "./step.ts";

export interface JordanOptions extends StepOptions {
  /**
   * Errors of a trained weight, as standard deviations, that are tried in turn until a structure is
   * found; 1e-3, 1e-4, ... 1e-7 unless told. Whitened coordinates are what they are measured in.
   */
  readonly noises?: readonly number[];
  /** Weights and h_0 must stay below this in magnitude; 1e4 as in the paper unless told. */
  readonly largest?: number;
}

/**
 * Jordan normal form (paper section 4.1): for a linear f, h' = W h + B x + b, the new hidden state is
 * T^-1 h with T^-1 W T in Jordan form, complex pairs made real. The change of basis is exact, so that
 * W becomes the Jordan form but for the training's error. Whiten first: the noise is that of
 * coordinates of size 1. Refused where f is not linear, no structure stands out of the noise, a
 * weight explodes, or an output changes by more than the tolerance (1e-6 of the largest unless told).
 *
 * @throws Error when the examples do not fit the network
 */
export function jordan(
  network: Network,
  examples: Examples,
  options: JordanOptions,
): NormalizedNetwork {
  const { kernels, noises = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7], largest = 1e4 } = options;
  const { hiddenDim } = network.shape;
  checkFits("jordan", network, examples);
  const w = recurrentMatrix(network);
  if (!w) return refuse("jordan", network, "f is not linear");
  if (hiddenDim > largestJordan) {
    return refuse(
      "jordan",
      network,
      `${hiddenDim} dimensions, at most ${largestJordan} are treated`,
    );
  }
  let refusal = refuse("jordan", network, "no noise to try");
  for (const noise of noises) {
    const found = jordanForm(w, hiddenDim, { kernels, noise });
    if ("refused" in found) {
      refusal = refuse("jordan", network, found.refused);
      continue;
    }
    let matrix: Float64Array;
    try {
      matrix = kernels.inverse(found.basis, hiddenDim);
    } catch {
      refusal = refuse("jordan", network, "the chains are not a basis");
      continue;
    }
    const changed = changeBasis(network, matrix, found.basis);
    const most = [...changed.weights, ...changed.initial].reduce(
      (size, v) => Math.max(size, Math.abs(v)),
      0,
    );
    if (!(most <= largest)) {
      refusal = refuse("jordan", network, `a weight would become ${most.toPrecision(3)}`);
      continue;
    }
    const proposal = {
      name: "jordan",
      network: changed,
      change: { matrix, offset: new Float64Array(hiddenDim) },
      summary: describe(found.blocks),
    } as const;
    const result = acceptWithin(network, proposal, examples, options);
    if (result.report.changed) return result;
    refusal = result;
  }
  return refusal;
}

function describe(blocks: readonly JordanBlock[]): string {
  const shown = (v: number) => Number(v.toFixed(3)) + 0;
  const texts = blocks.map(({ re, im, size }) => {
    const value = im === 0 ? `${shown(re)}` : `${shown(re)} +- ${shown(im)} i`;
    return size === 1 ? value : `${value} (${size} times)`;
  });
  return `eigenvalues ${texts.join(", ")}`;
}
