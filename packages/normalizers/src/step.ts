import type { Kernels } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import type { Examples } from "@latticode/program";
import { type Deviation, measureDeviation } from "./deviation.ts";
import { identityMatrix } from "./matrix.ts";
import type { CoordinateChange, NormalizedNetwork, StepName } from "./normalization.ts";

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

/** What a step proposes: h_new = matrix h + offset, the identity and 0 where they are absent. */
export interface Proposal extends Partial<CoordinateChange> {
  readonly network: Network;
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
  return (before, examples, options) => {
    checkFits(name, before, examples);
    const result = (proposal: Proposal, changed: boolean, deviation: number) => {
      const { network, summary, matrix, offset } = proposal;
      const none = noChange(network.shape.hiddenDim);
      const change = { matrix: matrix ?? none.matrix, offset: offset ?? none.offset };
      const count = (counted: (network: Network) => number) => ({
        before: counted(before),
        after: counted(network),
      });
      const counts = { nonZero: count(countNonZero), integers: count(countIntegers) };
      return { network, change, report: { name, changed, summary, deviation, ...counts } };
    };
    const refused = (summary: string, deviation = 0) =>
      result({ network: before, summary }, false, deviation);
    let last = refused("nothing to try");
    for (const proposal of propose(before, options, examples)) {
      if (typeof proposal === "string") {
        last = refused(proposal);
      } else if (!allWeights(proposal.network).every(Number.isFinite)) {
        last = refused("a weight would not be a finite number");
      } else {
        const deviation = measureDeviation(before, proposal.network, examples, options);
        const reason = tooFar(deviation, options.tolerance ?? tolerance);
        if (!reason) return result(proposal, true, deviation.largest);
        last = refused(reason, deviation.largest);
      }
    }
    return last;
  };
}

// Nearer to 0 or to an integer than this counts as being it: f32 weights have about as much.
const countTolerance = 1e-6;

const allWeights = ({ weights, initial }: Network) => [...weights, ...initial];

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

/** Why outputs that differ this much are not accepted; undefined where they are. */
function tooFar({ largest, scale }: Deviation, tolerance: number): string | undefined {
  // a comparison that NaN fails
  if (largest <= tolerance * Math.max(1, scale)) return undefined;
  return `outputs up to ${scale.toPrecision(3)} would change by ${largest.toExponential(1)}`;
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
