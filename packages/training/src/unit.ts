import type { Kernels } from "@latticode/kernels";
import type { Examples } from "@latticode/program";
import { type Attempt, type AttemptOutcome, runAttempt } from "./attempt.ts";
import { type Evaluation, evaluateInTurns } from "./evaluate.ts";
import { meterKernels } from "./meter.ts";
import type { Network } from "./network.ts";

/** The sets that a training works with, never mixed; a `Split` has them. */
export interface TrainingData {
  /** What the weights are fitted to. */
  readonly training: Examples;
  /** What decides whether a unit has succeeded. */
  readonly stopping: Examples;
  /** What a network that passed the others must still be right on. */
  readonly confirmation: Examples;
}

/** A piece of a training that runs by itself, as plain data. */
export type Unit = {
  readonly kind: "attempt";
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
  /** Passed on the training and stopping sets, and right everywhere on the confirmation set. */
  readonly perfect: boolean;
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

/** Errors allowed on the training and stopping sets. */
const largestError = 0.4;

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
  const { network, loss } = await trained(unit, data, work);
  const evaluate = (examples: Examples) =>
    evaluateInTurns(network, examples, { kernels: meter.kernels, giveWay });

  const stopping = await evaluate(data.stopping);
  const failed = { network, loss, stopping, perfect: false };
  if (!(stopping.margin < largestError)) return { ...failed, work: meter.work() };
  const training = await evaluate(data.training);
  if (!(training.margin < largestError)) return { ...failed, training, work: meter.work() };
  const confirmation = await evaluate(data.confirmation);
  const perfect = confirmation.accuracy === 1;
  return { ...failed, training, confirmation, perfect, work: meter.work() };
}

function trained(
  unit: Unit,
  data: TrainingData,
  options: Parameters<typeof runAttempt>[2],
): Promise<AttemptOutcome> {
  return runAttempt(unit.attempt, data.training, options);
}
