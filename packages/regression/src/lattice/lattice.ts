import type { Kernels } from "@latticode/kernels";
import type { Directions, Rejection } from "@latticode/machines";
import { isRejection, principalDirections } from "@latticode/machines";
import type { Recurrent, Traces } from "@latticode/network";
import { once, onceEach } from "../once.ts";
import type { AffineDynamics } from "./affine-dynamics.ts";
import { fitAffineDynamics, sampledStates } from "./affine-dynamics.ts";
import type { Codes, LatticeSource } from "./codes.ts";
import { codesOf } from "./codes.ts";
import { impulseDifferences, plainDifferences } from "./lattice-generators.ts";
import { findNoisyLattice } from "./noisy-lattice.ts";
import { applyRows, combineRows, dot, vectorLength } from "./row-matrix.ts";

// The integer autoencoder (paper section 4.2). Hidden states of a network that computes with
// integers lie near a lattice, h ~ A z + b with z integer. Differences of states generate it, the
// shortest of them are those that one step of one input makes, and the fractional parts of the
// states against it give b.

/** Which directions of the hidden states a lattice is looked for in. */
export interface LatticeChoice {
  /**
   * Directions with a smaller share of the widest spread count as dead; the strictest of
   * `rankTolerances` unless told.
   */
  readonly rankTolerance?: number;
  /** Leaves out the directions that no later output depends on; false unless told. */
  readonly observable?: boolean;
}

export interface LatticeOptions extends LatticeChoice {
  readonly kernels: Kernels;
  /** The network of the traces; without one no input is changed. */
  readonly recurrent?: Recurrent;
  /**
   * Largest deviation of a coordinate from an integer that is accepted, below 0.5; 0.45 unless
   * told.
   */
  readonly tolerance?: number;
}

/** The lattices of one set of traces; what is found, or is not, is kept. */
export interface Lattices {
  /** How many directions the states fill, those much narrower than the widest left out. */
  dimension(rankTolerance: number): number;
  /** See `findLattice`. */
  find(choice: LatticeChoice): Codes | Rejection;
}

/** Shares of the widest spread from which on a direction counts, the strictest first. */
export const rankTolerances = [1e-4, 1e-2, 0.05, 0.2] as const;
/** More dimensions than this are not searched. */
const mostDimensions = 12;
/** Powers of W_h that generators are made with. */
const powerCount = 10;
/** An input that moves the state by fewer standard errors of the fit does not move it. */
const significant = 5;
/**
 * Directions that move the outputs by a smaller share than this of the strongest are not observed.
 */
const observableShare = 1e-2;

/**
 * Finds the lattice of the hidden states of traces. Its vectors are differences of states: those
 * that a change of one input makes, where there is a network to ask, else W_x, W_h W_x, ... of a
 * fit to affine dynamics, else plain differences. They only propose the lattice: the states, all of
 * them, decide whether it is accepted.
 */
export function findLattice(traces: Traces, options: LatticeOptions): Codes | Rejection {
  return searchLattices(traces, options).find(options);
}

