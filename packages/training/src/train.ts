import type { Kernels, NetworkShape } from "@latticode/kernels";
import { type Attempt, runAttempt } from "./attempt.ts";
import { evaluateNetwork } from "./evaluate.ts";
import type { Network } from "./network.ts";
import { portfolio } from "./portfolio.ts";
import type { Split } from "./split.ts";

/** Where a training stands; told at the start of every attempt, and while one runs. */
export interface TrainingProgress {
  /** Number of the attempt, from 1, and of all attempts that may be made. */
  readonly attempt: number;
  readonly attempts: number;
  readonly shape: NetworkShape;
  readonly trainer: Attempt["recipe"]["trainer"];
  /** Mean loss of the attempt so far; NaN before its first. */
  readonly loss: number;
  /** Best share of right outputs that an attempt has reached on the stopping set, 0 to 1. */
  readonly accuracy: number;
}

export interface AttemptReport {
  readonly shape: NetworkShape;
  readonly trainer: Attempt["recipe"]["trainer"];
  readonly seed: number;
  readonly loss: number;
  /** Share of right outputs on the stopping set. */
  readonly accuracy: number;
}

export interface TrainingResult {
  /** The perfect network, else the one of highest accuracy on the stopping set. */
  readonly network: Network;
  /** Right at every position of the training, stopping and confirmation sets. */
  readonly perfect: boolean;
  /** Share of right outputs on the confirmation set, 0 to 1. */
  readonly accuracy: number;
  /** Largest |output - label| on the confirmation set. */
  readonly margin: number;
  /** The attempts made, in order. */
  readonly attempts: readonly AttemptReport[];
}

export interface TrainingOptions {
  readonly kernels: Kernels;
  /** An integer from 0 to 2^32 - 1; every start is drawn from it. */
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
}

/** Errors allowed on sequences that no weight was fitted to. */
const stoppingMargin = 0.4;

/** Lets the host's events run now and then; throws the signal's reason once it is aborted. */
type Yield = () => Promise<void>;

function yielding(signal: AbortSignal | undefined): Yield {
  // The clock only decides when the host gets a turn, never what is computed.
  let last = performance.now();
  return async () => {
    if (performance.now() - last > 50) {
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
    signal?.throwIfAborted();
  };
}

/**
 * Trains networks on the training set, attempt after attempt of the portfolio, until one is right
 * at every position of the training and the stopping set with a margin, and right on the
 * confirmation set, which only networks that got so far are run on.
 *
 * The same split, seed and kernels give the same bits on every runtime.
 *
 * @throws the signal's reason when it is aborted
 */
export async function trainNetwork(
  split: Split,
  options: TrainingOptions,
): Promise<TrainingResult> {
  const { kernels, seed, signal, onProgress } = options;
  const attempts = portfolio(split.training);
  const reports: AttemptReport[] = [];
  const giveWay = yielding(signal);
  let best: { network: Network; accuracy: number } | undefined;
  let perfect = false;
  for (const [index, attempt] of attempts.entries()) {
    const { shape, recipe } = attempt;
    const { trainer } = recipe;
    const attemptSeed = (Math.imul(seed, 0x9e3779b1) + index) >>> 0;
    const progress = { attempt: index + 1, attempts: attempts.length, shape, trainer };
    const tell = async (loss: number) => {
      onProgress?.({ ...progress, loss, accuracy: best?.accuracy ?? 0 });
      await giveWay();
    };
    await tell(Number.NaN);
    const work = { kernels, seed: attemptSeed, onLoss: tell };
    const { network, loss } = await runAttempt(attempt, split.training, work);
    const stopping = evaluateNetwork(network, split.stopping, { kernels });
    const accuracy = stopping.accuracy;
    reports.push({ shape, trainer, seed: attemptSeed, loss, accuracy });
    const succeeded =
      stopping.margin < stoppingMargin &&
      evaluateNetwork(network, split.training, { kernels }).margin < stoppingMargin &&
      evaluateNetwork(network, split.confirmation, { kernels }).accuracy === 1;
    if (succeeded || accuracy > (best?.accuracy ?? -1)) best = { network, accuracy };
    if (succeeded) {
      perfect = true;
      break;
    }
  }
  const { network } = best!;
  const confirmation = evaluateNetwork(network, split.confirmation, { kernels });
  return { network, perfect, ...confirmation, attempts: reports };
}
