import type { Kernels } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/training";
import { stepNetwork } from "@latticode/training";
import type { Directions } from "./directions.ts";
import { principalDirections, projectStates } from "./directions.ts";
import type { Machine } from "./machine.ts";
import { encodeSymbols, machineAgreement, minimizeMachine } from "./machine.ts";
import type { Rejection } from "./rejection.ts";

// A network with finitely many states keeps them as small clouds. One representative of each cloud
// is stepped with every input, breadth first, and what lands near a known representative is the
// same state. Splitting a cloud is harmless, as minimisation merges what behaves alike; joining
// two is not. So the tolerance is chosen by agreement with the network and then made finer.

/** How well hidden states separate into the states of a machine; distances in standard deviations. */
export interface ClusterEvidence {
  /** Clusters before minimisation. */
  readonly clusters: number;
  /** Whether every state was stepped with every input; else some transitions are -1. */
  readonly closed: boolean;
  /** Within this distance two hidden states counted as one. */
  readonly tolerance: number;
  /** Largest distance of a traced state from the representative of its cluster. */
  readonly within: number;
  /** Smallest distance between two representatives; 0 when there is only one. */
  readonly between: number;
}

export interface ClusteredMachine {
  readonly machine: Machine;
  readonly evidence: ClusterEvidence;
}

export interface ClusterOptions {
  readonly kernels: Kernels;
  /** Largest number of distinct inputs; 64 unless told. */
  readonly maximumSymbols?: number;
  /** Largest number of clusters; 1024 unless told. */
  readonly maximumClusters?: number;
  /** Largest number of states after minimisation; 256 unless told. */
  readonly maximumStates?: number;
}

const TOLERANCES = [0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125, 0.00390625];
const SAMPLED_STATES = 8192;
/** A direction this much narrower than the widest is not stretched further. */
const NARROWEST = 0.01;

interface Clusters {
  readonly tolerance: number;
  /** [clusters, hiddenDim] */
  readonly representatives: Float64Array;
  /** Representatives in scaled coordinates, [clusters, hiddenDim] */
  readonly scaled: Float64Array;
  /** One state a cluster */
  readonly machine: Machine;
}

/**
 * The machine that a network's hidden states move through, minimal, and equal to the network on all
 * traces. The network is asked for no word longer than the traces.
 */
export function findMachine(
  network: Network,
  traces: Traces,
  options: ClusterOptions,
): ClusteredMachine | Rejection {
  const { kernels, maximumSymbols = 64, maximumClusters = 1024, maximumStates = 256 } = options;
  const encoded = encodeSymbols(traces, maximumSymbols);
  if (!encoded) {
    return { rejected: `machine: the inputs take more than ${maximumSymbols} distinct values` };
  }
  const { indices, symbols } = encoded;
  const { hiddenDim, length } = traces;
  const sampled = Math.min(traces.count, Math.ceil(SAMPLED_STATES / length));
  const sample = traces.h.subarray(0, sampled * length * hiddenDim);
  if (!sample.every(Number.isFinite)) {
    return { rejected: "machine: a hidden state is not a finite number" };
  }
  const directions = principalDirections(sample, hiddenDim, { kernels });
  const widest = directions.spread[0] > 0 ? directions.spread[0] : 1;
  const scales = directions.spread.map((s) => Math.max(s, NARROWEST * widest));
  const space: ScaledSpace = { directions, scales };

  let chosen: Clusters | undefined;
  let bestAgreement = 0;
  const failures: string[] = [];
  for (const tolerance of TOLERANCES) {
    const clusters = stepClusters(network, traces, symbols, space, {
      kernels,
      tolerance,
      maximumClusters,
    });
    if (!clusters) {
      failures.push(`more than ${maximumClusters} clusters at tolerance ${tolerance}`);
      break;
    }
    const agreement = machineAgreement(clusters.machine, traces, indices);
    bestAgreement = Math.max(bestAgreement, agreement);
    if (agreement === 1) {
      // the largest tolerance without conflict may join states, so one finer is taken if it agrees
      const confirmed = chosen !== undefined;
      chosen = clusters;
      if (confirmed) break;
    } else if (chosen) {
      break;
    }
  }
  if (!chosen) {
    const share = `${(100 * bestAgreement).toFixed(2)} % of the outputs agree at best`;
    return {
      rejected: ["machine: no clustering agrees with the network", share, ...failures].join(", "),
    };
  }
  const machine = minimizeMachine(chosen.machine);
  if (machine.stateCount > maximumStates) {
    return { rejected: `machine: ${machine.stateCount} states, more than ${maximumStates}` };
  }
  // merging the start state changes behaviour if it was not the don't-care that it looked like
  if (machineAgreement(machine, traces, indices) !== 1) {
    return { rejected: "machine: the minimised machine disagrees with the network" };
  }
  return { machine, evidence: evidenceOf(chosen, traces, indices, space) };
}

interface ScaledSpace {
  readonly directions: Directions;
  readonly scales: Float64Array;
}

