import { evaluateNetwork, type Network, recurrentOf } from "@latticode/network";
import { changeBasis } from "../change-of-basis.ts";
import { type JordanBlock, jordanForm, largestJordan } from "../jordan/jordan-form.ts";
import { recurrentMatrix } from "../linear-dynamics.ts";
import { rowsOf } from "../matrix.ts";
import { layersOf, networkOf } from "../network-parts.ts";
import { newStep, type StepOptions } from "../step.ts";

export interface JordanOptions extends StepOptions {
  /**
   * Errors of a trained weight, as standard deviations, that are tried in turn until a structure is
   * found; 1e-2, 1e-3, ... 1e-7 unless told. Whitened coordinates are what they are measured in.
   */
  readonly noises?: readonly number[];
  /** Weights and h_0 must stay below this in magnitude; 1e4 as in the paper unless told. */
  readonly largest?: number;
}

/**
 * Jordan normal form (paper section 4.1): for a linear f, h' = W h + B x + b, the new hidden state
 * is T^-1 h with T^-1 W T in Jordan form, complex pairs made real. The change of basis is exact, so
 * that W becomes the Jordan form but for the training's error. Whiten first: the noise is that of
 * coordinates of size 1. A structure counts only if the network that has it exactly, without that
 * error, gives as many of the examples' outputs as before. Refused where f is not linear, no
 * structure stands out of the noise, a weight explodes, or an output changes by more than the
 * tolerance (1e-6 of the largest unless told).
 *
 * @throws Error when the examples do not fit the network
 */
export const jordan = newStep(
  "jordan",
  1e-6,
  function* (network, options: JordanOptions, examples) {
    const { kernels, noises = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7], largest = 1e4 } = options;
    const { hiddenDim } = network.shape;
    const w = recurrentMatrix(network);
    if (!w) return yield "f is not linear";
    if (hiddenDim > largestJordan) {
      return yield `${hiddenDim} dimensions, at most ${largestJordan} are treated`;
    }
    const { accuracy } = evaluateNetwork(recurrentOf(network, { kernels }), examples);
    for (const noise of noises) {
      const found = jordanForm(w, hiddenDim, { kernels, noise });
      if ("refused" in found) {
        yield found.refused;
        continue;
      }
      const matrix = kernels.inverse(found.basis, hiddenDim);
      const changed = changeBasis(network, matrix, found.basis);
      const most = [...changed.weights, ...changed.initial].reduce(
        (size, v) => Math.max(size, Math.abs(v)),
        0,
      );
      if (!(most <= largest)) {
        yield `a weight would become ${most.toPrecision(3)}`;
        continue;
      }
      const exact = withRecurrence(changed, jordanMatrix(found.blocks, hiddenDim));
      const kept = evaluateNetwork(recurrentOf(exact, { kernels }), examples).accuracy;
      if (!(kept >= accuracy)) {
        const shares = `from ${accuracy} to ${kept}`;
        yield `${describe(found.blocks)} would change the share of right outputs ${shares}`;
        continue;
      }
      yield {
        network: changed,
        matrix,
        summary: describe(found.blocks),
      };
    }
  },
);

/** The direct sum of the blocks, real: [n, n]. */
function jordanMatrix(blocks: readonly JordanBlock[], n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  let at = 0;
  for (const { re, im, size } of blocks) {
    const width = im === 0 ? 1 : 2;
    for (let k = 0; k < size; k++) {
      for (let i = at; i < at + width; i++) {
        matrix[i * n + i] = re;
        if (k + 1 < size) matrix[i * n + i + width] = 1;
      }
      if (width === 2) {
        matrix[at * n + at + 1] = im;
        matrix[(at + 1) * n + at] = 0 - im;
      }
      at += width;
    }
  }
  return matrix;
}

/** A network with linear f, and W in place of its own. */
function withRecurrence(network: Network, w: Float64Array): Network {
  const { hiddenDim } = network.shape;
  const [{ weight, bias }, ...others] = layersOf(network);
  const rows = rowsOf(w, hiddenDim).map((row, i) => [...row, ...weight[i].slice(hiddenDim)]);
  return networkOf(network, [{ weight: rows, bias }, ...others], network.initial);
}

function describe(blocks: readonly JordanBlock[]): string {
  const shown = (v: number) => Number(v.toFixed(3)) + 0;
  const texts = blocks.map(({ re, im, size }) => {
    const value = im === 0 ? `${shown(re)}` : `${shown(re)} +- ${shown(im)} i`;
    return size === 1 ? value : `${value} (${size} times)`;
  });
  return `eigenvalues ${texts.join(", ")}`;
}
