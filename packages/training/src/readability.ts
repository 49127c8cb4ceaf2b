import type { Kernels } from "@latticode/kernels";
import {
  distinctInputs,
  firstSequences,
  numberKeys,
  type Recurrent,
  rowDistance,
  traceNetwork,
} from "@latticode/network";
import type { Examples } from "@latticode/program";

/** How far a network's hidden states are from being the states of a machine. */
export interface Readability {
  /** Hidden states that are 2 % of the range apart, up to `mostStates`. */
  readonly distinctStates: number;
  /**
   * Largest distance of a hidden state from the mean of its cluster, divided by the least distance
   * between two means; Infinity where there are too many states to tell.
   */
  readonly spread: number;
  /** No cluster holds states of different outputs. */
  readonly consistent: boolean;
  /**
   * The clusters are consistent and a minimal machine: a step from the mean of any of them, by any
   * input seen, ends in one of them, and no two of them behave alike.
   */
  readonly minimal: boolean;
  /** f and g are affine. */
  readonly linear: boolean;
}

/** States beyond which clusters are not counted any further. */
const mostStates = 512;
const tolerance = 0.02;
/** Rare states show in many sequences only: counters reach their ends in one of a thousand. */
const mostSequences = 8192;
/** Steps from means to check: states times inputs. */
const mostSteps = 1 << 14;

/**
 * Looks at the hidden states h_1 to h_T of a network on at most 8,192 of the sequences, by the
 * largest difference of a coordinate; the range is that of the widest coordinate.
 */
export function measureReadability(
  recurrent: Recurrent,
  examples: Examples,
  { kernels }: { readonly kernels: Kernels },
): Readability {
  const { hiddenDim } = recurrent;
  const linear = recurrent.affine === "both";
  const { x, h, y } = traceNetwork(recurrent, firstSequences(examples, mostSequences));
  const range = widestRange(h, hiddenDim);
  if (!(range > 0 && range < Number.POSITIVE_INFINITY)) {
    return { distinctStates: 1, spread: 0, consistent: false, minimal: false, linear };
  }
  const options = { dimension: hiddenDim, tolerance: tolerance * range, capacity: mostStates };
  const clustering = kernels.createClustering(options);
  try {
    const labels = clustering.add(h);
    if (labels.includes(-1)) {
      const spread = Number.POSITIVE_INFINITY;
      return { distinctStates: mostStates, spread, consistent: false, minimal: false, linear };
    }
    const { means, states } = meansOf(h, labels, hiddenDim);
    const spread = farthest(h, labels, means, hiddenDim) / leastDistance(means, hiddenDim);
    const outputs = outputsOf(labels, y, states);
    const consistent = outputs !== undefined;
    const minimal =
      consistent && isMinimalMachine(recurrent, means, outputs, x, kernels, tolerance * range);
    return { distinctStates: states, spread, consistent, minimal, linear };
  } finally {
    clustering.dispose();
  }
}

function widestRange(h: Float64Array, dimension: number): number {
  let widest = 0;
  for (let c = 0; c < dimension; c++) {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = c; i < h.length; i += dimension) {
      if (h[i] < least) least = h[i];
      if (h[i] > most) most = h[i];
    }
    widest = Math.max(widest, most - least);
  }
  return widest;
}

function meansOf(h: Float64Array, labels: Int32Array, dimension: number) {
  let states = 0;
  for (const label of labels) states = Math.max(states, label + 1);
  const means = new Float64Array(states * dimension);
  const members = new Float64Array(states);
  labels.forEach((label, row) => {
    members[label]++;
    for (let c = 0; c < dimension; c++) means[label * dimension + c] += h[row * dimension + c];
  });
  for (let i = 0; i < means.length; i++) means[i] /= members[Math.floor(i / dimension)];
  return { means, states };
}

/**
 * A number for the output of each state, equal ones for equal outputs; undefined where one has two.
 */
function outputsOf(labels: Int32Array, y: Int32Array, states: number): Int32Array | undefined {
  const outputDim = y.length / labels.length;
  const numberOf = numberKeys<string>();
  const outputs = new Int32Array(states).fill(-1);
  for (const [row, label] of labels.entries()) {
    const number = numberOf(y.subarray(row * outputDim, (row + 1) * outputDim).join(" "));
    if (outputs[label] >= 0 && outputs[label] !== number) return undefined;
    outputs[label] = number;
  }
  return outputs;
}

function farthest(h: Float64Array, labels: Int32Array, means: Float64Array, dimension: number) {
  let largest = 0;
  labels.forEach((label, row) => {
    largest = Math.max(largest, rowDistance(h, row, means, label, dimension));
  });
  return largest;
}

function leastDistance(means: Float64Array, dimension: number): number {
  let least = Number.POSITIVE_INFINITY;
  const states = means.length / dimension;
  for (let i = 0; i < states; i++) {
    for (let j = 0; j < i; j++) least = Math.min(least, rowDistance(means, i, means, j, dimension));
  }
  return least;
}

function isMinimalMachine(
  recurrent: Recurrent,
  means: Float64Array,
  outputs: Int32Array,
  x: Int32Array,
  kernels: Kernels,
  nearby: number,
): boolean {
  const { hiddenDim, inputDim } = recurrent;
  const states = means.length / hiddenDim;
  const symbols = distinctInputs(x, inputDim, Math.floor(mostSteps / states));
  if (!symbols) return false;
  const transitions = new Int32Array(states * symbols.length);
  for (const [k, symbol] of symbols.entries()) {
    const inputs = Int32Array.from({ length: states * inputDim }, (_, i) => symbol[i % inputDim]);
    const { h } = recurrent.step(means, inputs);
    for (let s = 0; s < states; s++) {
      let nearest = 0;
      for (let m = 1; m < states; m++) {
        const closer =
          rowDistance(h, s, means, m, hiddenDim) < rowDistance(h, s, means, nearest, hiddenDim);
        if (closer) nearest = m;
      }
      if (!(rowDistance(h, s, means, nearest, hiddenDim) < nearby)) return false;
      transitions[s * symbols.length + k] = nearest;
    }
  }
  return new Set(kernels.refinePartition(transitions, outputs)).size === states;
}