/** Breadth-first stepping from h_0 to the traced length; undefined beyond `maximumClusters`. */
function stepClusters(
  network: Network,
  traces: Traces,
  symbols: Int32Array,
  { directions, scales }: ScaledSpace,
  options: {
    readonly kernels: Kernels;
    readonly tolerance: number;
    readonly maximumClusters: number;
  },
): Clusters | undefined {
  const { kernels, tolerance, maximumClusters } = options;
  const { hiddenDim, inputDim, outputDim } = traces;
  const symbolCount = symbols.length / inputDim;
  const states: Float64Array[] = [traces.initial];
  const scaled: Float64Array[] = [projectStates(traces.initial, directions, scales)];
  const outputs: (Int32Array | undefined)[] = [undefined];
  const transitions: Int32Array[] = [];
  let frontier = 0;
  for (let depth = 0; depth < traces.length && frontier < states.length; depth++) {
    const end = states.length;
    const rows = (end - frontier) * symbolCount;
    const h = new Float64Array(rows * hiddenDim);
    const x = new Int32Array(rows * inputDim);
    for (let row = 0; row < rows; row++) {
      h.set(states[frontier + Math.floor(row / symbolCount)], row * hiddenDim);
      const symbol = row % symbolCount;
      x.set(symbols.subarray(symbol * inputDim, (symbol + 1) * inputDim), row * inputDim);
    }
    const stepped = stepNetwork(network, h, x, { kernels });
    const positions = projectStates(stepped.h, directions, scales);
    for (let state = frontier; state < end; state++) {
      const successors = new Int32Array(symbolCount);
      for (let symbol = 0; symbol < symbolCount; symbol++) {
        const row = (state - frontier) * symbolCount + symbol;
        const position = positions.subarray(row * hiddenDim, (row + 1) * hiddenDim);
        const output = stepped.y.subarray(row * outputDim, (row + 1) * outputDim);
        let nearest = -1;
        let smallest = tolerance;
        for (let other = 0; other < scaled.length; other++) {
          const distance = largestDifference(position, scaled[other], smallest);
          const known = outputs[other];
          if (!(distance < smallest) || (known && !sameNumbers(known, output))) continue;
          smallest = distance;
          nearest = other;
        }
        if (nearest < 0) {
          if (states.length === maximumClusters) return undefined;
          nearest = states.length;
          states.push(stepped.h.slice(row * hiddenDim, (row + 1) * hiddenDim));
          scaled.push(position.slice());
          outputs.push(output.slice());
        }
        outputs[nearest] ??= output.slice();
        successors[symbol] = nearest;
      }
      transitions.push(successors);
    }
    frontier = end;
  }
  const machine: Machine = {
    inputDim,
    outputDim,
    symbols,
    stateCount: states.length,
    initial: 0,
    transitions: concatenate(
      states.map((_, i) => transitions[i] ?? new Int32Array(symbolCount).fill(-1)),
    ),
    outputs: concatenate(outputs.map((output) => output ?? new Int32Array(outputDim))),
    outputKnown: Uint8Array.from(outputs, (output) => (output ? 1 : 0)),
  };
  const flat = (rows: readonly Float64Array[]) => {
    const all = new Float64Array(rows.length * hiddenDim);
    rows.forEach((row, i) => {
      all.set(row, i * hiddenDim);
    });
    return all;
  };
  return { tolerance, representatives: flat(states), scaled: flat(scaled), machine };
}

function evidenceOf(
  clusters: Clusters,
  traces: Traces,
  indices: Int32Array,
  { directions, scales }: ScaledSpace,
): ClusterEvidence {
  const { hiddenDim, length, count } = traces;
  const { machine, scaled, tolerance } = clusters;
  const symbolCount = machine.symbols.length / machine.inputDim;
  const representative = (i: number) => scaled.subarray(i * hiddenDim, (i + 1) * hiddenDim);
  const sequences = Math.min(count, Math.ceil(SAMPLED_STATES / length));
  const positions = projectStates(
    traces.h.subarray(0, sequences * length * hiddenDim),
    directions,
    scales,
  );
  let within = 0;
  for (let i = 0; i < sequences; i++) {
    let state = machine.initial;
    for (let t = 0; t < length; t++) {
      const position = i * length + t;
      state = machine.transitions[state * symbolCount + indices[position]];
      const point = positions.subarray(position * hiddenDim, (position + 1) * hiddenDim);
      within = Math.max(within, largestDifference(point, representative(state)));
    }
  }
  let between = Number.POSITIVE_INFINITY;
  for (let a = 0; a < machine.stateCount; a++) {
    for (let b = 0; b < a; b++) {
      between = Math.min(between, largestDifference(representative(a), representative(b)));
    }
  }
  return {
    clusters: machine.stateCount,
    closed: !machine.transitions.includes(-1),
    tolerance,
    within,
    between: machine.stateCount > 1 ? between : 0,
  };
}

/** Largest difference of two coordinates; stops early with some value from `enough` on. */
function largestDifference(
  a: Float64Array,
  b: Float64Array,
  enough = Number.POSITIVE_INFINITY,
): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = difference;
    if (largest >= enough) break;
  }
  return largest;
}

function sameNumbers(a: Int32Array, b: Int32Array): boolean {
  return a.every((value, i) => value === b[i]);
}

function concatenate(rows: readonly Int32Array[]): Int32Array {
  const width = rows.length === 0 ? 0 : rows[0].length;
  const all = new Int32Array(rows.length * width);
  rows.forEach((row, i) => {
    all.set(row, i * width);
  });
  return all;
}
