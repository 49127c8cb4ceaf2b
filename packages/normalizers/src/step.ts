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

/** A normalizer: the network in new coordinates, or as it was where the step is refused. */
export type Step<Options extends StepOptions> = (
  network: Network,
  examples: Examples,
  options: Options,
) => NormalizedNetwork;

/** What a step proposes; no change of coordinates where it is absent. */
export interface Proposal {
  readonly network: Network;
  readonly change?: CoordinateChange;
  readonly summary: string;
}

/**
 * A step from what it proposes, one after the other: the first proposal that leaves the outputs on
 * the examples as they were, else the last refusal. A text that is yielded refuses, and says why.
 *
 * @param tolerance see `StepOptions`; a step that judges its proposals itself has Infinity
 */
export function newStep<Options extends StepOptions>(
  name: StepName,
  tolerance: number,
  propose: (
    network: Network,
    options: Options,
    examples: Examples,
  ) => Generator<Proposal | string, void, undefined>,
): Step<Options> {
  return (network, examples, options) => {
    checkFits(name, network, examples);
    const within = { kernels: options.kernels, tolerance: options.tolerance ?? tolerance };
    let refusal: NormalizedNetwork | undefined;
    for (const proposal of propose(network, options, examples)) {
      const result =
        typeof proposal === "string"
          ? unchanged(name, network, proposal)
          : judged(name, network, proposal, examples, within);
      if (result.report.changed) return result;
      refusal = result;
    }
    return refusal ?? unchanged(name, network, "nothing to try");
  };
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
function unchanged(
  name: StepName,
  network: Network,
  summary: string,
  deviation = 0,
): NormalizedNetwork {
  const change = noChange(network.shape.hiddenDim);
  const report = { name, changed: false, summary, deviation, ...counts(network, network) };
  return { network, change, report };
}

function counts(before: Network, after: Network) {
  return {
    nonZero: { before: countNonZero(before), after: countNonZero(after) },
    integers: { before: countIntegers(before), after: countIntegers(after) },
  };
}

/** Why outputs that differ this much are not accepted; undefined where they are. */
function tooFar({ largest, scale }: Deviation, tolerance: number): string | undefined {
  // a comparison that NaN fails
  if (largest <= tolerance * Math.max(1, scale)) return undefined;
  return `outputs up to ${scale.toPrecision(3)} would change by ${largest.toExponential(1)}`;
}

/** The proposal where it leaves the outputs on the examples as they were, else the refusal. */
function judged(
  name: StepName,
  before: Network,
  { network, change = noChange(network.shape.hiddenDim), summary }: Proposal,
  examples: Examples,
  { kernels, tolerance }: Required<StepOptions>,
): NormalizedNetwork {
  if (![...network.weights, ...network.initial].every(Number.isFinite)) {
    return unchanged(name, before, "a weight would not be a finite number");
  }
  const deviation = measureDeviation(before, network, examples, { kernels });
  const reason = tooFar(deviation, tolerance);
  if (reason) return unchanged(name, before, reason, deviation.largest);
  const { largest } = deviation;
  const report = { name, changed: true, summary, deviation: largest, ...counts(before, network) };
  return { network, change, report };
}

/**
 * @throws Error where the examples do not have the network's inputs and outputs, or there are none
 */
function checkFits(name: StepName, { shape }: Network, examples: Examples): void {
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
