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
    if (typeof clusters === "string") {
      failures.push(clusters);
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
  const machine = minimizeMachine(chosen.machine, { kernels });
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

/** Breadth-first stepping from h_0 to the traced length, or why that did not work out. */
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
): Clusters | string {
  const { kernels, tolerance, maximumClusters } = options;
  const { hiddenDim, inputDim, outputDim } = traces;
  const symbolCount = symbols.length / inputDim;
  const states: Float64Array[] = [traces.initial];
  const scaled: Float64Array[] = [projectStates(traces.initial, directions, scales)];
  // what was put out on the way to a state is its class: states of different classes never join
  const outputs: Int32Array[] = [];
  const outputNumbers = new Map<string, number>();
  const classes: number[] = [-1];
  const transitions: Int32Array[] = [];
  const capacity = maximumClusters;
  const clustering = kernels.createClustering({ dimension: hiddenDim, tolerance, capacity });
  try {
    clustering.add(scaled[0]);
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
      if (!positions.every(Number.isFinite)) return "a hidden state is not a finite number";
      const reached = new Int32Array(rows).map((_, row) => {
        const output = stepped.y.subarray(row * outputDim, (row + 1) * outputDim);
        const key = output.join();
        const number = outputNumbers.get(key) ?? outputs.length;
        if (number === outputs.length) {
          outputNumbers.set(key, number);
          outputs.push(output.slice());
        }
        return number;
      });
      const labels = clustering.add(positions, reached);
      if (labels.includes(-1)) return `more than ${capacity} clusters at tolerance ${tolerance}`;
      labels.forEach((label, row) => {
        if (label === states.length) {
          states.push(stepped.h.slice(row * hiddenDim, (row + 1) * hiddenDim));
          scaled.push(positions.slice(row * hiddenDim, (row + 1) * hiddenDim));
          classes.push(reached[row]);
        }
        if (classes[label] < 0) classes[label] = reached[row];
      });
      transitions.push(labels);
      frontier = end;
    }
  } finally {
    clustering.dispose();
  }
  const stepped = transitions.reduce((sum, labels) => sum + labels.length, 0) / symbolCount;
  transitions.push(new Int32Array((states.length - stepped) * symbolCount).fill(-1));
  const machine: Machine = {
    inputDim,
    outputDim,
    symbols,
    stateCount: states.length,
    initial: 0,
    transitions: concatenate(Int32Array, transitions),
    outputs: concatenate(
      Int32Array,
      classes.map((number) => outputs[number] ?? new Int32Array(outputDim)),
    ),
    outputKnown: Uint8Array.from(classes, (number) => (number < 0 ? 0 : 1)),
  };
  return { tolerance, scaled: concatenate(Float64Array, scaled), machine };
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

function largestDifference(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}

function concatenate<T extends Int32Array | Float64Array>(
  type: new (length: number) => T,
  rows: readonly T[],
): T {
  const all = new type(rows.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}
