import type { Kernels } from "@latticode/kernels";
import type { Traces } from "@latticode/training";
import type { AffineDynamics } from "./affine-dynamics.ts";
import { appendOnes, fitAffineDynamics, sampledSequences } from "./affine-dynamics.ts";
import type { Directions } from "./directions.ts";
import { principalDirections, projectStates } from "./directions.ts";
import { latticeBasis } from "./lattice-basis.ts";
import { anchored, nearestToCentre, refineMap, roundCodes } from "./lattice-map.ts";
import type { Rejection } from "./rejection.ts";
import { applyRows, combineRows, invertBasis, vectorLength } from "./row-matrix.ts";

// The integer autoencoder, linear finder (paper section 4.2). Hidden states of a network that
// computes with integers lie near a lattice, h ~ A z + b with z integer. When the dynamics are
// affine, a unit of input moves the state by W_x, one step later by W_h W_x, and so on: these
// vectors generate the lattice, and the fractional parts of the states against it give b.

/** Integer codes of hidden states: h ~ A z + b, z = round(D h + e). */
export interface Codes {
  /** Number of coordinates n of a code. */
  readonly dimension: number;
  /** A: [hiddenDim, n] */
  readonly basis: Float64Array;
  /** b: [hiddenDim] */
  readonly offset: Float64Array;
  /** D: [n, hiddenDim] */
  readonly decoder: Float64Array;
  /** e: [n] */
  readonly decoderOffset: Float64Array;
  /** Codes of the traced states, safe integers: [count, length, n] */
  readonly z: Float64Array;
  /** The code of h_0, [n]; absent where h_0 lies off the lattice. */
  readonly initial?: readonly number[];
  /** Largest distance of a coordinate of h_0 from an integer, in [0, 0.5]. */
  readonly initialDeviation: number;
  /** Largest distance of a coordinate of a traced state from an integer, in [0, 0.5]. */
  readonly deviation: number;
  /** Bits an entry, see descriptionLength of the kernels. */
  readonly descriptionLength: number;
}

export interface LatticeOptions {
  readonly kernels: Kernels;
  /** Largest deviation of a coordinate from an integer that is accepted, below 0.5; 0.25 unless told. */
  readonly tolerance?: number;
  /** Directions with a smaller share of the widest spread count as dead; 1e-4 unless told. */
  readonly rankTolerance?: number;
  /** Leaves out the directions that no later output depends on; false unless told. */
  readonly observable?: boolean;
}

const SAMPLED_STATES = 4096;
const POWERS = 10;
/** An input that moves the state by fewer standard errors of the fit does not move it. */
const SIGNIFICANT = 5;
/** Directions that move the outputs by a smaller share than this of the strongest are not observed. */
const OBSERVABLE = 1e-2;

/**
 * Finds the lattice of the hidden states of traces by the linear finder. The fit to affine dynamics
 * only proposes the lattice: the states, all of them, decide whether it is accepted, and a network
 * need not be linear for that.
 */
