import { type NetworkShape, parameterCount } from "@latticode/kernels";
import type { Attempt } from "../attempt/attempt.ts";
import { compareReadable, isSettled, type Readable } from "../attempt/refine.ts";
import type { UnitOutcome } from "../attempt/unit.ts";
import type { Ledger } from "../ledger.ts";
import { isSimpler, shapeText, smallerAttempts } from "./smaller.ts";

/** Multiply-adds for a more readable network after the first success: a few seconds. */
const readabilityWork = 3e10;
/** Successes that are compared, in all and of one shape: further starts of it come out alike. */
const mostSuccesses = 8;
const successesOfShape = 3;
/** Work on simpler shapes, as a share of what the search has taken. */
const simplificationShare = 0.1;

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
export async function search(
  attempts: readonly Attempt[],
  ledger: Ledger,
): Promise<Success | undefined> {
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
export async function firstPerfect(
  attempts: readonly Attempt[],
  ledger: Ledger,
): Promise<UnitOutcome | undefined> {
  let best: UnitOutcome | undefined;
  await ledger.run("search", attempts, {
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
export async function simplify(
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
