import type { Kernels } from "@latticode/kernels";
import { pause } from "@latticode/network";
import type { Method } from "@latticode/regression";
import type { RunEmitted } from "@latticode/verification";

/** The stages of a synthesis, in order. */
export const stages = [
  "examples",
  "training",
  "traces",
  "normalization",
  "reading",
  "code",
  "verification",
] as const;

export type Stage = (typeof stages)[number];

/** What is told of every stage. */
export type StageEvent =
  | { readonly type: "start"; readonly stage: Stage }
  | {
      readonly type: "finish";
      readonly stage: Stage;
      readonly seconds: number;
      /** What the stage found, in a few words. */
      readonly summary: string;
    };

/** How far something got that was not solved. */
export interface Stop {
  /** The stage that did not deliver. */
  readonly stage: Stage;
  readonly reason: string;
  /** The limit has stopped it: with more time it might have been solved. */
  readonly limited?: true;
}

/** What is said where a limit has stopped a stage. */
export function limitedStop(stage: Stage, limit: AbortSignal, soFar?: string): Stop {
  const { reason } = limit;
  const cause = reason instanceof Error ? reason.message : String(reason);
  return { stage, reason: soFar ? `${cause}; so far: ${soFar}` : cause, limited: true };
}

/** What everything that runs stages may be told. */
export interface StageOptions<Event> {
  /** An integer from 0 to 2^32 - 1 for every random choice; 0 unless given. */
  readonly seed?: number | undefined;
  /** Loaded from the package when absent. */
  readonly kernels?: Kernels | undefined;
  /** How programs are looked for, see `readProgram`; "default" unless given. */
  readonly method?: Method | undefined;
  /** Ends the run with its reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Ends the run with what there is: not solved, and how far it got. It is looked at while networks
   * are trained and before the program is read, and changes nothing where all of them finish.
   */
  readonly limit?: AbortSignal | undefined;
  /** Runs the program's text in other processes, where the host can: one more check. */
  readonly runEmitted?: RunEmitted | undefined;
  readonly onProgress?: ((event: Event) => void) | undefined;
}

/** What a stage made, and that in a few words. */
interface Outcome<T> {
  readonly value: T;
  readonly summary: string;
}

/** Runs stages one by one: announces, times and interrupts them. */
export interface StageClock {
  readonly run: <T>(stage: Stage, work: () => Promise<Outcome<T>> | Outcome<T>) => Promise<T>;
  /** Wall-clock seconds of the stages that ran. */
  readonly seconds: () => Readonly<Partial<Record<Stage, number>>>;
}

export function newStageClock(options: {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((event: StageEvent) => void) | undefined;
}): StageClock {
  const { signal, onProgress } = options;
  const seconds: Partial<Record<Stage, number>> = {};
  return {
    seconds: () => ({ ...seconds }),
    run: async (stage, work) => {
      await pause(signal);
      onProgress?.({ type: "start", stage });
      const start = performance.now();
      const { value, summary } = await work();
      const duration = (performance.now() - start) / 1000;
      seconds[stage] = duration;
      onProgress?.({ type: "finish", stage, seconds: duration, summary });
      signal?.throwIfAborted();
      return value;
    },
  };
}

/** @throws RangeError when it is no integer from 0 to 2^32 - 1 */
export function checkSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`seed is ${seed}, must be an integer from 0 to 4294967295`);
  }
}
