import type { Kernels } from "@latticode/kernels";
import type { Rejection } from "@latticode/machines";
import type { Traces } from "@latticode/network";
import { appendOnes, sampledSequences } from "./affine-dynamics.ts";
import { anchored, nearestToCentre, refineMap, roundCodes } from "./lattice-map.ts";
import { applyRows, combineRows, dot, invertBasis, vectorLength } from "./row-matrix.ts";

// Integer codes of hidden states, and what speaks for them.

/** Where the vectors came from that a lattice was found by. */
export type LatticeSource = "impulses" | "powers" | "differences" | "linear finder" | "GCD finder";

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
  readonly source: LatticeSource;
  /** Share of the traced states with every coordinate within a quarter of its code. */
  readonly exact: number;
  /** Root mean square distance of a state from its place, by the shortest basis vector. */
  readonly residual: number;
  /** Number of different codes of traced states; n + 1 of them lie on some lattice always. */
  readonly distinct: number;
  /**
   * How much the lattice says, in bits: by how much the different codes beyond the first n + 1 lie
   * closer to it than chance would have them, less what it takes to write the ranges of the codes.
   * 0 where there are no more codes, as every simplex is part of a lattice.
   */
  readonly surprise: number;
  /** Bits an entry, see descriptionLength of the kernels. */
  readonly descriptionLength: number;
}

/**
 * Largest root mean square of the distances from the codes, in steps. Without a lattice it is 0.29.
 */
const largestSpread = 0.15;
/** h_0 has a code where each coordinate is as close to an integer. */
const startTolerance = 0.25;

/**
 * Codes of all traced states in the lattice of `basis`, vectors of the coordinates linear h;
 * rejected where a state lies off it.
 */
