import type { Network } from "@latticode/network";
import { changeBasis } from "../change-of-basis.ts";
import { components } from "../components.ts";
import { recurrentMatrix } from "../linear-dynamics.ts";
import { diagonal } from "../matrix.ts";
import { layersOf } from "../network-parts.ts";

/** Weights beyond this number make the search slow, and are not searched. */
const mostWeights = 2000;

/** Numbers that a weight is tried to become. */
const targets = [1, 2, 3, 4];

/** The network with states scales[i] * h_i. */
export function scaleStates(network: Network, scales: Float64Array): Network {
  return changeBasis(network, diagonal(scales), diagonal(scales.map((s) => 1 / s)));
}

/**
 * Factors for the hidden coordinates with which more weights are integers: one coordinate, or a
 * group of coordinates that f links, is scaled at a time so that one of its weights becomes 1, 2, 3
 * or 4, as long as the number of non-zero weights within the threshold of an integer grows and none
 * crosses the threshold to 0. All 1 where nothing is gained.
 */
export function integerScales(network: Network, threshold: number): Float64Array {
  const n = network.shape.hiddenDim;
  let scales = new Float64Array(n).fill(1);
  if (network.weights.length > mostWeights) return scales;
  const groups = [...Array.from({ length: n }, (_, i) => [i]), ...linkedGroups(network, threshold)];
  let current = network;
  let score = integerScore(network, current, threshold);
  for (let improved = true; improved; ) {
    improved = false;
    for (const group of groups) {
      for (const factor of factorsFor(current, group, threshold)) {
        const tried = scales.map((s, i) => (group.includes(i) ? s * factor : s));
        const scaled = scaleStates(network, tried);
        const reached = integerScore(network, scaled, threshold);
        if (reached <= score) continue;
        [scales, current, score, improved] = [tried, scaled, reached, true];
      }
    }
  }
  return scales;
}

/** Weights, not 0, that are integers within the threshold; -1 where one crossed it. */
function integerScore(original: Network, scaled: Network, threshold: number): number {
  let score = 0;
  for (const [at, w] of scaled.weights.entries()) {
    const zero = Math.abs(w) <= threshold;
    if (zero !== Math.abs(original.weights[at]) <= threshold) return -1;
    if (!zero && Math.abs(w - Math.round(w)) <= threshold) score++;
  }
  return score;
}

/** Coordinates that f links, and all together. */
function linkedGroups(network: Network, threshold: number): number[][] {
  const n = network.shape.hiddenDim;
  const all = Array.from({ length: n }, (_, i) => i);
  const w = recurrentMatrix(network);
  if (!w) return [all];
  const size = (i: number, j: number) => Math.max(Math.abs(w[i * n + j]), Math.abs(w[j * n + i]));
  const groups = components(all, (i, j) => !(size(i, j) <= threshold));
  return groups.length > 1 ? [...groups, all] : groups;
}

/**
 * Factors that make a weight which writes or reads a coordinate of the group one of the targets.
 */
function factorsFor(network: Network, group: readonly number[], threshold: number): Set<number> {
  const { hiddenDepth } = network.shape;
  const layers = layersOf(network);
  const writer = layers[hiddenDepth - 1];
  const factors = new Set<number>();
  const add = (w: number, written: boolean) => {
    const size = Math.abs(w);
    if (size <= threshold) return;
    for (const target of targets) factors.add(written ? target / size : size / target);
  };
  for (const i of group) {
    for (const w of [...writer.weight[i], writer.bias[i]]) add(w, true);
    for (const { weight } of [layers[0], layers[hiddenDepth]]) {
      for (const row of weight) add(row[i], false);
    }
  }
  return factors;
}
