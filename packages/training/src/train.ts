import { type Kernels, type NetworkShape, parameterCount } from "@latticode/kernels";
import type { Attempt } from "./attempt.ts";
import { evaluateInTurns } from "./evaluate.ts";
import { givingWay } from "./give-way.ts";
import type { Journal } from "./journal.ts";
import type { Network } from "./network.ts";
import { openPool, type Pool } from "./pool.ts";
import { portfolio } from "./portfolio.ts";
import { type Runner, readJournal, runInOrder } from "./run-in-order.ts";
import { smallerAttempts } from "./smaller.ts";
import type { TrainingData, Unit, UnitOutcome } from "./unit.ts";

/** The parts of a training: a search for a perfect network, then for a simpler one. */
export type TrainingPhase = "search" | "simplification";

/** Where a training stands; told at the start of every attempt, and while one runs. */
export interface TrainingProgress {
  readonly phase: TrainingPhase;
  /** Number of the attempt in its phase, from 1, and of all attempts that the phase may make. */
  readonly attempt: number;
  readonly attempts: number;
  /** Attempts of the phase that have not ended; those of the search end with the first success. */
  readonly left: number;
  readonly shape: NetworkShape;
  readonly trainer: Attempt["recipe"]["trainer"];
  /** Mean loss of the attempt so far; NaN before its first. */
  readonly loss: number;
  /** Best share of right outputs that an attempt has reached on the stopping set, 0 to 1. */
  readonly accuracy: number;
}

export interface AttemptReport {
  readonly phase: TrainingPhase;
  readonly shape: NetworkShape;
  readonly trainer: Attempt["recipe"]["trainer"];
  readonly seed: number;
  readonly loss: number;
  /** Share of right outputs on the stopping set. */
  readonly accuracy: number;
  readonly perfect: boolean;
  /** Multiply-adds, estimated; the same on every machine. */
  readonly work: number;
}

export interface TrainingResult {
  /** The simplest perfect network, else the one of highest accuracy on the stopping set. */
  readonly network: Network;
  /** Right at every position of the training, stopping and confirmation sets. */
  readonly perfect: boolean;
  /** Share of right outputs on the confirmation set, 0 to 1. */
  readonly accuracy: number;
  /** Largest |output - label| on the confirmation set. */
  readonly margin: number;
  /** The attempts made, in order. */
  readonly attempts: readonly AttemptReport[];
  /** `limit` has ended it: how far it got is a matter of the machine and the moment. */
  readonly limited?: true;
}

export interface TrainingOptions {
  readonly kernels: Kernels;
  /** An integer from 0 to 2^32 - 1; every start is drawn from it. */
  readonly seed: number;
  /** Ends the training with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the training with what it has so far. */
  readonly limit?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  /** How many workers to start, as `openPool` says, or a pool that is open already. */
  readonly workers?: number | Pool | undefined;
  /** Keeps finished units, see `Journal`. */
  readonly journal?: Journal | undefined;
}

/** Work on simpler shapes, as a share of what the search has taken. */
const simplificationShare = 0.5;

/**
 * Trains networks, attempt after attempt of the portfolio, until one is perfect: errors below 0.4
 * on the training and the stopping set, and right at every position of the confirmation set, which
 * only networks that got so far are run on. Then simpler shapes are tried for as long as that pays:
 * until none is left that could be, or until they have taken half the work of the search, counted
 * in multiply-adds. Simplest is what has the smallest hidden dimension, then the fewest weights.
 *
 * Attempts run on a pool of workers. The winner is the first success in the order of the portfolio,
 * so the same data, seed and kernels give the same bits with any number of workers and on every
 * runtime, unless `limit` ends it.
 *
 * @throws the signal's reason when it is aborted; what `openPool` throws
 */
export async function trainNetwork(
  data: TrainingData,
  options: TrainingOptions,
): Promise<TrainingResult> {
  const { kernels, signal, limit, workers, journal } = options;
  signal?.throwIfAborted();
  const own = typeof workers === "object" ? undefined : await openPool({ kernels, workers });
  const pool = typeof workers === "object" ? workers : own!;
  const { training, stopping, confirmation } = data;
  const { lanes, release } = pool.acquire({ training, stopping, confirmation });
  const stop = new AbortController();
  const stopNow = () => stop.abort();
  try {
    for (const source of [signal, limit]) {
      if (source?.aborted) stopNow();
      source?.addEventListener("abort", stopNow);
    }
    const known = await readJournal(journal);
    return await runPhases({ lanes, known, journal, stop: stop.signal }, data, options);
  } finally {
    for (const source of [signal, limit]) source?.removeEventListener("abort", stopNow);
    release();
    own?.close();
  }
}

