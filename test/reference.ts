// Slow and obvious f64 versions of what the kernels compute, and numbers to try them on.

import { type NetworkShape, networkLayers } from "@latticode/kernels";

/** Numbers in [0, 1) from a seed (the minimal standard generator of Park and Miller 1988). */
export function randomNumbers(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return (state - 1) / 2147483646;
  };
}

export function randomShape(random: () => number): NetworkShape {
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const hiddenDepth = between(1, 3);
  const outputDepth = between(1, 3);
  return {
    inputDim: between(1, 3),
    outputDim: between(1, 3),
    hiddenDim: between(1, 5),
    hiddenDepth,
    hiddenWidth: hiddenDepth === 1 ? 0 : between(1, 6),
    outputDepth,
    outputWidth: outputDepth === 1 ? 0 : between(1, 6),
  };
}

export function randomIntegers(random: () => number, count: number, range: number): Int32Array {
  return Int32Array.from({ length: count }, () => Math.floor((2 * random() - 1) * range));
}

/** Runs one sequence x [length, inputDim]: states h [length, hiddenDim] and y [length, outputDim]. */
export type ReferenceNetwork = (
  weights: ArrayLike<number>,
  initial: ArrayLike<number>,
  x: ArrayLike<number>,
) => { h: number[]; y: number[] };

export function referenceNetwork(shape: NetworkShape): ReferenceNetwork {
  const layers = networkLayers(shape);
  const perceptron = (weights: ArrayLike<number>, from: number, to: number, input: number[]) => {
    let values = input;
    for (let k = from; k < to; k++) {
      const { inputs, outputs, weightOffset, biasOffset } = layers[k];
      const next: number[] = [];
      for (let o = 0; o < outputs; o++) {
        let sum = weights[biasOffset + o];
        for (let i = 0; i < inputs; i++) sum += weights[weightOffset + o * inputs + i] * values[i];
        next.push(k === to - 1 ? sum : Math.max(0, sum));
      }
      values = next;
    }
    return values;
  };
  return (weights, initial, x) => {
    let state = Array.from(initial);
    const h: number[] = [];
    const y: number[] = [];
    for (let at = 0; at < x.length; at += shape.inputDim) {
      const entering = state;
      for (let i = 0; i < shape.inputDim; i++) entering.push(x[at + i]);
      state = perceptron(weights, 0, shape.hiddenDepth, entering);
      h.push(...state);
      y.push(...perceptron(weights, shape.hiddenDepth, layers.length, state));
    }
    return { h, y };
  };
}

export function lossReference(loss: "squared" | "log" | "huber", error: number): number {
  if (loss === "log") return Math.log(1 + error ** 2) / 2;
  return loss === "huber" && Math.abs(error) > 1 ? Math.abs(error) - 0.5 : error ** 2 / 2;
}

/** Philox4x32-10 in BigInt arithmetic, as its paper writes it. */
export function philoxReference(counter: readonly number[], key: readonly number[]): number[] {
  const word = 0xffffffffn;
  let [c0, c1, c2, c3] = counter.map(BigInt);
  let [k0, k1] = key.map(BigInt);
  for (let round = 0; round < 10; round++) {
    const p0 = 0xd2511f53n * c0;
    const p1 = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & word, (p0 >> 32n) ^ c3 ^ k1, p0 & word];
    k0 = (k0 + 0x9e3779b9n) & word;
    k1 = (k1 + 0xbb67ae85n) & word;
  }
  return [c0, c1, c2, c3].map(Number);
}

/** Largest |a - b| relative to the largest |b|, or to 1 where that is larger. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let scale = 1;
  let difference = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < b.length; i++) {
    scale = Math.max(scale, Math.abs(b[i]));
    const d = Math.abs(a[i] - b[i]);
    if (!(d <= difference)) difference = d;
  }
  return difference / scale;
}
