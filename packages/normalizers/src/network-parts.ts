import { type NetworkShape, networkLayers, parameterCount } from "@latticode/kernels";
import type { Network } from "@latticode/network";

/** A layer as a table: row k is what neuron k reads. */
export interface Layer {
  /** [neurons][inputs] */
  readonly weight: readonly (readonly number[])[];
  /** [neurons] */
  readonly bias: readonly number[];
}

/** The layers of f in order, then those of g. */
export function layersOf({ shape, weights }: Network): Layer[] {
  return networkLayers(shape).map(({ inputs, outputs, weightOffset, biasOffset }) => ({
    weight: Array.from({ length: outputs }, (_, i) => [
      ...weights.subarray(weightOffset + i * inputs, weightOffset + (i + 1) * inputs),
    ]),
    bias: [...weights.subarray(biasOffset, biasOffset + outputs)],
  }));
}

/** The network of these layers; sizes are theirs, and those of the shape for depths and ends. */
export function networkOf(
  network: Network,
  layers: readonly Layer[],
  initial: ArrayLike<number>,
): Network {
  const { hiddenDepth, outputDepth } = network.shape;
  const shape: NetworkShape = {
    ...network.shape,
    hiddenDim: initial.length,
    hiddenWidth: hiddenDepth > 1 ? layers[0].bias.length : 0,
    outputWidth: outputDepth > 1 ? layers[hiddenDepth].bias.length : 0,
  };
  const weights = new Float64Array(parameterCount(shape));
  let at = 0;
  for (const { weight, bias } of layers) {
    for (const row of [...weight, bias]) {
      weights.set(row, at);
      at += row.length;
    }
  }
  return { ...network, shape, weights, initial: Float64Array.from(initial) };
}

/** The numbers of the inner layers of f and of g, whose neurons are ReLUs. */
export function innerLayers({ hiddenDepth, outputDepth }: NetworkShape): number[][] {
  return [
    Array.from({ length: hiddenDepth - 1 }, (_, k) => k),
    Array.from({ length: outputDepth - 1 }, (_, k) => hiddenDepth + k),
  ];
}

/** Columns of a layer's weight from `from` to before `to`, row by row: [neurons, to - from]. */
export function columnsOf({ weight }: Layer, from: number, to?: number): Float64Array {
  return Float64Array.from(weight.flatMap((row) => row.slice(from, to)));
}

const select = <T>(values: readonly T[], kept: readonly number[]) => kept.map((k) => values[k]);

/** The layers with the neurons of the given numbers only in layer `at`, in that order. */
export function selectNeurons(
  layers: readonly Layer[],
  at: number,
  kept: readonly number[],
): Layer[] {
  return layers.map(({ weight, bias }, i) => {
    if (i === at) return { weight: select(weight, kept), bias: select(bias, kept) };
    return i === at + 1
      ? { weight: weight.map((row) => select(row, kept)), bias }
      : { weight, bias };
  });
}

/** The layers with the hidden coordinates of the given numbers only, in that order. */
export function selectStates(
  layers: readonly Layer[],
  { hiddenDim, hiddenDepth, inputDim }: NetworkShape,
  kept: readonly number[],
): Layer[] {
  const inputs = Array.from({ length: inputDim }, (_, j) => hiddenDim + j);
  const [first, ...others] = selectNeurons(layers, hiddenDepth - 1, kept);
  const weight = first.weight.map((row) => select(row, [...kept, ...inputs]));
  return [{ ...first, weight }, ...others];
}

/** The network of these layers with the hidden coordinates of the given numbers, see `Proposal`. */
export function withStates(network: Network, layers: readonly Layer[], kept: readonly number[]) {
  const { hiddenDim } = network.shape;
  const matrix = new Float64Array(kept.length * hiddenDim);
  for (const [i, k] of kept.entries()) matrix[i * hiddenDim + k] = 1;
  return { network: networkOf(network, layers, select([...network.initial], kept)), matrix };
}
