import {
  innerLayers,
  layersOf,
  selectNeurons,
  selectStates,
  withStates,
} from "../network-parts.ts";
import { newStep, type StepOptions } from "../step.ts";
import { secondMoments } from "./whiten.ts";

/**
 * Sorts neurons, whose order means nothing: hidden coordinates by descending mean square on the
 * examples, the neurons of inner layers by what they read, weights first and then the bias,
 * compared from the left, descending. Refused where they are in order, or an output changes by more
 * than the tolerance (1e-6 of the largest unless told).
 *
 * @throws Error when the examples do not fit the network
 */
export const sort = newStep("sort", 1e-6, function* (network, options: StepOptions, examples) {
  const { shape } = network;
  const { hiddenDim } = shape;
  const moments = secondMoments(network, examples, options);
  if (!moments.every(Number.isFinite)) {
    return yield "a hidden state is not a finite number";
  }
  const states = order(
    hiddenDim,
    (a, b) => moments[b * hiddenDim + b] - moments[a * hiddenDim + a],
  );
  let layers = selectStates(layersOf(network), shape, states);
  let moved = states.filter((k, i) => k !== i).length;
  for (const at of innerLayers(shape).flat()) {
    const { weight, bias } = layers[at];
    const rows = weight.map((row, k) => [...row, bias[k]]);
    const kept = order(rows.length, (a, b) => compareDescending(rows[a], rows[b]));
    moved += kept.filter((k, i) => k !== i).length;
    layers = selectNeurons(layers, at, kept);
  }
  if (moved === 0) return yield "the neurons are in order";
  yield {
    ...withStates(network, layers, states),
    summary: `${moved} neurons changed places`,
  };
});

function order(count: number, compare: (a: number, b: number) => number): number[] {
  return Array.from({ length: count }, (_, i) => i).sort(compare);
}

function compareDescending(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((v, i) => v !== b[i]);
  return at < 0 ? 0 : b[at] - a[at];
}
