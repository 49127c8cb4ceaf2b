import type { MooreMachine, Recurrence } from "@latticode/machines";
import type { Program } from "@latticode/program";
import type { ReadingContext } from "./context.ts";
import type { Codes } from "./lattice/codes.ts";
import type { Route } from "./method.ts";

/** A way to find programs. */
export interface Finder {
  /** "linear", "codes", "fold" and so on: the `stage` of a reading. */
  readonly name: string;
  /** What users read when it found their program: one sentence. */
  readonly explanation: string;
  readonly route: Route;
  /** Asked only where no program so far says more than a table. */
  readonly isLastResort?: boolean;
  /**
   * A program of it leaves nothing to look for: the finders after it on its route are not asked.
   */
  readonly isFinal?: boolean;
  /**
   * Programs, as they are found; each is checked on all traces before the next is looked for.
   *
   * @param bound the most that a program may cost to be of use, which falls as programs are kept
   */
  find(context: ReadingContext, bound: Bound): Findings;
}

export type Bound = () => number;

/** What became of a program: a dear one is no better than what is there, a wrong one differs. */
export type Verdict = "kept" | "dear" | "wrong";

/** Programs out, the verdict on each back in; `undefined` where nobody tells. */
export type Findings = Generator<Found, void, Verdict | undefined>;

export interface Found {
  readonly program: Program;
  /** What the program was read from, where it is part of the reading only with the program. */
  readonly source?: ProgramSource;
}

export interface ProgramSource {
  readonly codes?: Codes;
  readonly recurrence?: Recurrence;
  readonly machine?: MooreMachine;
}
