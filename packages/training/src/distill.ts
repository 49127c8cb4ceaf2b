import { type Kernels, networkLayers, parameterCount } from "@latticode/kernels";
import type { Examples } from "@latticode/program";
import { drawIntegers } from "@latticode/program";
import { firstSequences } from "./first-sequences.ts";
import { type Network, stepNetwork, traceNetwork } from "./network.ts";
import { symbolsOf } from "./symbols.ts";

// The hidden states of a network that was trained on a machine are often several blobs a state. Here
// the machine is read off the network's own behaviour, each of its states gets one point, the middle
// of its largest blob, and f is fitted to step from each point to the next, also from points that are
// a little off, so that it pulls them back. The fit is a regression without time, which
// Levenberg-Marquardt solves in milliseconds: a network whose inputs are [h, x] and whose length is 1.

const mostSequences = 400;
/** Runs of suffixes that tell states apart. */
const mostSuffixes = 64;
const mostStates = 64;
const mostSymbols = 64;
/** Samples a transition, the first one in the middle. */
const samples = 6;
/** Largest offset of a sample, as a share of the least distance between two states. */
const offset = 0.2;
/** Integers that stand for a hidden coordinate of deviation 1. */
const unit = 4096;
const mostWeights = 512;

/** A machine over hidden states: the point of each state and its successors. */
interface PointMachine {
  /** [states, hiddenDim] */
  readonly points: Float64Array;
  /** [inputs, inputDim] */
  readonly symbols: Int32Array;
  /** [states, symbols], the next state; -1 where it was not seen. */
  readonly next: Int32Array;
  /** From h_0, [symbols]. */
  readonly first: Int32Array;
}

/** All words of the symbols up to a length, as long as there are few: [words][length] numbers. */
function suffixesOf(symbols: number, length: number): number[][] {
  let words: number[][] = [[]];
  for (let k = 0; k < length && words.length * symbols <= mostSuffixes; k++) {
    words = words.flatMap((word) => Array.from({ length: symbols }, (_, s) => [...word, s]));
  }
  return words;
}

/** The output of every state of the rows of h, and after every prefix of every suffix, as text. */
function signatures(
  network: Network,
  h: Float64Array,
  own: Int32Array,
  symbols: Int32Array,
  suffixes: number[][],
  kernels: Kernels,
): string[] {
  const { hiddenDim, inputDim, outputDim } = network.shape;
  const rows = h.length / hiddenDim;
  const texts = Array.from({ length: rows }, (_, row) => [
    own.subarray(row * outputDim, (row + 1) * outputDim).join(" "),
  ]);
  // Suffixes in order share their beginnings: only what is new is run.
  const states: Float64Array[] = [h];
  let before: number[] = [];
  for (const word of suffixes) {
    let shared = 0;
    while (shared < before.length && before[shared] === word[shared]) shared++;
    for (let k = shared; k < word.length; k++) {
      const input = symbols.subarray(word[k] * inputDim, (word[k] + 1) * inputDim);
      const x = Int32Array.from({ length: rows * inputDim }, (_, i) => input[i % inputDim]);
      const step = stepNetwork(network, states[k], x, { kernels });
      states[k + 1] = step.h;
      for (let row = 0; row < rows; row++) {
        texts[row].push(step.y.subarray(row * outputDim, (row + 1) * outputDim).join(" "));
      }
    }
    before = word;
  }
  return texts.map((text) => text.join(","));
}

function distance(a: Float64Array, i: number, b: Float64Array, j: number, dimension: number) {
  let largest = 0;
  for (let c = 0; c < dimension; c++) {
    largest = Math.max(largest, Math.abs(a[i * dimension + c] - b[j * dimension + c]));
  }
  return largest;
}

/** The middle of the largest blob of each class: [classes, dimension]. */
function pointsOf(
  h: Float64Array,
  classes: Int32Array,
  count: number,
  dimension: number,
  tolerance: number,
  kernels: Kernels,
): Float64Array {
  const points = new Float64Array(count * dimension);
  const clustering = kernels.createClustering({
    dimension,
    tolerance,
    capacity: h.length / dimension,
  });
  const labels = clustering.add(h, classes);
  clustering.dispose();
  const members = new Map<number, number>();
  for (const label of labels) members.set(label, (members.get(label) ?? 0) + 1);
  const largest = new Int32Array(count).fill(-1);
  labels.forEach((label, row) => {
    const best = largest[classes[row]];
    if (best < 0 || members.get(label)! > members.get(best)!) largest[classes[row]] = label;
  });
  labels.forEach((label, row) => {
    const state = classes[row];
    if (largest[state] !== label) return;
    for (let c = 0; c < dimension; c++) {
      points[state * dimension + c] += h[row * dimension + c] / members.get(label)!;
    }
  });
  return points;
}

