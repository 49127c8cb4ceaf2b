import type { Unit, UnitOutcome } from "../attempt/unit.ts";
import { fromEntry, type Journal, toEntry, unitText } from "../journal.ts";
import type { Lane } from "./lane.ts";

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

/** What decides how far a row of units is run; every answer depends on outcomes in order alone. */
export interface Course {
  /**
   * Whether a unit is not wanted, by the outcomes before it that `isEnough` was asked about; once
   * true it stays true. A unit that was started too early to know leaves no trace.
   */
  readonly isSkipped: (index: number) => boolean;
  /** Asked once for each outcome, in the order of the units: whether the rest is not wanted. */
  readonly isEnough: (outcome: UnitOutcome, index: number) => boolean;
  readonly onStart: (index: number) => void;
  readonly onLoss: (index: number, loss: number) => void;
  readonly onOutcome: (index: number, outcome: UnitOutcome) => void;
}

/**
 * Runs units side by side, in their order, until `isEnough`: what a run of one after the other
 * would have done. Which unit is the last depends on that order only, never on which was done
 * first; units that can't matter any more are cancelled. Once `stop` is aborted it returns,
 * whatever has not ended.
 *
 * @throws Error where a unit or a lane fails
 */
export async function runInOrder(
  units: readonly Unit[],
  { lanes, known, journal, stop }: Runner,
  { isSkipped, isEnough, onStart, onLoss, onOutcome }: Course,
): Promise<void> {
  const outcomes = new Map<number, UnitOutcome>();
  const running = new Map<number, AbortController>();
  let next = 0;
  let ordered = 0;
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
    for (; ordered < end; ordered++) {
      if (isSkipped(ordered)) {
        running.get(ordered)?.abort();
        continue;
      }
      const first = outcomes.get(ordered);
      if (!first) break;
      if (isEnough(first, ordered)) endAt(ordered);
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
      if (isSkipped(index)) continue;
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
}
