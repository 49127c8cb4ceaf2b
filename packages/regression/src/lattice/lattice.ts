import type { Kernels } from "@latticode/kernels";
import type { Directions, Rejection } from "@latticode/machines";
import { isRejection, principalDirections } from "@latticode/machines";
import type { Network, Traces } from "@latticode/network";
import type { AffineDynamics } from "./affine-dynamics.ts";
import { fitAffineDynamics, sampledSequences } from "./affine-dynamics.ts";
import type { Codes, LatticeSource } from "./codes.ts";
import { codesOf } from "./codes.ts";
import { impulseDifferences, plainDifferences } from "./lattice-generators.ts";
import { findNoisyLattice } from "./noisy-lattice.ts";
import { applyRows, combineRows, dot, vectorLength } from "./row-matrix.ts";

// The integer autoencoder (paper section 4.2). Hidden states of a network that computes with
// integers lie near a lattice, h ~ A z + b with z integer. Differences of states generate it, the
// shortest of them are those that one step of one input makes, and the fractional parts of the
// states against it give b.

export interface LatticeOptions {
  readonly kernels: Kernels;
  /** The network of the traces; without one no input is changed. */
  readonly network?: Network;
  /** Largest deviation of a coordinate from an integer that is accepted, below 0.5; 0.45 unless told. */
  readonly tolerance?: number;
  /** Directions with a smaller share of the widest spread count as dead; 1e-4 unless told. */
  readonly rankTolerance?: number;
  /** Leaves out the directions that no later output depends on; false unless told. */
  readonly observable?: boolean;
}

const SAMPLED_STATES = 4096;
const POWERS = 10;
const LARGEST_DIMENSION = 12;
/** An input that moves the state by fewer standard errors of the fit does not move it. */
const SIGNIFICANT = 5;
/** Directions that move the outputs by a smaller share than this of the strongest are not observed. */
const OBSERVABLE = 1e-2;

/**
 * Finds the lattice of the hidden states of traces. Its vectors are differences of states: those that
 * a change of one input makes, where there is a network to ask, else W_x, W_h W_x, ... of a fit to
 * affine dynamics, else plain differences. They only propose the lattice: the states, all of them,
 * decide whether it is accepted.
 */
export function findLattice(traces: Traces, options: LatticeOptions): Codes | Rejection {
  const { kernels, network, tolerance = 0.45, rankTolerance = 1e-4, observable = false } = options;
  const { length, hiddenDim } = traces;
  const sequences = sampledSequences(traces, SAMPLED_STATES);
  const sample = traces.h.subarray(0, sequences * length * hiddenDim);
  if (!sample.every(Number.isFinite)) {
    return { rejected: "lattice: a hidden state is not a finite number" };
  }
  const directions = principalDirections(sample, hiddenDim, { kernels });
  const scales = liveSpreads(directions, rankTolerance);
  let linear: Float64Array[] = Array.from(scales, (_, k) =>
    directions.axes.slice(k * hiddenDim, (k + 1) * hiddenDim),
  );
  const coordinatesOf = () =>
    shifted(applyRows(linear, sample, hiddenDim), linear, directions.mean);
  let dynamics = fitAffineDynamics(traces, coordinatesOf(), linear.length, { kernels });
  if (observable) {
    const kept = observableDirections(dynamics, { kernels });
    linear = kept.map((direction) => combineRows(direction, linear));
    dynamics = fitAffineDynamics(traces, coordinatesOf(), linear.length, { kernels });
  }
  const dimension = linear.length;
  if (dimension === 0)
    return codesOf(traces, { basis: [], linear, source: "differences" }, options);
  if (dimension > LARGEST_DIMENSION) {
    return {
      rejected: `lattice: the hidden states fill ${dimension} dimensions, at most ${LARGEST_DIMENSION} are searched`,
    };
  }
  const points = coordinatesOf();
  const sources: [LatticeSource, () => Float64Array][] = [
    ["powers", () => generators(dynamics, points)],
    ["differences", () => applyRows(linear, plainDifferences(traces), hiddenDim)],
  ];
  if (network) {
    const differences = () => impulseDifferences(network, traces, { kernels });
    sources.unshift(["impulses", () => applyRows(linear, differences(), hiddenDim)]);
  }
  const spreads = spreadsOf(points, dimension);
  let rejection: Rejection | undefined;
  for (const [source, make] of sources) {
    const vectors = make();
    // noise is as large in all directions, or it goes with the spread
    for (const units of [spreads.map(() => 1), spreads]) {
      const found = findNoisyLattice(inUnits(vectors, units), inUnits(points, units), dimension, {
        kernels,
        tolerance,
      });
      if (!found) continue;
      const basis = found.basis.map((vector) => vector.map((v, k) => v * units[k]));
      const offset = found.offset.map((v, k) => v * units[k]);
      const codes = codesOf(traces, { basis, linear, offset, source }, options);
      if (!isRejection(codes)) return codes;
      rejection ??= codes;
    }
  }
  return (
    rejection ?? {
      rejected: `lattice: the hidden states fit no lattice of ${dimension} dimensions`,
    }
  );
}

