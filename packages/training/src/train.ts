import { type Kernels, type NetworkShape, parameterCount } from "@latticode/kernels";
import { evaluateInTurns, givingWay, type Network, recurrentOf } from "@latticode/network";
import type { TrainingData } from "./attempt/training-data.ts";
import type { UnitOutcome } from "./attempt/unit.ts";
import type { Journal } from "./journal.ts";
import { type AttemptReport, newLedger, type TrainingProgress } from "./ledger.ts";
import { measureReadability, type Readability } from "./readability.ts";
import { paperSearch } from "./search/paper-search.ts";
import { firstPerfect, search, simplify } from "./search/phases.ts";
import { portfolio } from "./search/portfolio.ts";
import { openPool, type Pool } from "./workers/pool.ts";
import { type Runner, readJournal } from "./workers/run-in-order.ts";

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

/** What stands in for a network where not one attempt has ended. */
function untrained(shape: NetworkShape): Network {
  const weights = new Float64Array(parameterCount(shape));
  return { shape, weights, initial: new Float64Array(shape.hiddenDim), seed: 0 };
}
