import { type Kernels, networkLayers } from "@latticode/kernels";
import { firstSequences, type Network, recurrentOf, traceNetwork } from "@latticode/network";
import type { Examples } from "@latticode/program";

const mostSequences = 500;

type Layer = ReturnType<typeof networkLayers>[number];

/** Rounded the same everywhere, which a power need not be. */
function square(x: number): number {
  return x * x;
}

/** Multiplies an output of a layer by a factor. */
function scaleOutput(weights: Float64Array, layer: Layer, output: number, factor: number): void {
  const row = layer.weightOffset + output * layer.inputs;
  for (let i = 0; i < layer.inputs; i++) weights[row + i] *= factor;
  weights[layer.biasOffset + output] *= factor;
}

function scaleInput(weights: Float64Array, layer: Layer, input: number, factor: number): void {
  for (let o = 0; o < layer.outputs; o++) {
    weights[layer.weightOffset + o * layer.inputs + input] *= factor;
  }
}

/** The sum of squares of what enters a neuron, its bias included. */
function entering(weights: Float64Array, layer: Layer, output: number): number {
  const row = layer.weightOffset + output * layer.inputs;
  let sum = square(weights[layer.biasOffset + output]);
  for (let i = 0; i < layer.inputs; i++) sum += square(weights[row + i]);
  return sum;
}

function leaving(weights: Float64Array, layer: Layer, input: number): number {
  let sum = 0;
  for (let o = 0; o < layer.outputs; o++) {
    sum += square(weights[layer.weightOffset + o * layer.inputs + input]);
  }
  return sum;
}

/** The standard deviation of each coordinate of the hidden states [rows, dimension]. */
function deviations(h: Float64Array, dimension: number): Float64Array {
  const rows = h.length / dimension;
  return Float64Array.from({ length: dimension }, (_, c) => {
    let mean = 0;
    for (let i = c; i < h.length; i += dimension) mean += h[i] / rows;
    let variance = 0;
    for (let i = c; i < h.length; i += dimension) variance += square(h[i] - mean) / rows;
    return Math.sqrt(variance);
  });
}

/**
 * The same function with hidden coordinates of deviation 1 on the examples and, for every ReLU
 * neuron, weights that enter and that leave of equal length: Levenberg-Marquardt leaves scales that
 * differ by thousands, on which a step of Adam ruins a network.
 */
export function balanceNetwork(
  network: Network,
  examples: Examples,
  { kernels }: { readonly kernels: Kernels },
): Network {
  const { shape } = network;
  const { hiddenDim, hiddenDepth } = shape;
  const sequences = firstSequences(examples, mostSequences);
  const { h } = traceNetwork(recurrentOf(network, { kernels }), sequences);
  const weights = network.weights.slice();
  const initial = network.initial.slice();
  const layers = networkLayers(shape);
  const readers = [layers[0], layers[hiddenDepth]];
  deviations(h, hiddenDim).forEach((deviation, c) => {
    if (!(deviation > 0 && deviation < Number.POSITIVE_INFINITY)) return;
    scaleOutput(weights, layers[hiddenDepth - 1], c, 1 / deviation);
    for (const layer of readers) scaleInput(weights, layer, c, deviation);
    initial[c] /= deviation;
  });
  for (let k = 0; k + 1 < layers.length; k++) {
    if (k === hiddenDepth - 1) continue;
    for (let o = 0; o < layers[k].outputs; o++) {
      const ratio = leaving(weights, layers[k + 1], o) / entering(weights, layers[k], o);
      if (!(ratio > 0 && ratio < Number.POSITIVE_INFINITY)) continue;
      const factor = Math.sqrt(Math.sqrt(ratio));
      scaleOutput(weights, layers[k], o, factor);
      scaleInput(weights, layers[k + 1], o, 1 / factor);
    }
  }
  return { ...network, weights: weights.map(Math.fround), initial };
}
