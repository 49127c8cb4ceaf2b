import { type Kernels, type NetworkShape, parameterCount } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import { evaluateInTurns, givingWay, recurrentOf } from "@latticode/network";
import type { Attempt } from "./attempt/attempt.ts";
import { compareReadable, isSettled, type Readable } from "./attempt/refine.ts";
import type { TrainingData } from "./attempt/training-data.ts";
import type { Unit, UnitOutcome } from "./attempt/unit.ts";
import type { Journal } from "./journal.ts";
import { measureReadability, type Readability } from "./readability.ts";
import { paperSearch } from "./search/paper-search.ts";
import { portfolio } from "./search/portfolio.ts";
import { isSimpler, shapeText, smallerAttempts } from "./search/smaller.ts";
import { openPool, type Pool } from "./workers/pool.ts";
import { type Runner, readJournal, runInOrder } from "./workers/run-in-order.ts";

/** The parts of a training: to a readable perfect network, then to a simpler one. */
export type TrainingPhase = "search" | "simplification";

/** Where a training stands; told at the start of every attempt, and while one runs. */
export interface TrainingProgress {
  readonly phase: TrainingPhase;
  /** Number of the attempt in its phase, from 1, and of all attempts that the phase may make. */
  readonly attempt: number;
  readonly attempts: number;
  /** Attempts of the phase that may follow, and this one. */
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
  /** The most readable perfect network, else the one of highest accuracy on the stopping set. */
  readonly network: Network;
  /** Right at every position of the training, stopping and confirmation sets. */
  readonly perfect: boolean;
  /** Share of right outputs on the confirmation set, 0 to 1. */
  readonly accuracy: number;
  /** Largest |output - label| on the confirmation set. */
  readonly margin: number;
  /** What there is to see in its hidden states on the stopping set. */
  readonly readability: Readability;
  /** The attempts made, in order. */
  readonly attempts: readonly AttemptReport[];
  /** `limit` has ended it: how far it got is a matter of the machine and the moment. */
  readonly limited?: true;
}

/** The ways to search for a shape. */
export const strategies = ["portfolio", "paper"] as const;

export type Strategy = (typeof strategies)[number];

export interface TrainingOptions {
  readonly kernels: Kernels;
  /** An integer from 0 to 2^32 - 1; every start is drawn from it. */
  readonly seed: number;
  /** Ends the training with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the training with what it has so far. */
  readonly limit?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  /**
   * How shapes are searched: by the portfolio, from cheap to expensive (default), or as the paper's
   * authors did (`paperSearch`), which takes far longer.
   */
  readonly strategy?: Strategy | undefined;
  /** How many workers to start, as `openPool` says, or a pool that is open already. */
  readonly workers?: number | Pool | undefined;
  /** Keeps finished units, see `Journal`. */
  readonly journal?: Journal | undefined;
}

/** Multiply-adds for a more readable network after the first success: a few seconds. */
const readabilityWork = 3e10;
/** Successes that are compared, in all and of one shape: further starts of it come out alike. */
const mostSuccesses = 8;
const successesOfShape = 3;
/** Work on simpler shapes, as a share of what the search has taken. */
const simplificationShare = 0.1;

