import type { Kernels } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import type { Examples } from "@latticode/program";
import type { Deviation } from "./deviation.ts";
import { measureDeviation } from "./deviation.ts";
import type { CoordinateChange, NormalizedNetwork, StepName } from "./normalization.ts";
import { identityMatrix } from "./square-matrix.ts";

/** What every step takes. */
export interface StepOptions {
  readonly kernels: Kernels;
  /**
   * Largest change of an output that is accepted, as a share of the largest output or of 1,
   * whichever is more.
   */
  readonly tolerance?: number;
}

/** What a step proposes. */
export interface Proposal {
  readonly name: StepName;
  readonly network: Network;
  readonly change: CoordinateChange;
  readonly summary: string;
}

// Nearer to 0 or to an integer than this counts as being it: f32 weights have about as much.
const countTolerance = 1e-6;

function allWeights({ weights, initial }: Network): Float64Array {
  const all = new Float64Array(weights.length + initial.length);
  all.set(weights);
  all.set(initial, weights.length);
  return all;
}

/** Weights that are not 0. */
export function countNonZero(network: Network): number {
  return allWeights(network).filter((w) => Math.abs(w) > countTolerance).length;
}

/** Weights that are integers. */
function countIntegers(network: Network): number {
  return allWeights(network).filter((w) => Math.abs(w - Math.round(w)) <= countTolerance).length;
}

/** h_new = h. */
export function noChange(hiddenDim: number): CoordinateChange {
  return { matrix: identityMatrix(hiddenDim), offset: new Float64Array(hiddenDim) };
}

/** The network as it was, and why. */
export function refuse(
  name: StepName,
  network: Network,
  summary: string,
  deviation = 0,
): NormalizedNetwork {
  const [nonZero, integers] = [countNonZero(network), countIntegers(network)];
  return {
    network,
    change: noChange(network.shape.hiddenDim),
    report: {
      name,
      changed: false,
      summary,
      deviation,
      nonZero: { before: nonZero, after: nonZero },
      integers: { before: integers, after: integers },
    },
  };
}

/** The proposal, with its report. */
export function accept(before: Network, proposal: Proposal, deviation: number): NormalizedNetwork {
  const { name, network, change, summary } = proposal;
  return {
    network,
    change,
    report: {
      name,
      changed: true,
      summary,
      deviation,
      nonZero: { before: countNonZero(before), after: countNonZero(network) },
      integers: { before: countIntegers(before), after: countIntegers(network) },
    },
  };
}

/** Why outputs that differ this much are not accepted; undefined where they are. */
function tooFar({ largest, scale }: Deviation, tolerance: number): string | undefined {
  // a comparison that NaN fails
  if (largest <= tolerance * Math.max(1, scale)) return undefined;
  return `outputs up to ${scale.toPrecision(3)} would change by ${largest.toExponential(1)}`;
}

/** The proposal where it leaves the outputs on the examples as they were, else the refusal. */
export function acceptWithin(
  before: Network,
  proposal: Proposal,
  examples: Examples,
  { kernels, tolerance = 1e-6 }: StepOptions,
): NormalizedNetwork {
  const { name, network } = proposal;
  if (![...network.weights, ...network.initial].every(Number.isFinite)) {
    return refuse(name, before, "a weight would not be a finite number");
  }
  const deviation = measureDeviation(before, network, examples, { kernels });
  const reason = tooFar(deviation, tolerance);
  if (reason) return refuse(name, before, reason, deviation.largest);
  return accept(before, proposal, deviation.largest);
}

/**
 * @throws Error where the examples do not have the network's inputs and outputs, or there are none
 */
export function checkFits(name: StepName, { shape }: Network, examples: Examples): void {
  for (const side of ["inputDim", "outputDim"] as const) {
    if (examples[side] === shape[side]) continue;
    throw new Error(
      `${name}: the examples' ${side} is ${examples[side]}, the network's ${shape[side]}`,
    );
  }
  if (examples.count < 1 || examples.length < 1) {
    throw new Error(`${name}: there are no examples`);
  }
}