export function findLattice(traces: Traces, options: LatticeOptions): Codes | Rejection {
  const { kernels, tolerance = 0.25, rankTolerance = 1e-4, observable = false } = options;
  const { length, hiddenDim } = traces;
  const sequences = sampledSequences(traces, SAMPLED_STATES);
  const sample = traces.h.subarray(0, sequences * length * hiddenDim);
  if (!sample.every(Number.isFinite)) {
    return { rejected: "lattice: a hidden state is not a finite number" };
  }
  const directions = principalDirections(sample, hiddenDim, { kernels });
  const scales = liveSpreads(directions, rankTolerance);
  let coordinates = projectStates(sample, directions, scales);
  // states to coordinates: coordinates = linear (h - mean)
  let linear: Float64Array[] = Array.from(scales, (scale, k) =>
    directions.axes.slice(k * hiddenDim, (k + 1) * hiddenDim).map((v) => v / scale),
  );
  let dynamics = fitAffineDynamics(traces, coordinates, linear.length, { kernels });
  if (observable) {
    const kept = observableDirections(dynamics, { kernels });
    linear = kept.map((direction) => combineRows(direction, linear));
    coordinates = applyRows(kept, coordinates, scales.length);
    dynamics = fitAffineDynamics(traces, coordinates, kept.length, { kernels });
  }
  const dimension = linear.length;

  const centre = nearestToCentre(coordinates, dimension);
  const basis = latticeBasis(generators(dynamics, coordinates), dimension);
  if (basis.length < dimension) {
    return {
      rejected: `lattice: input steps span ${basis.length} of the ${dimension} directions that the hidden states fill`,
    };
  }
  const start = invertBasis(basis);
  if (!start) return { rejected: "lattice: the basis is numerically singular" };
  const map = refineMap(anchored(start, coordinates, centre), coordinates, { kernels });

  // the map from h itself
  const decoder = new Float64Array(dimension * hiddenDim);
  const decoderOffset = new Float64Array(dimension);
  for (let k = 0; k < dimension; k++) {
    const row = combineRows(map.rows[k], linear);
    decoder.set(row, k * hiddenDim);
    decoderOffset[k] = map.offset[k];
    for (let j = 0; j < hiddenDim; j++) decoderOffset[k] -= row[j] * directions.mean[j];
  }
  const start0 = roundCodes(decoder, decoderOffset, traces.initial);
  const onLattice = start0.deviation <= tolerance && start0.z.every(Number.isSafeInteger);
  // codes are counted from h_0 where it is on the lattice
  if (onLattice) for (let k = 0; k < dimension; k++) decoderOffset[k] -= start0.z[k];
  const { z, deviation } = roundCodes(decoder, decoderOffset, traces.h);
  // a comparison that NaN fails
  if (!(deviation <= tolerance)) {
    return {
      rejected: `lattice: a hidden state lies ${deviation.toFixed(3)} of a step off the lattice of ${dimension} dimensions (accepted: ${tolerance})`,
    };
  }
  if (!z.every(Number.isSafeInteger)) {
    return { rejected: "lattice: a code is beyond the safe integers" };
  }

  const rows = sequences * length;
  const codesOfSample = z.subarray(0, rows * dimension);
  const fit = kernels.leastSquares(
    appendOnes(codesOfSample, rows, dimension),
    rows,
    dimension + 1,
    sample,
    hiddenDim,
  );
  const lattice = new Float64Array(hiddenDim * dimension);
  const offset = new Float64Array(hiddenDim);
  for (let j = 0; j < hiddenDim; j++) {
    for (let k = 0; k < dimension; k++) lattice[j * dimension + k] = fit[k * hiddenDim + j];
    offset[j] = fit[dimension * hiddenDim + j];
  }
  const residuals = new Float64Array(sample.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < hiddenDim; j++) {
      let value = sample[i * hiddenDim + j] - offset[j];
      for (let k = 0; k < dimension; k++) {
        value -= lattice[j * dimension + k] * codesOfSample[i * dimension + k];
      }
      residuals[i * hiddenDim + j] = value;
    }
  }
  return {
    dimension,
    basis: lattice,
    offset,
    decoder,
    decoderOffset,
    z,
    ...(onLattice ? { initial: new Array<number>(dimension).fill(0) } : {}),
    initialDeviation: start0.deviation,
    deviation,
    descriptionLength: kernels.descriptionLength(codesOfSample, residuals),
  };
}

/** Spreads of the directions that are alive, the widest first. */
function liveSpreads({ spread, mean }: Directions, rankTolerance: number): Float64Array {
  // a cloud as narrow as the rounding errors of its centre is a point
  const floor = 1e-9 * mean.reduce((largest, v) => Math.max(largest, Math.abs(v)), 1e-9);
  return spread.filter((s) => s > Math.max(floor, rankTolerance * spread[0]));
}

/** W_x, W_h W_x, ..., then how the state drifts under the first input seen, in the same way. */
function generators(dynamics: AffineDynamics, coordinates: Float64Array): Float64Array[] {
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
  const driven = powers(columns);
  if (latticeBasis(driven, dimension).length === dimension) return driven;
  return [...driven, ...powers([Float64Array.from(drift)])];
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