export function codesOf(
  traces: Traces,
  lattice: {
    /** n vectors [n] */
    readonly basis: readonly Float64Array[];
    /** n rows [hiddenDim] */
    readonly linear: readonly Float64Array[];
    /** b in the coordinates linear h about their mean over the sample; found where absent: [n] */
    readonly offset?: Float64Array;
    readonly source: LatticeSource;
  },
  { kernels, tolerance = 0.45 }: { readonly kernels: Kernels; readonly tolerance?: number },
): Codes | Rejection {
  const { basis, linear, source } = lattice;
  const { length, hiddenDim } = traces;
  const dimension = linear.length;
  const sequences = sampledSequences(traces);
  const sample = traces.h.subarray(0, sequences * length * hiddenDim);
  const coordinates = applyRows(linear, sample, hiddenDim);
  const mean = new Float64Array(dimension);
  for (let i = 0; i < coordinates.length; i++) {
    mean[i % dimension] += coordinates[i] / (sequences * length);
  }
  const centred = coordinates.map((v, i) => v - mean[i % dimension]);
  const start = invertBasis(basis);
  if (!start) return { rejected: "lattice: the basis is numerically singular" };
  const { offset: origin } = lattice;
  const rough = origin
    ? { rows: start, offset: applyRows(start, origin, dimension).map((v) => 0 - v) }
    : anchored(start, centred, nearestToCentre(centred, dimension));
  const map = refineMap(rough, centred, { kernels });

  // the map from h itself
  const decoder = new Float64Array(dimension * hiddenDim);
  const decoderOffset = new Float64Array(dimension);
  for (let k = 0; k < dimension; k++) {
    decoder.set(combineRows(map.rows[k], linear), k * hiddenDim);
    decoderOffset[k] = map.offset[k] - dot(map.rows[k], mean);
  }
  const start0 = roundCodes(decoder, decoderOffset, traces.initial);
  const onLattice = start0.deviation <= startTolerance && start0.z.every(Number.isSafeInteger);
  // codes are counted from h_0 where it is on the lattice
  if (onLattice) for (let k = 0; k < dimension; k++) decoderOffset[k] -= start0.z[k];
  const { z, deviation, spread } = roundCodes(decoder, decoderOffset, traces.h);
  // a comparison that NaN fails
  if (!(deviation <= tolerance)) {
    return {
      rejected:
        `lattice: a hidden state lies ${deviation.toFixed(3)} of a step off the lattice of ` +
        `${dimension} dimensions (accepted: ${tolerance})`,
    };
  }
  if (!(spread <= largestSpread)) {
    return {
      rejected:
        `lattice: hidden states lie ${spread.toFixed(3)} of a step off the lattice of ` +
        `${dimension} dimensions in the mean (accepted: ${largestSpread})`,
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
  const steps = new Float64Array(hiddenDim * dimension);
  for (let j = 0; j < hiddenDim; j++) {
    for (let k = 0; k < dimension; k++) steps[j * dimension + k] = fit[k * hiddenDim + j];
  }
  const offset = fit.slice(dimension * hiddenDim);
  const residuals = new Float64Array(sample.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < hiddenDim; j++) {
      let value = sample[i * hiddenDim + j] - offset[j];
      for (let k = 0; k < dimension; k++) {
        value -= steps[j * dimension + k] * codesOfSample[i * dimension + k];
      }
      residuals[i * hiddenDim + j] = value;
    }
  }
  const spacing = Array.from({ length: dimension }, (_, k) =>
    vectorLength(steps.filter((_, i) => i % dimension === k)),
  ).reduce((least, size) => Math.min(least, size), Number.POSITIVE_INFINITY);
  return {
    dimension,
    basis: steps,
    offset,
    decoder,
    decoderOffset,
    z,
    ...(onLattice ? { initial: new Array<number>(dimension).fill(0) } : {}),
    initialDeviation: start0.deviation,
    deviation,
    source,
    exact: shareExact(decoder, decoderOffset, traces.h),
    residual: dimension === 0 ? 0 : vectorLength(residuals) / Math.sqrt(rows) / spacing,
    ...surpriseOf(z, dimension, spread, { kernels }),
    descriptionLength: kernels.descriptionLength(codesOfSample, residuals),
  };
}

/** Share of states of which every coordinate lies within a quarter of its code. */
function shareExact(decoder: Float64Array, offset: Float64Array, h: Float64Array): number {
  const n = offset.length;
  if (n === 0 || h.length === 0) return 1;
  const hiddenDim = decoder.length / n;
  const rows = h.length / hiddenDim;
  let exact = 0;
  for (let i = 0; i < rows; i++) {
    const state = h.subarray(i * hiddenDim, (i + 1) * hiddenDim);
    if (roundCodes(decoder, offset, state).deviation <= 0.25) exact++;
  }
  return exact / rows;
}

/**
 * The number of different codes, and how unlikely it is that so many points fit a lattice by
 * chance.
 */
function surpriseOf(
  z: Float64Array,
  n: number,
  spread: number,
  { kernels }: { readonly kernels: Kernels },
): Pick<Codes, "distinct" | "surprise"> {
  if (n === 0) return { distinct: 1, surprise: 0 };
  const seen = new Set<string>();
  const least = z.slice(0, n);
  const most = z.slice(0, n);
  for (let i = 0; i < z.length; i += n) {
    seen.add(z.subarray(i, i + n).join());
    for (let k = 0; k < n; k++) {
      least[k] = Math.min(least[k], z[i + k]);
      most[k] = Math.max(most[k], z[i + k]);
    }
  }
  // fractions that are uniform have an entropy of 0, normal ones of log(4.13 spread)
  const chances = [
    Math.min(1, 4.13 * Math.max(spread, 1e-3)),
    ...most.map((v, k) => 1 + v - least[k]),
  ];
  const [chance, ...ranges] = kernels
    .elementary("log", Float64Array.from(chances))
    .map((v) => v / Math.LN2);
  const surplus = Math.max(0, seen.size - n - 1);
  const cost = ranges.reduce((sum, bits) => sum + bits, 0);
  return { distinct: seen.size, surprise: Math.max(0, -surplus * n * chance - cost) };
}
