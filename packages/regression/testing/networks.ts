import type { Kernels, NetworkShape } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/network";
import { recurrentOf, traceNetwork } from "@latticode/network";

// Networks written by hand for the tests, and what disturbs them: changes of basis and noise.

export interface Layer {
  /** [out, in] */
  readonly weight: readonly (readonly number[])[];
  /** [out] */
  readonly bias: readonly number[];
}

/** Uniform numbers in [0, 1) from a 32-bit state (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A random integer, both ends included. */
export function randomInteger(random: () => number, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

export function buildNetwork(
  f: readonly Layer[],
  g: readonly Layer[],
  initial: readonly number[],
): Network {
  const hiddenDim = initial.length;
  const shape: NetworkShape = {
    inputDim: f[0].weight[0].length - hiddenDim,
    outputDim: g[g.length - 1].bias.length,
    hiddenDim,
    hiddenDepth: f.length,
    hiddenWidth: f.length > 1 ? f[0].bias.length : 0,
    outputDepth: g.length,
    outputWidth: g.length > 1 ? g[0].bias.length : 0,
  };
  const weights = [...f, ...g].flatMap(({ weight, bias }) => [...weight.flat(), ...bias]);
  return {
    shape,
    weights: Float64Array.from(weights),
    initial: Float64Array.from(initial),
    seed: 0,
  };
}

/** The network with every weight moved by up to `amplitude`. */
export function withNoise(network: Network, amplitude: number, random: () => number): Network {
  return {
    ...network,
    weights: network.weights.map((w) => w + amplitude * (2 * random() - 1)),
  };
}

/** The same function with hidden states A h, for one layer of f as well as for several. */
export function inBasis(
  f: readonly Layer[],
  g: readonly Layer[],
  initial: readonly number[],
  a: readonly (readonly number[])[],
): Network {
  const n = initial.length;
  const inverse = invert(a);
  const readBy = (layer: Layer): Layer => ({
    ...layer,
    weight: layer.weight.map((row) => [
      ...multiply([row.slice(0, n)], inverse)[0],
      ...row.slice(n),
    ]),
  });
  const written = (layer: Layer): Layer => ({
    weight: multiply(a, layer.weight),
    bias: multiply(
      a,
      layer.bias.map((b) => [b]),
    ).map(([b]) => b),
  });
  const changedF = [readBy(f[0]), ...f.slice(1)];
  changedF[f.length - 1] = written(changedF[f.length - 1]);
  const start = multiply(
    a,
    initial.map((h) => [h]),
  ).map(([h]) => h);
  return buildNetwork(changedF, [readBy(g[0]), ...g.slice(1)], start);
}

/** A random matrix that is far from singular: unit lower times unit upper times scales. */
export function randomBasis(n: number, random: () => number): number[][] {
  const entry = () => 2 * random() - 1;
  const lower = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 1 : j < i ? entry() : 0)),
  );
  const upper = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 0.5 + random() : j > i ? entry() : 0)),
  );
  return multiply(lower, upper);
}

/** Traces on uniform integers from `low` to `high`. */
export function traceOn(
  network: Network,
  range: { low: number; high: number; count: number; length: number },
  options: { kernels: Kernels; random: () => number },
): Traces {
  const { low, high, count, length } = range;
  const x = Int32Array.from({ length: count * length * network.shape.inputDim }, () =>
    randomInteger(options.random, low, high),
  );
  return traceNetwork(recurrentOf(network, options), { x, count, length });
}

/** An affine recurrence h' = M h + N x + c, y = C h + d as layers. */
export function affineLayers(system: {
  readonly transition: readonly (readonly number[])[];
  readonly input: readonly (readonly number[])[];
  readonly offset?: readonly number[];
  readonly output: readonly (readonly number[])[];
  readonly outputOffset?: readonly number[];
}): { f: Layer[]; g: Layer[] } {
  const { transition, input, output } = system;
  return {
    f: [
      {
        weight: transition.map((row, i) => [...row, ...input[i]]),
        bias: system.offset ?? transition.map(() => 0),
      },
    ],
    g: [{ weight: output, bias: system.outputOffset ?? output.map(() => 0) }],
  };
}

/** Binary addition, h = (sum bit, carry): with S = carry + x1 + x2, kinks at S = 0, 1, 2. */
export const binaryAdder: { f: Layer[]; g: Layer[] } = {
  f: [
    {
      weight: [
        [0, 1, 1, 1],
        [0, 1, 1, 1],
        [0, 1, 1, 1],
      ],
      bias: [0, -1, -2],
    },
    {
      weight: [
        [1, -2, 2],
        [0, 1, -1],
      ],
      bias: [0, 0],
    },
  ],
  g: [{ weight: [[1, 0]], bias: [0] }],
};

/** Exclusive or of two inputs, which a hidden state holds for one position. */
export const bitwiseXor: { f: Layer[]; g: Layer[] } = {
  f: [
    {
      weight: [
        [0, 1, 1],
        [0, 1, 1],
      ],
      bias: [0, -1],
    },
    { weight: [[1, -2]], bias: [0] },
  ],
  g: [{ weight: [[1]], bias: [0] }],
};

/** Parity of all bits so far. */
export const parityAll: { f: Layer[]; g: Layer[] } = {
  f: [
    {
      weight: [
        [1, 1],
        [1, 1],
      ],
      bias: [0, -1],
    },
    { weight: [[1, -2]], bias: [0] },
  ],
  g: [{ weight: [[1]], bias: [0] }],
};

function multiply(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): number[][] {
  return a.map((row) => b[0].map((_, j) => row.reduce((sum, v, k) => sum + v * b[k][j], 0)));
}

function invert(a: readonly (readonly number[])[]): number[][] {
  const n = a.length;
  const work = a.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column; i < n; i++) {
      if (Math.abs(work[i][column]) > Math.abs(work[pivot][column])) pivot = i;
    }
    [work[column], work[pivot]] = [work[pivot], work[column]];
    const scale = work[column][column];
    work[column] = work[column].map((v) => v / scale);
    for (let i = 0; i < n; i++) {
      if (i === column) continue;
      const factor = work[i][column];
      work[i] = work[i].map((v, j) => v - factor * work[column][j]);
    }
  }
  return work.map((row) => row.slice(n));
}