async function runPhases(
  runner: Runner,
  data: TrainingData,
  options: TrainingOptions,
): Promise<TrainingResult> {
  const { kernels, signal } = options;
  const attempts = portfolio(data.training);
  const ledger = newLedger(runner, options);

  const searched = await ledger.run("search", attempts);
  const winner = searched.at(-1);
  const best = winner?.perfect
    ? await simplify(winner, attempts.slice(searched.length), ledger)
    : mostAccurate(searched);

  const limited = runner.stop.aborted;
  signal?.throwIfAborted();
  const network = best?.network ?? untrained(attempts[0].shape);
  const giveWay = givingWay(signal ?? new AbortController().signal);
  const evaluation =
    best?.confirmation ?? (await evaluateInTurns(network, data.confirmation, { kernels, giveWay }));
  return {
    network,
    perfect: best?.perfect ?? false,
    ...evaluation,
    attempts: ledger.reports(),
    ...(limited && { limited }),
  };
}

/** Looks for simpler perfect networks, from each success to the next. */
async function simplify(
  winner: Finished,
  left: readonly Attempt[],
  ledger: Ledger,
): Promise<Finished> {
  const shapes = () => ledger.reports().map(({ shape }) => shape);
  const budget = simplificationShare * ledger.work();
  const before = ledger.work();
  let best = winner;
  for (;;) {
    const candidates = smallerAttempts(best.attempt, left, shapes());
    const { work, attempt } = best;
    const perWeight = work / parameterCount(attempt.shape);
    /** Whether there is nothing left to try for the rest of the budget. */
    const isSpent = (done: number) => {
      const next = candidates[done]?.shape;
      if (!next) return true;
      return ledger.work() - before + perWeight * parameterCount(next) > budget;
    };
    if (isSpent(0)) return best;
    const last = (await ledger.run("simplification", candidates, isSpent)).at(-1);
    if (!last?.perfect) return best;
    best = last;
  }
}

function mostAccurate(outcomes: readonly Finished[]): Finished | undefined {
  let best: Finished | undefined;
  for (const outcome of outcomes) {
    if (!best || outcome.stopping.accuracy > best.stopping.accuracy) best = outcome;
  }
  return best;
}

/** What stands in for a network where not one attempt has ended. */
function untrained(shape: NetworkShape): Network {
  const weights = new Float64Array(parameterCount(shape));
  return { shape, weights, initial: new Float64Array(shape.hiddenDim), seed: 0 };
}

/** An attempt that has ended, in its place in the order. */
interface Finished extends UnitOutcome {
  readonly attempt: Attempt;
}

/** Runs the attempts of one phase after another, and keeps what has become of them. */
interface Ledger {
  /**
   * Outcomes up to the first that is perfect, or after which `isSpent`, which is given the number of
   * attempts done.
   */
  run(
    phase: TrainingPhase,
    attempts: readonly Attempt[],
    isSpent?: (done: number) => boolean,
  ): Promise<Finished[]>;
  reports(): readonly AttemptReport[];
  /** Multiply-adds of all attempts reported. */
  work(): number;
}

function newLedger(runner: Runner, { seed, onProgress }: TrainingOptions): Ledger {
  const reports: AttemptReport[] = [];
  let accuracy = 0;
  return {
    async run(phase, attempts, isSpent = () => false) {
      const first = reports.length;
      const units = attempts.map((attempt, i): Unit => {
        return { kind: "attempt", attempt, seed: seedOf(seed, first + i) };
      });
      let left = attempts.length;
      const tell = (index: number, loss: number) => {
        const { shape, recipe } = attempts[index];
        const place = { phase, attempt: index + 1, attempts: attempts.length, left };
        onProgress?.({ ...place, shape, trainer: recipe.trainer, loss, accuracy });
      };
      const outcomes = await runInOrder(units, runner, {
        onStart: (index) => tell(index, Number.NaN),
        onLoss: tell,
        onOutcome: (_, outcome) => {
          left--;
          accuracy = Math.max(accuracy, outcome.stopping.accuracy);
        },
        isEnough: (outcome) => {
          const done = reports.length - first;
          reports.push(reportOf(phase, attempts[done], units[done].seed, outcome));
          return isSpent(done + 1);
        },
      });
      return outcomes.map((outcome, i) => ({ ...outcome, attempt: attempts[i] }));
    },
    reports: () => reports,
    work: () => reports.reduce((sum, { work }) => sum + work, 0),
  };
}

function reportOf(
  phase: TrainingPhase,
  { shape, recipe }: Attempt,
  seed: number,
  { loss, stopping, perfect, work }: UnitOutcome,
): AttemptReport {
  const { accuracy } = stopping;
  return { phase, shape, trainer: recipe.trainer, seed, loss, accuracy, perfect, work };
}

/** The seed of one attempt of a training. */
function seedOf(seed: number, index: number): number {
  return (Math.imul(seed, 0x9e3779b1) + index) >>> 0;
}