/**
 * The machine that the network is within its trained length, by the outputs that follow each of its
 * hidden states; undefined where it has too many states or inputs, or none that is deterministic.
 */
function pointMachine(
  network: Network,
  examples: Examples,
  kernels: Kernels,
): PointMachine | undefined {
  const { hiddenDim, inputDim } = network.shape;
  const { count, length, x } = firstSequences(examples, mostSequences);
  const symbols = symbolsOf(x, inputDim, mostSymbols);
  if (!symbols) return undefined;
  const symbolCount = symbols.length / inputDim;
  const suffixes = suffixesOf(symbolCount, Math.floor(length / 2));
  // States are looked at as long as their suffixes end within the trained length.
  const seen = length - suffixes[0].length;
  if (seen < 2) return undefined;
  const traces = traceNetwork(network, { x, count, length }, { kernels });
  const rows = count * seen;
  const h = new Float64Array(rows * hiddenDim);
  const own = new Int32Array((rows * traces.y.length) / (count * length));
  const outputDim = own.length / rows;
  for (let s = 0; s < count; s++) {
    const from = s * length;
    h.set(traces.h.subarray(from * hiddenDim, (from + seen) * hiddenDim), s * seen * hiddenDim);
    own.set(traces.y.subarray(from * outputDim, (from + seen) * outputDim), s * seen * outputDim);
  }
  const texts = signatures(network, h, own, symbols, suffixes, kernels);
  const numbers = new Map<string, number>();
  const classes = Int32Array.from(texts, (text) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
  const states = numbers.size;
  if (states > mostStates) return undefined;

  const symbolNumbers = new Map<string, number>();
  for (let k = 0; k < symbolCount; k++) {
    symbolNumbers.set(symbols.subarray(k * inputDim, (k + 1) * inputDim).join(" "), k);
  }
  const next = new Int32Array(states * symbolCount).fill(-1);
  const first = new Int32Array(symbolCount).fill(-1);
  for (let s = 0; s < count; s++) {
    for (let t = 0; t < seen; t++) {
      const at = (s * length + t) * inputDim;
      const symbol = symbolNumbers.get(x.subarray(at, at + inputDim).join(" "))!;
      const to = classes[s * seen + t];
      const table = t === 0 ? first : next;
      const place = t === 0 ? symbol : classes[s * seen + t - 1] * symbolCount + symbol;
      if (table[place] >= 0 && table[place] !== to) return undefined;
      table[place] = to;
    }
  }
  const range = rangeOf(h);
  if (!(range > 0)) return undefined;
  const points = pointsOf(h, classes, states, hiddenDim, 0.02 * range, kernels);
  return { points, symbols, next, first };
}

function rangeOf(values: Float64Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}

function leastDistance(points: Float64Array, dimension: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < points.length / dimension; i++) {
    for (let j = 0; j < i; j++) least = Math.min(least, distance(points, i, points, j, dimension));
  }
  return least;
}

/**
 * The network with f fitted to one point a state of the machine that it is; undefined where it is no
 * small machine, or has more weights than Levenberg-Marquardt takes. g is as it was. What comes out
 * must be judged like any other network.
 */
