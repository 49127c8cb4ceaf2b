import {
  innerLayers,
  type Layer,
  layersOf,
  selectNeurons,
  selectStates,
  withStates,
} from "../network-parts.ts";
import { newStep, type StepOptions } from "../step.ts";

export interface MergeOptions extends StepOptions {
  /** How far a neuron's incoming weights may be from a multiple of another's; 1e-6 unless told. */
  readonly near?: number;
}

/** Neuron `gone` is `factor` times neuron `kept`. */
interface Duplicate {
  readonly kept: number;
  readonly gone: number;
  readonly factor: number;
}

/**
 * Merges duplicate neurons: where what a neuron reads, bias included, is a multiple of what another
 * of its layer reads (a positive one where a ReLU follows), so is its value, and what is read from
 * it is read from the other. Hidden coordinates count as neurons, their h_0 included. Inner layers
 * of one perceptron keep a common width. Refused where there are none, or an output changes by more
 * than the tolerance (1e-6 of the largest unless told).
 *
 * @throws Error when the examples do not fit the network
 */
export const merge = newStep("merge", 1e-6, function* (network, options: MergeOptions) {
  const { near = 1e-6 } = options;
  const { shape } = network;
  const { hiddenDim, hiddenDepth } = shape;
  let layers = layersOf(network);
  const writer = layers[hiddenDepth - 1];
  const states = duplicates(
    writer.weight.map((row, k) => [...row, writer.bias[k], network.initial[k]]),
    { near, positive: false },
  );
  const kept = without(hiddenDim, states);
  layers = layers.map((layer, at) =>
    at === 0 || at === hiddenDepth ? readOthers(layer, states) : layer,
  );
  layers = selectStates(layers, shape, kept);
  let neurons = 0;
  for (const numbers of innerLayers(shape)) {
    const found = numbers.map((at) =>
      duplicates(
        layers[at].weight.map((row, k) => [...row, layers[at].bias[k]]),
        { near, positive: true },
      ),
    );
    const common = numbers.length === 0 ? 0 : Math.min(...found.map((list) => list.length));
    for (const [i, at] of numbers.entries()) {
      const gone = found[i].slice(0, common);
      const left = without(layers[at].bias.length, gone);
      layers[at + 1] = readOthers(layers[at + 1], gone);
      layers = selectNeurons(layers, at, left);
    }
    neurons += common * numbers.length;
  }
  if (neurons + states.length === 0) return yield "no neuron doubles another";
  yield {
    ...withStates(network, layers, kept),
    summary: `${neurons} inner neurons and ${states.length} hidden coordinates merged`,
  };
});

/** Rows that are multiples of an earlier row that is kept; rows of zeros are not. */
function duplicates(
  rows: readonly (readonly number[])[],
  { near, positive }: { readonly near: number; readonly positive: boolean },
): Duplicate[] {
  const result: Duplicate[] = [];
  const kept: number[] = [];
  for (const [k, row] of rows.entries()) {
    const match = kept
      .map((j) => ({ kept: j, gone: k, factor: multiple(rows[j], row, near) }))
      .find(({ factor }) => factor !== undefined && (!positive || factor > 0));
    if (match?.factor === undefined) kept.push(k);
    else result.push({ ...match, factor: match.factor });
  }
  return result;
}

/** The factor with b = factor a, within `near` in every entry; undefined where there is none. */
function multiple(a: readonly number[], b: readonly number[], near: number): number | undefined {
  const square = a.reduce((sum, v) => sum + v * v, 0);
  if (square <= near * near) return undefined;
  const factor = a.reduce((sum, v, i) => sum + v * b[i], 0) / square;
  if (Math.abs(factor) <= near) return undefined;
  return a.every((v, i) => Math.abs(b[i] - factor * v) <= near) ? factor : undefined;
}

function without(count: number, gone: readonly Duplicate[]): number[] {
  const numbers = new Set(gone.map((duplicate) => duplicate.gone));
  return Array.from({ length: count }, (_, k) => k).filter((k) => !numbers.has(k));
}

/** The layer that reads from those kept what it read from those gone. */
function readOthers({ weight, bias }: Layer, gone: readonly Duplicate[]): Layer {
  return {
    bias,
    weight: weight.map((row) => {
      const moved = [...row];
      for (const duplicate of gone) {
        moved[duplicate.kept] += duplicate.factor * moved[duplicate.gone];
        moved[duplicate.gone] = 0;
      }
      return moved;
    }),
  };
}
