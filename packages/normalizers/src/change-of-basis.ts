import { networkLayers } from "@latticode/kernels";
import type { Network } from "@latticode/network";

/**
 * The network with hidden state A h in place of h, the function unchanged (paper section 4.1):
 * what writes h is multiplied by A from the left, the last layer of f with its bias, and h_0; what
 * reads h by A^-1 from the right, the hidden columns of f's first layer and the first layer of g.
 *
 * @param a A: [hiddenDim, hiddenDim]
 * @param inverse the inverse of A, [hiddenDim, hiddenDim]
 */
export function changeBasis(network: Network, a: Float64Array, inverse: Float64Array): Network {
  const { shape } = network;
  const { hiddenDim, hiddenDepth } = shape;
  const layers = networkLayers(shape);
  const weights = network.weights.slice();
  const readers = [layers[0], layers[hiddenDepth]];
  for (const { inputs, outputs, weightOffset } of readers) {
    for (let i = 0; i < outputs; i++) {
      const start = weightOffset + i * inputs;
      const row = weights.slice(start, start + hiddenDim);
      for (let j = 0; j < hiddenDim; j++) {
        let sum = 0;
        for (let k = 0; k < hiddenDim; k++) sum += row[k] * inverse[k * hiddenDim + j];
        weights[start + j] = sum;
      }
    }
  }
  const writer = layers[hiddenDepth - 1];
  // each column of the weight and the bias is a vector of the hidden space
  for (let column = 0; column < writer.inputs; column++) {
    transform(weights, a, hiddenDim, (i) => writer.weightOffset + i * writer.inputs + column);
  }
  transform(weights, a, hiddenDim, (i) => writer.biasOffset + i);
  const initial = network.initial.slice();
  transform(initial, a, hiddenDim, (i) => i);
  return { ...network, weights, initial };
}

/** Replaces the vector at the given places by A times it. */
function transform(
  values: Float64Array,
  a: Float64Array,
  n: number,
  place: (i: number) => number,
): void {
  const vector = Float64Array.from({ length: n }, (_, i) => values[place(i)]);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[i * n + k] * vector[k];
    values[place(i)] = sum;
  }
}

/**
 * The network with hidden state h + offset in place of h, h_0 too, the function unchanged: what
 * writes h adds the offset, and what reads h takes it off again, all in biases.
 *
 * @param offset [hiddenDim]
 */
export function translateStates(network: Network, offset: Float64Array): Network {
  const { hiddenDim, hiddenDepth } = network.shape;
  const layers = networkLayers(network.shape);
  const weights = network.weights.slice();
  for (const { inputs, outputs, weightOffset, biasOffset } of [layers[0], layers[hiddenDepth]]) {
    for (let i = 0; i < outputs; i++) {
      let sum = 0;
      for (let j = 0; j < hiddenDim; j++) sum += weights[weightOffset + i * inputs + j] * offset[j];
      weights[biasOffset + i] -= sum;
    }
  }
  const { biasOffset } = layers[hiddenDepth - 1];
  for (let i = 0; i < hiddenDim; i++) weights[biasOffset + i] += offset[i];
  const initial = network.initial.map((h, i) => h + offset[i]);
  return { ...network, weights, initial };
}