/** The lattices of traces, each looked for when it is first asked for; see `findLattice`. */
export function searchLattices(
  traces: Traces,
  options: Omit<LatticeOptions, keyof LatticeChoice>,
): Lattices {
  const { kernels, recurrent } = options;
  const { hiddenDim } = traces;
  const sample = sampledStates(traces);
  const isWhole = sample.every(Number.isFinite);
  const directions = once(() => principalDirections(sample, hiddenDim, { kernels }));
  const impulses = once(() => impulseDifferences(recurrent!, traces));
  const differences = once(() => plainDifferences(traces));
  const dimension = (rankTolerance: number) =>
    isWhole ? liveSpreads(directions(), rankTolerance).length : 0;

  /** Coordinates of the sampled states about their centre, and dynamics fitted to them. */
  const coordinatesIn = (linear: readonly Float64Array[]): Coordinates => {
    const points = shifted(applyRows(linear, sample, hiddenDim), linear, directions().mean);
    const dynamics = fitAffineDynamics(traces, points, linear.length, { kernels });
    return { linear, points, dynamics };
  };
  const principal = onceEach((dimension: number) =>
    coordinatesIn(
      Array.from({ length: dimension }, (_, k) =>
        directions().axes.slice(k * hiddenDim, (k + 1) * hiddenDim),
      ),
    ),
  );
  const observable = (dimension: number) => {
    const { linear, dynamics } = principal(dimension);
    const kept = observableDirections(dynamics, { kernels });
    return coordinatesIn(kept.map((direction) => combineRows(direction, linear)));
  };

  const search = ({ linear, points, dynamics }: Coordinates): Codes | Rejection => {
    const dimension = linear.length;
    if (dimension === 0) {
      return codesOf(traces, { basis: [], linear: [], source: "differences" }, options);
    }
    if (dimension > mostDimensions) {
      return {
        rejected:
          `lattice: the hidden states fill ${dimension} dimensions, ` +
          `at most ${mostDimensions} are searched`,
      };
    }
    const sources: [LatticeSource, () => Float64Array][] = [
      ["powers", () => generators(dynamics, points)],
      ["differences", () => applyRows(linear, differences(), hiddenDim)],
    ];
    if (recurrent) {
      sources.unshift(["impulses", () => applyRows(linear, impulses(), hiddenDim)]);
    }
    const spreads = spreadsOf(points, dimension);
    let rejection: Rejection | undefined;
    for (const [source, make] of sources) {
      const vectors = make();
      // noise is as large in all directions, or it goes with the spread
      for (const units of [spreads.map(() => 1), spreads]) {
        const found = findNoisyLattice(
          inUnits(vectors, units),
          inUnits(points, units),
          dimension,
          options,
        );
        if (!found) continue;
        const basis = found.basis.map((vector) => vector.map((v, k) => v * units[k]));
        const offset = found.offset.map((v, k) => v * units[k]);
        const codes = codesOf(traces, { basis, linear: [...linear], offset, source }, options);
        if (!isRejection(codes)) return codes;
        rejection ??= codes;
      }
    }
    return (
      rejection ?? {
        rejected: `lattice: the hidden states fit no lattice of ${dimension} dimensions`,
      }
    );
  };

  // tolerances that leave the same directions have the same lattice
  const inPrincipal = onceEach((dimension: number) => search(principal(dimension)));
  const inObservable = onceEach((dimension: number) => search(observable(dimension)));
  return {
    dimension,
    find({ rankTolerance = rankTolerances[0], observable = false }) {
      if (!isWhole) return { rejected: "lattice: a hidden state is not a finite number" };
      return (observable ? inObservable : inPrincipal)(dimension(rankTolerance));
    },
  };
}

/**
 * The lattices in the order in which they are trusted, each once: of all directions that count,
 * fewer and fewer of them, and last, where dynamics are affine, of the observable ones.
 */
export function* latticesInOrder(
  lattices: Lattices,
  { affine }: Pick<Recurrent, "affine">,
): Generator<Codes | Rejection> {
  const tried = new Set<number>();
  for (const rankTolerance of rankTolerances) {
    const dimension = lattices.dimension(rankTolerance);
    if (tried.has(dimension)) continue;
    tried.add(dimension);
    yield lattices.find({ rankTolerance });
  }
  // no directions at all are observable too
  if (affine !== "none" && !tried.has(0)) yield lattices.find({ observable: true });
}

interface Coordinates {
  /** n rows [hiddenDim] */
  readonly linear: readonly Float64Array[];
  /** [sampled states, n] */
  readonly points: Float64Array;
  readonly dynamics: AffineDynamics;
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
  ).filter((column, k) => vectorLength(column) > significant * inputError[k]);
  const drift = recurrent.map((row, i) => {
    let change = offset[i] - coordinates[i];
    for (let j = 0; j < dimension; j++) change += row[j] * coordinates[j];
    return change;
  });
  const powers = (start: Float64Array[]): Float64Array[] => {
    const all: Float64Array[] = [];
    let current = start;
    for (let k = 0; k < powerCount; k++) {
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
    if (values[k] <= observableShare * observableShare * values[dimension - 1]) break;
    kept.push(Float64Array.from({ length: dimension }, (_, j) => vectors[j * dimension + k]));
  }
  return kept;
}
