import type { NetworkShape } from "@latticode/kernels";
import type { Attempt } from "./attempt/attempt.ts";
import type { Unit, UnitOutcome } from "./attempt/unit.ts";
import { type Course, type Runner, runInOrder } from "./workers/run-in-order.ts";

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

export interface AttemptReport extends Pick<TrainingProgress, "phase" | "shape" | "trainer"> {
  readonly seed: number;
  readonly loss: number;
  /** Share of right outputs on the stopping set. */
  readonly accuracy: number;
  readonly perfect: boolean;
  /** Multiply-adds, estimated; the same on every machine. */
  readonly work: number;
}

/** Runs the attempts of one phase after another, and keeps what has become of them. */
export interface Ledger {
  /**
   * Runs attempts as `runInOrder` does; when `isEnough` is asked, its outcome is in the reports.
   */
  run(
    phase: TrainingPhase,
    attempts: readonly Attempt[],
    course: Pick<Course, "isEnough"> & Partial<Pick<Course, "isSkipped">>,
  ): Promise<void>;
  reports(): readonly AttemptReport[];
  /** Multiply-adds of everything reported. */
  work(): number;
  /** The outcome of highest accuracy on the stopping set, the first of equal ones. */
  mostAccurate(): UnitOutcome | undefined;
}

export function newLedger(
  runner: Runner,
  options: {
    readonly seed: number;
    readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  },
): Ledger {
  const { seed, onProgress } = options;
  const reports: AttemptReport[] = [];
  let planned = 0;
  let work = 0;
  let accuracy = 0;
  let mostAccurate: UnitOutcome | undefined;
  return {
    async run(phase, attempts, { isSkipped = () => false, isEnough }) {
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
