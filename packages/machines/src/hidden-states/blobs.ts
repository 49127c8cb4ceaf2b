import type { Kernels } from "@latticode/kernels";
import type { Machine } from "../machine.ts";
import type { Rejection } from "../rejection.ts";
import { numberRows, type Sample, type System, stepByAll } from "../system.ts";
import { principalDirections, projectStates } from "./directions.ts";

/** Coordinates in which distances between hidden states mean something. */
export type HiddenSpace = (h: Float64Array) => Float64Array;

/** A direction this much narrower than the widest is not stretched further. */
const narrowest = 0.01;

/**
 * Principal directions of the hidden states of a sample, in standard deviations:
 * [rows, hiddenDim] to [rows, hiddenDim].
 *
 * @param options.scale the standard deviation of each direction by itself, or that of the widest
 *   for all of them; "each" unless given
 */
export function hiddenSpace(
  { states, count, length }: Sample,
  options: { readonly kernels: Kernels; readonly scale?: "each" | "widest" },
): HiddenSpace {
  const size = states[0].length;
  const all = new Float64Array(length * size);
  states.forEach((h, t) => {
    all.set(h, t * size);
  });
  const directions = principalDirections(all, size / count, options);
  const widest = directions.spread[0] > 0 ? directions.spread[0] : 1;
  const least = options.scale === "widest" ? widest : narrowest * widest;
  const scales = directions.spread.map((s) => Math.max(s, least));
  return (h) => projectStates(h, directions, scales);
}

/** A machine whose states are small clouds of hidden states. */
export interface Blobs {
  /** One state a blob; those first met at the trained length have no successors. */
  readonly machine: Machine;
  /** One hidden state of each blob in the coordinates of the space, [blobs, hiddenDim] */
  readonly representatives: Float64Array;
  /** Length of the shortest word to each blob, [blobs] */
  readonly depths: Int32Array;
}

/**
 * Breadth-first search in hidden space: one hidden state of each blob is followed by every symbol,
 * and what comes within the tolerance of a blob with the same output on the way in belongs to it.
 */
export function findBlobs(
  system: System,
  space: HiddenSpace,
  options: {
    readonly kernels: Kernels;
    readonly tolerance: number;
    readonly maximumBlobs: number;
  },
): Blobs | Rejection {
  const { kernels, tolerance, maximumBlobs } = options;
  const { hiddenDim, inputDim, outputDim, symbols, length } = system;
  const symbolCount = symbols.length / inputDim;
  const numbers = numberRows(outputDim);
  let places = space(system.initial);
  const representatives: number[] = [...places];
  const depths = [0];
  const transitions: number[] = [];
  const outputs: number[] = [];
  const clustering = kernels.createClustering({
    dimension: hiddenDim,
    tolerance,
    capacity: maximumBlobs,
  });
  try {
    clustering.add(places);
    let frontier = system.initial;
    for (let depth = 1; depth <= length && frontier.length > 0; depth++) {
      const { h, y } = stepByAll(system, frontier);
      places = space(h);
      const classes = numbers.of(y);
      const labels = clustering.add(places, classes);
      const next: number[] = [];
      for (let row = 0; row < labels.length; row++) {
        if (labels[row] < 0) {
          const limit = `more than ${maximumBlobs} clouds of hidden states`;
          return { rejected: `machine: ${limit} at tolerance ${tolerance}` };
        }
        if (labels[row] < depths.length) continue;
        depths.push(depth);
        next.push(...h.subarray(row * hiddenDim, (row + 1) * hiddenDim));
        representatives.push(...places.subarray(row * hiddenDim, (row + 1) * hiddenDim));
      }
      for (let row = 0; row < labels.length; row++) {
        transitions.push(labels[row]);
        outputs.push(classes[row]);
      }
      frontier = Float64Array.from(next);
    }
  } finally {
    clustering.dispose();
  }
  const all = depths.length * symbolCount;
  const padded = (known: readonly number[]) => {
    const values = new Int32Array(all).fill(-1);
    values.set(known);
    return values;
  };
  const machine: Machine = {
    inputDim,
    outputDim,
    symbols,
    outputVectors: numbers.rows(),
    stateCount: depths.length,
    initial: 0,
    transitions: padded(transitions),
    outputs: padded(outputs),
  };
  return {
    machine,
    representatives: Float64Array.from(representatives),
    depths: Int32Array.from(depths),
  };
}
