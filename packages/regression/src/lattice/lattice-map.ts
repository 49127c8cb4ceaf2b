import type { Kernels } from "@latticode/kernels";
import { appendOnes } from "./affine-dynamics.ts";
import { applyRows } from "./row-matrix.ts";

// The map from coordinates of hidden states to codes: the inverse of the lattice's basis, with an
// offset that the fractional parts of the states decide.

/** codes = rows * coordinates + offset, before rounding */
export interface AffineMap {
  readonly rows: readonly Float64Array[];
  readonly offset: Float64Array;
}

/** The map that gives the state in row `anchor` whole codes, corrected by the median of all. */
export function anchored(
  rows: readonly Float64Array[],
  coordinates: Float64Array,
  anchor: number,
): AffineMap {
  const dimension = rows.length;
  const state = coordinates.subarray(anchor * dimension, (anchor + 1) * dimension);
  const offset = applyRows(rows, state, dimension).map((v) => -v);
  const codes = applyRows(rows, coordinates, dimension);
  for (let k = 0; k < dimension; k++) {
    const fractions: number[] = [];
    for (let i = k; i < codes.length; i += dimension) {
      const value = codes[i] + offset[k];
      fractions.push(value - Math.round(value));
    }
    fractions.sort((a, b) => a - b);
    offset[k] -= fractions[fractions.length >> 1];
  }
  return { rows, offset };
}

/**
 * Fits the map to its own rounded codes, from the middle of the cloud outwards, where an error of
 * the basis has not yet added up to a step.
 */
export function refineMap(
  start: AffineMap,
  coordinates: Float64Array,
  { kernels }: { readonly kernels: Kernels },
): AffineMap {
  const dimension = start.rows.length;
  if (dimension === 0) return start;
  const rows = coordinates.length / dimension;
  const distance = new Float64Array(rows);
  for (let i = 0; i < coordinates.length; i++) {
    distance[Math.floor(i / dimension)] += coordinates[i] * coordinates[i];
  }
  const order = Array.from(distance.keys()).sort((a, b) => distance[a] - distance[b] || a - b);
  let map = start;
  for (const share of [1 / 8, 1 / 4, 1 / 2, 1, 1]) {
    const used = Math.ceil(rows * share);
    if (used < 4 * (dimension + 1)) continue;
    const states = new Float64Array(used * dimension);
    for (let i = 0; i < used; i++) {
      for (let k = 0; k < dimension; k++) {
        states[i * dimension + k] = coordinates[order[i] * dimension + k];
      }
    }
    const codes = applyRows(map.rows, states, dimension);
    for (let i = 0; i < codes.length; i++) {
      codes[i] = Math.round(codes[i] + map.offset[i % dimension]) + 0;
    }
    const fit = kernels.leastSquares(
      appendOnes(states, used, dimension),
      used,
      dimension + 1,
      codes,
      dimension,
    );
    const next: AffineMap = {
      rows: map.rows.map((row, k) => row.map((_, j) => fit[j * dimension + k])),
      offset: map.offset.map((_, k) => fit[dimension * dimension + k]),
    };
    // few distinct states determine no map: a refinement corrects, it does not replace
    if (isClose(map.rows, next.rows)) map = next;
  }
  return map;
}

/**
 * Rounded codes of states [rows, columns]; the largest and the root mean square distance from
 * rounding.
 */
export function roundCodes(
  decoder: Float64Array,
  decoderOffset: Float64Array,
  h: Float64Array,
): { z: Float64Array; deviation: number; spread: number } {
  const dimension = decoderOffset.length;
  const hiddenDim = dimension === 0 ? 0 : decoder.length / dimension;
  const rows = dimension === 0 ? 0 : h.length / hiddenDim;
  const z = new Float64Array(rows * dimension);
  let deviation = 0;
  let squares = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < dimension; k++) {
      let value = decoderOffset[k];
      for (let j = 0; j < hiddenDim; j++) {
        value += decoder[k * hiddenDim + j] * h[i * hiddenDim + j];
      }
      // without -0, which equality in tests and JSON tells from 0
      const code = Math.round(value) + 0;
      z[i * dimension + k] = code;
      const distance = Math.abs(value - code);
      if (!(distance <= deviation)) deviation = distance;
      squares += distance * distance;
    }
  }
  return { z, deviation, spread: Math.sqrt(squares / Math.max(1, z.length)) };
}

/** Row of the state nearest to the origin. */
export function nearestToCentre(coordinates: Float64Array, dimension: number): number {
  let nearest = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i * dimension < coordinates.length; i++) {
    let distance = 0;
    for (let k = 0; k < dimension; k++)
      distance += coordinates[i * dimension + k] * coordinates[i * dimension + k];
    if (distance < smallest) {
      smallest = distance;
      nearest = i;
    }
    if (dimension === 0) break;
  }
  return nearest;
}

function isClose(a: readonly Float64Array[], b: readonly Float64Array[]): boolean {
  return a.every((row, k) => {
    const size = row.reduce((largest, v) => Math.max(largest, Math.abs(v)), 0);
    return row.every((v, j) => Math.abs(v - b[k][j]) <= 0.1 * size);
  });
}
