import type { Verdict } from "../pipeline/verdict.ts";

/** What the command's exit codes mean. */
export const exitCodes = {
  /** Solved. */
  solved: 0,
  /** A fault of the program itself. */
  fault: 1,
  /** A result was not reproduced. */
  different: 1,
  /** Bad usage or bad input, labels that contradict each other among it. */
  badInput: 2,
  notSolved: 3,
  /** Right at every label, but not determined by them. */
  consistent: 4,
  /** 128 + SIGINT. */
  interrupted: 130,
} as const;

/** The exit code of a run that ended. */
export function exitCodeOf(verdict: Verdict): number {
  switch (verdict) {
    case "solved":
      return exitCodes.solved;
    case "consistent":
      return exitCodes.consistent;
    case "not solved":
      return exitCodes.notSolved;
  }
}
