import type { Kernels } from "@latticode/kernels";
import type { MooreMachine } from "@latticode/machines";
import type { Traces } from "@latticode/network";

/** Hidden states that belong together. */
export interface Clusters {
  /** The states of the machine that was read, or states that are near each other. */
  readonly source: "machine" | "nearness";
  readonly count: number;
  /** Cluster of each traced state, [count, length]; -1 where the machine knows none. */
  readonly labels: Int32Array;
}

const mostClusters = 64;
/** States nearer than this share of the widest range are one cluster. */
const nearness = 0.02;

/**
 * The machine's state at every position of the traces; without a machine, clusters of states that
 * are 2 % of their range wide and as far apart. Undefined where there are none, or more than 64.
 */
export function findClusters(
  traces: Traces,
  machine: MooreMachine | undefined,
  options: { readonly kernels: Kernels },
): Clusters | undefined {
  if (machine) {
    if (machine.stateCount > mostClusters) return undefined;
    return {
      source: "machine",
      count: machine.stateCount,
      labels: runMachine(machine, traces),
    };
  }
  const { h, hiddenDim } = traces;
  let widest = 0;
  for (let j = 0; j < hiddenDim; j++) {
    let [low, high] = [h[j], h[j]];
    for (let at = j; at < h.length; at += hiddenDim) {
      low = Math.min(low, h[at]);
      high = Math.max(high, h[at]);
    }
    widest = Math.max(widest, high - low);
  }
  const tolerance = Math.max(nearness * widest, 1e-9);
  const labels = clusterLabels(traces, tolerance, options);
  // a continuum falls apart into pieces as large as the tolerance, clusters stay what they are
  const wider = labels && clusterLabels(traces, 2 * tolerance, options);
  if (!labels || !wider) return undefined;
  const count = largestOf(labels) + 1;
  return largestOf(wider) + 1 === count ? { source: "nearness", count, labels } : undefined;
}

function clusterLabels(
  { h, hiddenDim }: Traces,
  tolerance: number,
  { kernels }: { readonly kernels: Kernels },
): Int32Array | undefined {
  const sizes = { dimension: hiddenDim, tolerance, capacity: mostClusters };
  const clustering = kernels.createClustering(sizes);
  try {
    const labels = clustering.add(h);
    return labels.includes(-1) ? undefined : labels;
  } finally {
    clustering.dispose();
  }
}

function largestOf(values: Int32Array): number {
  return values.reduce((largest, value) => Math.max(largest, value), -1);
}

/** The states of a machine after each position, [count, length]; -1 where it does not know. */
function runMachine(machine: MooreMachine, { x, count, length, inputDim }: Traces): Int32Array {
  const symbolCount = machine.symbols.length / inputDim;
  const symbolOf = new Map<string, number>();
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    const input = machine.symbols.subarray(symbol * inputDim, (symbol + 1) * inputDim);
    symbolOf.set(input.join(), symbol);
  }
  const labels = new Int32Array(count * length).fill(-1);
  for (let i = 0; i < count; i++) {
    let state = machine.initial;
    for (let t = 0; t < length && state >= 0; t++) {
      const at = i * length + t;
      const symbol = symbolOf.get(x.subarray(at * inputDim, (at + 1) * inputDim).join());
      state = symbol === undefined ? -1 : machine.transitions[state * symbolCount + symbol];
      labels[at] = state;
    }
  }
  return labels;
}
