import { fromEntry, type Journal, toEntry, unitText } from "./journal.ts";
import type { Lane } from "./lane.ts";
import type { Unit, UnitOutcome } from "./unit.ts";

/** What runs the units of one training. */
export interface Runner {
  readonly lanes: readonly Lane[];
  /** Outcomes that an earlier run of this training has left, by `unitText`. */
  readonly known: ReadonlyMap<string, UnitOutcome>;
  readonly journal: Journal | undefined;
  /** Aborted when no more units are wanted, whatever the reason. */
  readonly stop: AbortSignal;
}

/** Reads what the journal holds. */
export async function readJournal(
  journal: Journal | undefined,
): Promise<ReadonlyMap<string, UnitOutcome>> {
  const entries = (await journal?.entries()) ?? [];
  return new Map(entries.map((entry) => [entry.unit, fromEntry(entry)]));
}

export interface Course {
  /** Asked once for each outcome, in the order of the units: whether the rest is not wanted. */
  readonly isEnough: (outcome: UnitOutcome) => boolean;
  readonly onStart: (index: number) => void;
  readonly onLoss: (index: number, loss: number) => void;
  readonly onOutcome: (index: number, outcome: UnitOutcome) => void;
}

/**
 * Runs units side by side until one is perfect or `isEnough`, and returns the outcomes of those up
 * to it, in the order of the units: what a run of one after the other would have given. Which unit
 * is the last depends on that order only, never on which was done first; units that can't matter
 * any more are cancelled, and leave no trace in what is returned. Once `stop` is aborted it returns
 * what there is: outcomes of the first units, as far as they follow each other.
 *
 * @throws Error where a unit or a lane fails
 */
export async function runInOrder(
  units: readonly Unit[],
  { lanes, known, journal, stop }: Runner,
  { isEnough, onStart, onLoss, onOutcome }: Course,
): Promise<UnitOutcome[]> {
  const outcomes = new Map<number, UnitOutcome>();
  const ordered: UnitOutcome[] = [];
  const running = new Map<number, AbortController>();
  let next = 0;
  let end = units.length;

  const cancelFrom = (first: number) => {
    for (const [index, controller] of running) if (index >= first) controller.abort();
  };
  const endAt = (last: number) => {
    end = Math.min(end, last + 1);
    cancelFrom(end);
  };
  const settle = (index: number, outcome: UnitOutcome) => {
    outcomes.set(index, outcome);
    onOutcome(index, outcome);
    if (outcome.perfect) endAt(index);
    while (ordered.length < end) {
      const first = outcomes.get(ordered.length);
      if (!first) break;
      if (isEnough(first)) endAt(ordered.length);
      ordered.push(first);
    }
  };
  const runOne = async (lane: Lane, index: number) => {
    const controller = new AbortController();
    running.set(index, controller);
    const { signal } = controller;
    try {
      onStart(index);
      const run = { signal, onLoss: (loss: number) => onLoss(index, loss) };
      return await lane.run(units[index], run);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      running.delete(index);
    }
  };
  const work = async (lane: Lane) => {
    while (next < end && !stop.aborted) {
      const index = next++;
      const earlier = known.get(unitText(units[index]));
      const outcome = earlier ?? (await runOne(lane, index));
      if (!outcome) continue;
      // What is not yet in the journal has not happened.
      if (!earlier) await journal?.append(toEntry(units[index], outcome));
      settle(index, outcome);
    }
  };

  const stopAll = () => cancelFrom(0);
  stop.addEventListener("abort", stopAll);
  try {
    await Promise.all(lanes.map(work));
  } catch (error) {
    end = 0;
    cancelFrom(0);
    throw error;
  } finally {
    stop.removeEventListener("abort", stopAll);
  }
  return ordered;
}
