import type { Examples } from "@latticode/program";
import type { Check, RunLanguage } from "./check.ts";
import type { InputColumn } from "./inputs/drawn.ts";
import type { Readings } from "./readings.ts";
import type { RunEmitted } from "./text.ts";

export interface Verification {
  readonly checks: readonly Check[];
  /** Every check passed, and each that judges looked at something. */
  readonly passed: boolean;
  /** The outcome in one sentence. */
  readonly statement: string;
}

export interface VerificationOptions {
  /** An integer from 0 to 2^32 - 1, for the fresh inputs. */
  readonly seed: number;
  /** Fresh sequences for the network check; 100,000 unless given. */
  readonly sequences?: number;
  /** All words are looked at up to the length of which there are no more than this; 2^20 unless given. */
  readonly mostWords?: number;
  /** Runs the program's text in other processes, where the host can. */
  readonly runEmitted?: RunEmitted | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What else is known of a program. */
export interface ProgramContext {
  /** What was read from the network besides the program. */
  readonly readings?: Readings;
  /** The program's text. */
  readonly code?: Readonly<Record<RunLanguage, string>>;
  /** Labels of a greater length: they tell how far the network is right there. */
  readonly longer?: Examples;
}

/** Where inputs come from. */
export interface InputSource {
  readonly columns: readonly InputColumn[];
  /** Positions of a sequence, as the network was trained. */
  readonly length: number;
  /** How many sequences of the seed have been seen, which are left out. */
  readonly first?: number;
}