/** Coordinates with those of the centre subtracted. */
function shifted(
  coordinates: Float64Array,
  linear: readonly Float64Array[],
  centre: Float64Array,
): Float64Array {
  const origin = linear.map((row) => dot(row, centre));
  return coordinates.map((v, i) => v - origin[i % linear.length]);
}

function spreadsOf(points: Float64Array, n: number): number[] {
  const squares = new Array<number>(n).fill(0);
  for (let i = 0; i < points.length; i++) squares[i % n] += points[i] * points[i];
  return squares.map((sum) => Math.sqrt((sum * n) / points.length));
}

function inUnits(vectors: Float64Array, units: readonly number[]): Float64Array {
  return vectors.map((v, i) => v / units[i % units.length]);
}

/** How many directions the traced states fill, those much narrower than the widest left out. */
export function filledDimensions(
  traces: Traces,
  rankTolerance: number,
  { kernels }: { readonly kernels: Kernels },
): number {
  const { length, hiddenDim, h } = traces;
  const sample = h.subarray(0, sampledSequences(traces, SAMPLED_STATES) * length * hiddenDim);
  if (!sample.every(Number.isFinite)) return 0;
  return liveSpreads(principalDirections(sample, hiddenDim, { kernels }), rankTolerance).length;
}

/** Spreads of the directions that are alive, the widest first. */
function liveSpreads({ spread, mean }: Directions, rankTolerance: number): Float64Array {
  // a cloud as narrow as the rounding errors of its centre is a point
  const floor = 1e-9 * mean.reduce((largest, v) => Math.max(largest, Math.abs(v)), 1e-9);
  return spread.filter((s) => s > Math.max(floor, rankTolerance * spread[0]));
}

/** W_x, W_h W_x, ..., then how the state drifts under the first input seen, in the same way. */
function generators(dynamics: AffineDynamics, coordinates: Float64Array): Float64Array {
  const { recurrent, input, inputError, offset } = dynamics;
  const dimension = recurrent.length;
  const inputDim = dimension === 0 ? 0 : input[0].length;
  const columns = Array.from({ length: inputDim }, (_, k) =>
    Float64Array.from(input, (row) => row[k]),
  ).filter((column, k) => vectorLength(column) > SIGNIFICANT * inputError[k]);
  const drift = recurrent.map((row, i) => {
    let change = offset[i] - coordinates[i];
    for (let j = 0; j < dimension; j++) change += row[j] * coordinates[j];
    return change;
  });
  const powers = (start: Float64Array[]): Float64Array[] => {
    const all: Float64Array[] = [];
    let current = start;
    for (let k = 0; k < POWERS; k++) {
      all.push(...current);
      current = current.map((v) => applyRows(recurrent, v, dimension));
    }
    return all;
  };
  const all = [...powers(columns), ...powers([Float64Array.from(drift)])];
  return Float64Array.from(all.flatMap((vector) => [...vector]));
}

/** An orthonormal basis of the directions that some output depends on, now or later. */
function observableDirections(
  { recurrent, readout }: AffineDynamics,
  { kernels }: { readonly kernels: Kernels },
): Float64Array[] {
  const dimension = recurrent.length;
  if (dimension === 0) return [];
  const gram = new Float64Array(dimension * dimension);
  let rows: Float64Array[] = readout.map((row) => row.slice());
  for (let power = 0; power < dimension; power++) {
    for (const row of rows) {
      for (let i = 0; i < dimension; i++) {
        for (let j = 0; j < dimension; j++) gram[i * dimension + j] += row[i] * row[j];
      }
    }
    rows = rows.map((row) => combineRows(row, recurrent));
  }
  const { values, vectors } = kernels.symmetricEigen(gram, dimension);
  const kept: Float64Array[] = [];
  for (let k = dimension - 1; k >= 0; k--) {
    if (values[k] <= OBSERVABLE * OBSERVABLE * values[dimension - 1]) break;
    kept.push(Float64Array.from({ length: dimension }, (_, j) => vectors[j * dimension + k]));
  }
  return kept;
}