/**
 * Trains networks, attempt after attempt of the portfolio, until one is perfect and settled.
 * Perfect: right at every position of the training and the stopping set, and of the confirmation
 * set, which only networks that got so far are run on. Settled (`isSettled`): linear, or with
 * hidden states that are those of a minimal machine. Every network that is right on the training
 * and the stopping set is refined first. After a success that is not settled the search goes
 * on for a few seconds of work, counted in multiply-adds, and the most readable
 * network is chosen (`compareReadable`), the simplest of equally readable ones, the first of those.
 *
 * Then simpler shapes are tried for as long as that pays: until none is left, or until they have
 * taken a tenth of the work of the search; one that is no less readable is taken. Simplest is what
 * has the smallest hidden dimension, then the fewest weights.
 *
 * Attempts run on a pool of workers. The choice depends on the order of the attempts, never on
 * which ends first, so the same data, seed and kernels give the same bits with any number of
 * workers and on every runtime, unless `limit` ends it.
 *
 * With `strategy: "paper"` shapes are searched as the paper's authors did instead.
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
  const { training, stopping, confirmation, longer } = data;
  const sets = { training, stopping, confirmation, ...(longer && { longer }) };
  const { lanes, release } = pool.acquire(sets);
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
  const { kernels, signal, strategy = "portfolio" } = options;
  const attempts = portfolio(data.training, { kernels });
  const ledger = newLedger(runner, options);

  let best: UnitOutcome | undefined;
  if (strategy === "paper") {
    best = await paperSearch(data.training, (starts) => firstPerfect(starts, ledger));
  } else {
    const found = await search(attempts, ledger);
    best = found && (await simplify(found, attempts, ledger)).outcome;
  }
  best ??= ledger.mostAccurate();

  const limited = runner.stop.aborted;
  signal?.throwIfAborted();
  const network = best?.network ?? untrained(attempts[0].shape);
  const recurrent = recurrentOf(network, { kernels });
  const evaluation =
    best?.confirmation ?? (await evaluateInTurns(recurrent, data.confirmation, givingWay(signal)));
  return {
    network,
    perfect: best?.perfect ?? false,
    ...evaluation,
    readability: best?.readability ?? measureReadability(recurrent, data.stopping, { kernels }),
    attempts: ledger.reports(),
    ...(limited && { limited }),
  };
}

/** An attempt that has succeeded. */
interface Success {
  readonly attempt: Attempt;
  readonly outcome: UnitOutcome;
}

/** What comparing successes looks at. */
function readableOf({ outcome }: Success): Readable {
  return { readability: outcome.readability!, largestError: outcome.refinedError! };
}

/** Goes through the portfolio; returns the best of the networks that are perfect. */
async function search(attempts: readonly Attempt[], ledger: Ledger): Promise<Success | undefined> {
  const successes = new Map<string, number>();
  let found = 0;
  let best: Success | undefined;
  let enoughWork = Number.POSITIVE_INFINITY;
  await ledger.run("search", attempts, {
    isSkipped: (index) => {
      const { shape } = attempts[index];
      const most = isLinear(shape) ? 1 : successesOfShape;
      return (successes.get(shapeText(shape)) ?? 0) >= most;
    },
    isEnough: (outcome, index) => {
      if (outcome.perfect) {
        const success = { attempt: attempts[index], outcome };
        const shape = shapeText(success.attempt.shape);
        successes.set(shape, (successes.get(shape) ?? 0) + 1);
        found++;
        if (!best) enoughWork = ledger.work() + readabilityWork;
        if (!best || isBetter(success, best)) best = success;
      }
      if (!best) return false;
      if (isSettled(readableOf(best)) || found === mostSuccesses) return true;
      const next = attempts[index + 1];
      return !next || ledger.work() + expectedWork(best, next) > enoughWork;
    },
  });
  return best;
}

/** Runs attempts until one is perfect. */
async function firstPerfect(
  attempts: readonly Attempt[],
  ledger: Ledger,
): Promise<UnitOutcome | undefined> {
  let best: UnitOutcome | undefined;
  await ledger.run("search", attempts, {
    isSkipped: () => false,
    isEnough: (outcome) => {
      if (outcome.perfect) best = outcome;
      return outcome.perfect;
    },
  });
  return best;
}

/** Multiply-adds of an attempt, as far as one can tell from one that has succeeded. */
function expectedWork({ attempt, outcome }: Success, next: Attempt): number {
  return (outcome.work / parameterCount(attempt.shape)) * parameterCount(next.shape);
}

function isLinear({ hiddenDepth, outputDepth }: NetworkShape): boolean {
  return hiddenDepth === 1 && outputDepth === 1;
}

function isBetter(a: Success, b: Success): boolean {
  const order = compareReadable(readableOf(a), readableOf(b));
  return order === 0 ? isSimpler(a.attempt.shape, b.attempt.shape) : order < 0;
}

