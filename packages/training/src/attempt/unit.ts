import type { Kernels } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import { type Evaluation, evaluateInTurns, firstSequences, recurrentOf } from "@latticode/network";
import type { Examples } from "@latticode/program";
import type { Readability } from "../readability.ts";
import { type Attempt, runAttempt } from "./attempt.ts";
import { meterKernels } from "./meter.ts";
import { type Refined, refineNetwork } from "./refine.ts";
import type { TrainingData } from "./training-data.ts";

/** A piece of a training that runs by itself, as plain data. */
export type Unit = {
  readonly attempt: Attempt;
  /** An integer from 0 to 2^32 - 1 for every random choice of the unit. */
  readonly seed: number;
};

/** What a unit ended with, as plain data. */
export interface UnitOutcome {
  readonly network: Network;
  /** Mean loss of the last batch. */
  readonly loss: number;
  readonly stopping: Evaluation;
  /** Absent where the stopping set has refused the network. */
  readonly training?: Evaluation;
  /** Absent where the stopping or the training set has refused the network. */
  readonly confirmation?: Evaluation;
  /** Right at every position of the training, stopping and confirmation sets. */
  readonly perfect: boolean;
  /** Of a network that is right on the training and the stopping set. */
  readonly readability?: Readability;
  /** Largest error on what the network was refined on, Infinity where an output was wrong. */
  readonly refinedError?: number;
  /** Multiply-adds, estimated. */
  readonly work: number;
}

/** What a unit is given to work with. */
export interface UnitOptions {
  readonly kernels: Kernels;
  readonly onLoss: (loss: number) => void;
  /** Called often; a unit ends with what it throws. */
  readonly giveWay: () => Promise<void>;
}

/** Sequences that show most failures; what is right on them must be right on all in the end. */
const rehearsedSequences = 8192;

/** Runs a unit. The same unit and data give the same bits on every runtime. */
export async function runUnit(
  unit: Unit,
  data: TrainingData,
  { kernels, onLoss, giveWay }: UnitOptions,
): Promise<UnitOutcome> {
  const meter = meterKernels(kernels);
  const work = {
    kernels: meter.kernels,
    seed: unit.seed,
    onLoss: (loss: number) => {
      onLoss(loss);
      return giveWay();
    },
  };
  const { network, loss } = await runAttempt(unit.attempt, data.training, work);
  const evaluate = (candidate: Network, examples: Examples) =>
    evaluateInTurns(recurrentOf(candidate, meter), examples, giveWay);

  // most attempts fail, and show it on few sequences
  const begun = await evaluate(network, firstSequences(data.stopping, rehearsedSequences));
  const stopping = begun.accuracy < 1 ? begun : await evaluate(network, data.stopping);
  const failed = { network, loss, stopping, perfect: false };
  if (stopping.accuracy < 1) return { ...failed, work: meter.work() };
  const training = await evaluate(network, data.training);
  if (training.accuracy < 1) return { ...failed, training, work: meter.work() };

  const rehearsed = firstSequences(data.training, rehearsedSequences);
  const isRight = async (candidate: Network) =>
    (await evaluate(candidate, data.stopping)).accuracy === 1 &&
    (await evaluate(candidate, rehearsed)).accuracy === 1;
  const options = { kernels: meter.kernels, seed: unit.seed, giveWay };
  const { refined, given } = await refineNetwork(network, data, isRight, options);
  const judge = async (candidate: Refined): Promise<UnitOutcome> => {
    const confirmation = await evaluate(candidate.network, data.confirmation);
    const fitted = await evaluate(candidate.network, data.training);
    return {
      network: candidate.network,
      loss,
      stopping: await evaluate(candidate.network, data.stopping),
      training: fitted,
      confirmation,
      perfect: confirmation.accuracy === 1 && fitted.accuracy === 1,
      readability: candidate.readability,
      refinedError: candidate.largestError,
      work: meter.work(),
    };
  };
  const outcome = await judge(refined);
  return outcome.perfect || refined === given ? outcome : judge(given);
}
