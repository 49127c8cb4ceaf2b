import type { Determination, Verification } from "@latticode/verification";
import type { Stop } from "./stages.ts";

/**
 * What is said of a program: "solved", right at every label and determined by them; "consistent",
 * right at every label, but the labels leave it open; "not solved", anything else.
 */
export type Verdict = "solved" | "consistent" | "not solved";

/** Labels that a program is allowed to contradict. */
export interface Noise {
  /** Share of sequences that may be wrong, 0 to below 1. */
  readonly allowed: number;
  /** Sequences that the program contradicts, by their index among the examples. */
  readonly sequences: readonly number[];
}

/** The verdict on a program that labels judge. */
export function verdictOf(found: {
  readonly stopped?: Stop | undefined;
  readonly verification?: Verification | undefined;
  readonly determination?: Determination | undefined;
}): Verdict {
  const { stopped, verification, determination } = found;
  if (stopped || !verification?.passed || !determination) return "not solved";
  return determination.determined ? "solved" : "consistent";
}
