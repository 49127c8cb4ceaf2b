import { type NetworkShape, networkLayers } from "@latticode/kernels";
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
  initial: readonly number[],
): Network {
  const { hiddenDepth, outputDepth } = network.shape;
  const shape: NetworkShape = {
    ...network.shape,
    hiddenDim: initial.length,
    hiddenWidth: hiddenDepth > 1 ? layers[0].bias.length : 0,
    outputWidth: outputDepth > 1 ? layers[hiddenDepth].bias.length : 0,
  };
  const weights = Float64Array.from(
    layers.flatMap(({ weight, bias }) => [...weight.flat(), ...bias]),
  );
  return { ...network, shape, weights, initial: Float64Array.from(initial) };
}

/** The numbers of the inner layers of f and of g, whose neurons are ReLUs. */
export function innerLayers({ hiddenDepth, outputDepth }: NetworkShape): number[][] {
  return [
    Array.from({ length: hiddenDepth - 1 }, (_, k) => k),
    Array.from({ length: outputDepth - 1 }, (_, k) => hiddenDepth + k),
  ];
}

/** The layer with the neurons of the given numbers only, in that order. */
export function selectNeurons({ weight, bias }: Layer, kept: readonly number[]): Layer {
  return { weight: kept.map((k) => weight[k]), bias: kept.map((k) => bias[k]) };
}

/** The layer with the inputs of the given numbers only, in that order. */
export function selectInputs({ weight, bias }: Layer, kept: readonly number[]): Layer {
  return { weight: weight.map((row) => kept.map((k) => row[k])), bias };
}

/** The layers with the hidden coordinates of the given numbers only, in that order. */
export function selectStates(
  layers: readonly Layer[],
  { hiddenDim, hiddenDepth, inputDim }: NetworkShape,
  kept: readonly number[],
): Layer[] {
  const result = [...layers];
  const inputs = Array.from({ length: inputDim }, (_, j) => hiddenDim + j);
  result[hiddenDepth - 1] = selectNeurons(result[hiddenDepth - 1], kept);
  result[0] = selectInputs(result[0], [...kept, ...inputs]);
  result[hiddenDepth] = selectInputs(result[hiddenDepth], kept);
  return result;
}

/** The matrix [kept.length, n] that selects coordinates. */
export function selection(kept: readonly number[], n: number): Float64Array {
  const matrix = new Float64Array(kept.length * n);
  for (const [i, k] of kept.entries()) matrix[i * n + k] = 1;
  return matrix;
}