export async function distillNetwork(
  network: Network,
  examples: Examples,
  options: {
    readonly kernels: Kernels;
    readonly seed: number;
    readonly giveWay: () => Promise<void>;
  },
): Promise<Network | undefined> {
  const { kernels, seed, giveWay } = options;
  const { hiddenDim, inputDim, hiddenDepth, hiddenWidth } = network.shape;
  if (hiddenDepth === 1) return undefined;
  const machine = pointMachine(network, examples, kernels);
  if (!machine) return undefined;
  const { points, symbols, next, first } = machine;
  const least = points.length === hiddenDim ? 1 : leastDistance(points, hiddenDim);
  if (!(least > 0)) return undefined;
  // Points are integers of this many parts: a small share of the least distance.
  const scale = unit / least;
  if (!(scale * rangeOf(points) < 1 << 30)) return undefined;
  const sizes = { inputDim: hiddenDim + inputDim, outputDim: hiddenDim, hiddenDim };
  const shape = { ...sizes, hiddenDepth, hiddenWidth, outputDepth: 1, outputWidth: 0 };
  if (parameterCount(shape) > mostWeights) return undefined;

  const draw = drawIntegers(seed, 2);
  const x: number[] = [];
  const y: number[] = [];
  const most = Math.round(offset * unit);
  const symbolCount = symbols.length / inputDim;
  const append = (from: number, symbol: number, to: number, spread: number) => {
    for (let c = 0; c < hiddenDim; c++) {
      const middle = from < 0 ? scale * network.initial[c] : scale * points[from * hiddenDim + c];
      x.push(Math.round(middle) + (spread === 0 ? 0 : draw(-spread, spread)));
      y.push(Math.round(scale * points[to * hiddenDim + c]));
    }
    x.push(...symbols.subarray(symbol * inputDim, (symbol + 1) * inputDim));
  };
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    for (let k = 0; k < samples; k++) {
      if (first[symbol] >= 0) append(-1, symbol, first[symbol], 0);
      for (let state = 0; state < points.length / hiddenDim; state++) {
        const to = next[state * symbolCount + symbol];
        if (to >= 0) append(state, symbol, to, k === 0 ? 0 : most);
      }
    }
  }
  const count = y.length / hiddenDim;
  const capacity = 32 * Math.min(64, Math.ceil(count / 32));
  const job = kernels.createLevenbergMarquardt({
    ...{ shape, x: Int32Array.from(x), y: Int32Array.from(y), count, length: 1 },
    ...{ weights: enlarged(network, shape, scale), seed, firstPrefix: 1 },
    ...{ batch: Math.min(512, capacity), capacity, maxIterations: 120, margin: 0.49 },
  });
  try {
    while (job.run(2).status === "running") await giveWay();
    return reduced(network, shape, job.weights(), scale);
  } finally {
    job.dispose();
  }
}

type Shape = Parameters<typeof networkLayers>[0];

/** f of the network as one over [0, scale h, x], followed by a g that multiplies by the scale. */
function enlarged(network: Network, shape: Shape, scale: number): Float64Array {
  const { hiddenDim } = network.shape;
  const weights = new Float64Array(parameterCount(shape));
  const from = networkLayers(network.shape);
  networkLayers(shape).forEach((layer, k) => {
    const source = from[k];
    if (k === network.shape.hiddenDepth) {
      for (let c = 0; c < hiddenDim; c++) weights[layer.weightOffset + c * hiddenDim + c] = scale;
      return;
    }
    for (let o = 0; o < layer.outputs; o++) {
      weights[layer.biasOffset + o] = network.weights[source.biasOffset + o];
      const extra = layer.inputs - source.inputs;
      for (let i = 0; i < source.inputs; i++) {
        const value = network.weights[source.weightOffset + o * source.inputs + i];
        const isHidden = k === 0 && i < hiddenDim;
        weights[layer.weightOffset + o * layer.inputs + extra + i] = isHidden
          ? value / scale
          : value;
      }
    }
  });
  return weights;
}

/** The network with the fitted f; the linear g of the fit goes into f's last layer. */
function reduced(network: Network, shape: Shape, fitted: Float64Array, scale: number): Network {
  const { hiddenDim, hiddenDepth } = network.shape;
  const weights = network.weights.slice();
  const layers = networkLayers(shape);
  const outer = layers[hiddenDepth];
  networkLayers(network.shape).forEach((layer, k) => {
    if (k >= hiddenDepth) return;
    const source = layers[k];
    const extra = source.inputs - layer.inputs;
    for (let o = 0; o < layer.outputs; o++) {
      for (let i = 0; i <= layer.inputs; i++) {
        const at = (output: number) =>
          i === layer.inputs
            ? fitted[source.biasOffset + output]
            : fitted[source.weightOffset + output * source.inputs + extra + i] *
              (k === 0 && i < hiddenDim ? scale : 1);
        let value = at(o);
        if (k === hiddenDepth - 1) {
          value = i === layer.inputs ? fitted[outer.biasOffset + o] / scale : 0;
          for (let c = 0; c < hiddenDim; c++) {
            value += (fitted[outer.weightOffset + o * hiddenDim + c] * at(c)) / scale;
          }
        }
        weights[
          i === layer.inputs ? layer.biasOffset + o : layer.weightOffset + o * layer.inputs + i
        ] = Math.fround(value);
      }
    }
  });
  return { ...network, weights };
}
