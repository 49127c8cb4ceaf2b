import type { Network } from "@latticode/network";
import type { Examples } from "@latticode/program";
import { runInParts } from "../deviation.ts";
import {
  innerLayers,
  type Layer,
  layersOf,
  selectNeurons,
  selectStates,
  withStates,
} from "../network-parts.ts";
import { newStep, type StepOptions } from "../step.ts";

export interface PruneOptions extends StepOptions {
  /** Weights up to this count as 0, and neurons that vary by less as constant; 1e-9 unless told. */
  readonly epsilon?: number;
}

// Products that looking for constant neurons may cost; what it finds is then checked on all
// examples.
const mostProducts = 2e8;

/**
 * Takes out the neurons that never matter: those whose value is the same at every position of the
 * examples (never active, for one), which their readers' biases make up for, and those from which
 * no path of weights leads to an output. Hidden coordinates count as neurons; a constant one must
 * have its value from h_0 on. Inner layers of one perceptron keep a common width, and nothing
 * shrinks below
 * 1. Refused where there is none, or an output changes by more than the tolerance (1e-6 of the
 *   largest
 * unless told).
 *
 * @throws Error when the examples do not fit the network
 */
export const prune = newStep("prune", 1e-6, function* (network, options: PruneOptions, examples) {
  const { epsilon = 1e-9 } = options;
  const ranges = neuronRanges(network, examples, options);
  if (!ranges.flat().every(({ low, high }) => Number.isFinite(low) && Number.isFinite(high))) {
    return yield "a neuron's value is not a finite number";
  }
  let layers = foldConstants(network, ranges, epsilon);
  const matters = whatMatters(network, layers, epsilon);
  const { shape } = network;
  let neurons = 0;
  for (const numbers of innerLayers(shape)) {
    const idle = numbers.map((at) => [...matters[at].keys()].filter((k) => !matters[at][k]));
    // the widest layer decides, as all inner layers of a perceptron have one width
    const removed = Math.min(
      ...idle.map((list, i) => Math.min(list.length, matters[numbers[i]].length - 1)),
    );
    if (numbers.length === 0 || removed < 1) continue;
    for (const [i, at] of numbers.entries()) {
      const gone = new Set(idle[i].slice(0, removed));
      layers = selectNeurons(
        layers,
        at,
        [...matters[at].keys()].filter((k) => !gone.has(k)),
      );
    }
    neurons += removed * numbers.length;
  }
  const writer = matters[shape.hiddenDepth - 1];
  const kept = [...network.initial.keys()].filter((k) => writer[k]);
  if (kept.length === 0) kept.push(0);
  const states = shape.hiddenDim - kept.length;
  if (neurons + states === 0) return yield "every neuron matters";
  yield {
    ...withStates(network, selectStates(layers, shape, kept), kept),
    summary: `${neurons} inner neurons and ${states} hidden coordinates taken out`,
  };
});

interface Extremes {
  low: number;
  high: number;
}

/** The values that every neuron takes on the examples, ReLU applied: [layer][neuron]. */
function neuronRanges(network: Network, examples: Examples, options: StepOptions): Extremes[][] {
  const { shape } = network;
  const { hiddenDim, hiddenDepth, inputDim } = shape;
  const layers = layersOf(network);
  const inner = new Set(innerLayers(shape).flat());
  const ranges = layers.map(({ bias }) =>
    bias.map((): Extremes => ({ low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY })),
  );
  const run = (from: number, to: number, inputs: readonly number[]) => {
    let values = inputs;
    for (let at = from; at < to; at++) {
      const { weight, bias } = layers[at];
      values = weight.map((row, k) => {
        let sum = bias[k];
        for (let j = 0; j < row.length; j++) sum += row[j] * values[j];
        const value = inner.has(at) ? Math.max(0, sum) : sum;
        const range = ranges[at][k];
        // a NaN stays
        range.low = Math.min(range.low, value);
        range.high = Math.max(range.high, value);
        return value;
      });
    }
  };
  const { length, x } = examples;
  const affordable = Math.floor(mostProducts / (network.weights.length * length));
  const count = Math.min(examples.count, Math.max(1, affordable));
  const some = { ...examples, count, x: x.subarray(0, count * length * inputDim) };
  let position = 0;
  runInParts(network, some, options, (h) => {
    for (let row = 0; row < h.length / hiddenDim; row++, position++) {
      const before =
        position % length === 0
          ? network.initial
          : h.subarray((row - 1) * hiddenDim, row * hiddenDim);
      const inputs = x.subarray(position * inputDim, (position + 1) * inputDim);
      run(0, hiddenDepth, [...before, ...inputs]);
      run(hiddenDepth, layers.length, [...h.subarray(row * hiddenDim, (row + 1) * hiddenDim)]);
    }
  });
  return ranges;
}

/** The layers with constant neurons read by nothing, their part moved into biases. */
function foldConstants(network: Network, ranges: readonly Extremes[][], epsilon: number): Layer[] {
  const { hiddenDepth, outputDepth } = network.shape;
  const layers = layersOf(network);
  const fold = (reader: number, k: number, value: number) => {
    const { weight, bias } = layers[reader];
    layers[reader] = {
      weight: weight.map((row) => row.map((w, j) => (j === k ? 0 : w))),
      bias: bias.map((b, i) => b + weight[i][k] * value),
    };
  };
  for (const [at, neurons] of ranges.entries()) {
    if (at === hiddenDepth + outputDepth - 1) continue;
    for (const [k, { low, high }] of neurons.entries()) {
      const value = (low + high) / 2;
      if (!(high - low <= epsilon)) continue;
      if (at === hiddenDepth - 1) {
        if (!(Math.abs(network.initial[k] - value) <= epsilon)) continue;
        fold(0, k, value);
      }
      fold(at + 1, k, value);
    }
  }
  return layers;
}

/** Whether a path of weights leads from a neuron to an output, now or later: [layer][neuron]. */
function whatMatters(network: Network, layers: readonly Layer[], epsilon: number): boolean[][] {
  const { hiddenDepth, hiddenDim } = network.shape;
  const matters = layers.map(({ bias }, at) => bias.map(() => at === layers.length - 1));
  const mark = (reader: number, written: number) => {
    let marked = false;
    for (const [i, row] of layers[reader].weight.entries()) {
      if (!matters[reader][i]) continue;
      for (let k = 0; k < matters[written].length; k++) {
        if (matters[written][k] || Math.abs(row[k]) <= epsilon) continue;
        matters[written][k] = true;
        marked = true;
      }
    }
    return marked;
  };
  for (let at = layers.length - 1; at > hiddenDepth; at--) mark(at, at - 1);
  mark(hiddenDepth, hiddenDepth - 1);
  for (let round = 0; round <= hiddenDim; round++) {
    for (let at = hiddenDepth - 1; at > 0; at--) mark(at, at - 1);
    if (!mark(0, hiddenDepth - 1)) break;
  }
  return matters;
}