/** Looks for simpler networks that are no less readable, from each success to the next. */
async function simplify(
  found: Success,
  attempts: readonly Attempt[],
  ledger: Ledger,
): Promise<Success> {
  const before = ledger.work();
  const budget = simplificationShare * before;
  let best = found;
  for (;;) {
    const tried = ledger.reports().map(({ shape }) => shape);
    const candidates = smallerAttempts(best.attempt, attempts, tried);
    /** Whether the budget has nothing left for a candidate, as far as one can tell. */
    const isSpent = (index: number) => {
      const next = candidates[index];
      return !next || ledger.work() - before + expectedWork(best, next) > budget;
    };
    if (isSpent(0)) return best;
    let simpler: Success | undefined;
    await ledger.run("simplification", candidates, {
      isSkipped: () => false,
      isEnough: (outcome, index) => {
        const success = { attempt: candidates[index], outcome };
        if (outcome.perfect && compareReadable(readableOf(success), readableOf(best)) <= 0) {
          simpler = success;
        }
        return simpler !== undefined || isSpent(index + 1);
      },
    });
    if (!simpler) return best;
    best = simpler;
  }
}

/** What stands in for a network where not one attempt has ended. */
function untrained(shape: NetworkShape): Network {
  const weights = new Float64Array(parameterCount(shape));
  return { shape, weights, initial: new Float64Array(shape.hiddenDim), seed: 0 };
}

/** Runs the attempts of one phase after another, and keeps what has become of them. */
interface Ledger {
  /**
   * Runs attempts as `runInOrder` does; when `isEnough` is asked, its outcome is in the reports.
   */
  run(
    phase: TrainingPhase,
    attempts: readonly Attempt[],
    course: {
      readonly isSkipped: (index: number) => boolean;
      readonly isEnough: (outcome: UnitOutcome, index: number) => boolean;
    },
  ): Promise<void>;
  reports(): readonly AttemptReport[];
  /** Multiply-adds of everything reported. */
  work(): number;
  /** The outcome of highest accuracy on the stopping set, the first of equal ones. */
  mostAccurate(): UnitOutcome | undefined;
}

function newLedger(runner: Runner, { seed, onProgress }: TrainingOptions): Ledger {
  const reports: AttemptReport[] = [];
  let planned = 0;
  let work = 0;
  let accuracy = 0;
  let mostAccurate: UnitOutcome | undefined;
  return {
    async run(phase, attempts, { isSkipped, isEnough }) {
      const first = planned;
      planned += attempts.length;
      const units = attempts.map(
        (attempt, i): Unit => ({ attempt, seed: (Math.imul(seed, 0x9e3779b1) + first + i) >>> 0 }),
      );
      const tell = (index: number, loss: number) => {
        const left = units.length - index;
        const place = { phase, attempt: index + 1, attempts: units.length, left };
        const { shape, recipe } = attempts[index];
        onProgress?.({ ...place, shape, trainer: recipe.trainer, loss, accuracy });
      };
      await runInOrder(units, runner, {
        isSkipped,
        isEnough: (outcome, index) => {
          reports.push(reportOf(phase, units[index], outcome));
          work += outcome.work;
          if (!mostAccurate || outcome.stopping.accuracy > mostAccurate.stopping.accuracy) {
            mostAccurate = outcome;
          }
          return isEnough(outcome, index);
        },
        onStart: (index) => tell(index, Number.NaN),
        onLoss: tell,
        onOutcome: (_, outcome) => {
          accuracy = Math.max(accuracy, outcome.stopping.accuracy);
        },
      });
    },
    reports: () => reports,
    work: () => work,
    mostAccurate: () => mostAccurate,
  };
}

function reportOf(
  phase: TrainingPhase,
  { attempt, seed }: Unit,
  { loss, stopping, perfect, work }: UnitOutcome,
): AttemptReport {
  const { shape, recipe } = attempt;
  const { accuracy } = stopping;
  return { phase, shape, trainer: recipe.trainer, seed, loss, accuracy, perfect, work };
}
