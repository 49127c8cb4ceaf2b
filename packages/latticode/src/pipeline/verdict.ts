import type { Determination, Verification } from "@latticode/verification";
import { countOf, countText } from "@latticode/verification";
import type { Stop } from "./stages.ts";

/**
 * What is said of a program: "solved", right at every label and determined by them; "consistent", right
 * at every label, but the labels leave it open; "not solved", anything else.
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

/** What is missing for a program to be determined, one sentence each; empty where nothing is. */
export function missingFor(determination: Determination): string[] {
  const { steps, rivals, exhaustive, heldBack, determined } = determination;
  if (determined) return [];
  const missing: string[] = [];
  if (steps.shown < steps.total) {
    const what = steps.kind === "steps" ? "steps" : "paths through a step";
    missing.push(
      `${countText(steps.total - steps.shown)} of its ${countText(steps.total)} ${what} are shown by no label`,
    );
  }
  for (const { description, word, outputs } of rivals.slice(0, 2)) {
    const [ours, theirs] = outputs.map((values) => values.join(" "));
    missing.push(
      `${description}, fits all labels too: after ${JSON.stringify([...word])} it gives ${theirs}, the program ${ours}`,
    );
  }
  if (determination.leavesNetwork) {
    missing.push("its state grows with the length, and the network goes on in another way");
  } else if (determination.openBeyond) {
    missing.push("its state grows with the length, and no longer sequence shows how it goes on");
  }
  if (!exhaustive && !(heldBack.distinct >= fewestHeldBack)) {
    missing.push(
      heldBack.distinct === 0
        ? "no sequence could be held back, as too few are distinct"
        : `only ${countOf(heldBack.distinct, "distinct sequence")} could be held back, of ${fewestHeldBack} that are wanted`,
    );
  }
  return missing;
}

/** Distinct held-back sequences from which on fewer than 5 % of such sequences are wrong (95 %). */
const fewestHeldBack = 60;
