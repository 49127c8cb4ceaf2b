import type { Examples } from "@latticode/program";
import type { Check, RunLanguage } from "./check.ts";
import type { Domain } from "./claims/domain.ts";
import type { Relation } from "./claims/relation.ts";
import type { Readings } from "./readings.ts";
import type { RunEmitted } from "./text.ts";

export interface Verification {
  readonly checks: readonly Check[];
  /** How program and network relate within the trained length. */
  readonly relation: Relation;
  /** Every check that judges passed. */
  readonly passed: boolean;
  /** The outcome in one sentence. */
  readonly statement: string;
}

export interface VerificationOptions {
  /** An integer from 0 to 2^32 - 1, for random words. */
  readonly seed: number;
  /** Random words that the network is asked; 100,000 unless given. */
  readonly sequences?: number;
  /**
   * All words are looked at up to the length of which there are no more than this; 2^20 unless
   * given.
   */
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

/** The inputs in question. */
export interface InputSource {
  /** The words, and the length that the network was trained on. */
  readonly domain: Domain;
  /** How many random words of the seed have been seen, which are left out; 0 unless given. */
  readonly first?: number;
}
