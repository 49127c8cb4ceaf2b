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
  const records: Promise<void>[] = [];
  let failure: { readonly error: unknown } | undefined;
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
  const fail = (error: unknown) => {
    failure ??= { error };
    endAt(-1);
  };
  const runOne = async (lane: Lane, index: number) => {
    const controller = new AbortController();
    running.set(index, controller);
    const { signal } = controller;
    try {
      onStart(index);
      const tell = (loss: number) => {
        try {
          onLoss(index, loss);
        } catch (error) {
          fail(error);
        }
      };
      return await lane.run(units[index], { signal, onLoss: tell });
    } catch (error) {
      if (!signal.aborted) fail(error);
      return undefined;
    } finally {
      running.delete(index);
    }
  };
  /** What is not yet in the journal has not happened. */
  const record = async (to: Journal, index: number, outcome: UnitOutcome) => {
    try {
      await to.append(toEntry(units[index], outcome));
      if (!failure) settle(index, outcome);
    } catch (error) {
      fail(error);
    }
  };
  const work = async (lane: Lane) => {
    while (next < end && !stop.aborted) {
      const index = next++;
      const earlier = known.get(unitText(units[index]));
      const outcome = earlier ?? (await runOne(lane, index));
      if (!outcome) continue;
      // The lane goes on while the journal is written.
      if (journal && !earlier) records.push(record(journal, index, outcome));
      else settle(index, outcome);
    }
  };

  const stopAll = () => cancelFrom(0);
  stop.addEventListener("abort", stopAll);
  await Promise.all(lanes.map(work));
  await Promise.all(records);
  stop.removeEventListener("abort", stopAll);
  if (failure) throw failure.error;
  return ordered;
}
