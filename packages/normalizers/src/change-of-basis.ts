import type { Network } from "@latticode/network";
import { product, rowsOf } from "./matrix.ts";
import { type Layer, layersOf, networkOf } from "./network-parts.ts";

/**
 * The network with hidden state A h in place of h, the function unchanged (paper section 4.1):
 * what writes h is multiplied by A from the left, the last layer of f with its bias, and h_0; what
 * reads h by A^-1 from the right, the hidden columns of f's first layer and the first layer of g.
 *
 * @param a A: [hiddenDim, hiddenDim]
 * @param inverse the inverse of A, [hiddenDim, hiddenDim]
 */
export function changeBasis(network: Network, a: Float64Array, inverse: Float64Array): Network {
  const { hiddenDim } = network.shape;
  const [rows, inverseRows] = [rowsOf(a, hiddenDim), rowsOf(inverse, hiddenDim)];
  const times = (vector: Iterable<number>) =>
    product(
      rows,
      Array.from(vector, (v) => [v]),
    ).flat();
  const layers = mapParts(network, {
    reader: ({ weight, bias }) => ({
      weight: product(
        weight.map((row) => row.slice(0, hiddenDim)),
        inverseRows,
      ).map((row, i) => [...row, ...weight[i].slice(hiddenDim)]),
      bias,
    }),
    writer: ({ weight, bias }) => ({ weight: product(rows, weight), bias: times(bias) }),
  });
  return networkOf(network, layers, times(network.initial));
}

/**
 * The network with hidden state h + offset in place of h, h_0 too, the function unchanged: what
 * writes h adds the offset, and what reads h takes it off again, all in biases.
 *
 * @param offset [hiddenDim]
 */
export function translateStates(network: Network, offset: Float64Array): Network {
  const layers = mapParts(network, {
    reader: ({ weight, bias }) => ({
      weight,
      bias: bias.map((b, i) => b - offset.reduce((sum, v, j) => sum + weight[i][j] * v, 0)),
    }),
    writer: ({ weight, bias }) => ({ weight, bias: bias.map((b, i) => b + offset[i]) }),
  });
  return networkOf(
    network,
    layers,
    network.initial.map((h, i) => h + offset[i]),
  );
}

/** The layers, those that read h replaced first, then the one that writes it. */
function mapParts(
  network: Network,
  replace: Readonly<Record<"reader" | "writer", (layer: Layer) => Layer>>,
): Layer[] {
  const { hiddenDepth } = network.shape;
  const layers = layersOf(network);
  for (const at of [0, hiddenDepth]) layers[at] = replace.reader(layers[at]);
  layers[hiddenDepth - 1] = replace.writer(layers[hiddenDepth - 1]);
  return layers;
}
