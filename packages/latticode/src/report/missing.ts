import type { Determination } from "@latticode/verification";
import { countOf, countText } from "@latticode/verification";
import { wordOf, wordText } from "./domain.ts";

/** Distinct held-back sequences from which on fewer than 5 % of such sequences are wrong (95 %). */
const fewestHeldBack = 60;
/** Rivals that are named. */
const mostRivals = 2;

/** What is missing for a program to be determined, one sentence each; empty where nothing is. */
export function missingOf(determination: Determination, inputDim: number): string[] {
  const { steps, rivals, exhaustive, heldBack, determined } = determination;
  if (determined) return [];
  const missing: string[] = [];
  if (steps.shown < steps.total) {
    const what = steps.kind === "steps" ? "steps" : "paths";
    const left = countText(steps.total - steps.shown);
    missing.push(
      `${left} of the program's ${countText(steps.total)} ${what} are not shown by any label`,
    );
  }
  for (const { description, word, outputs } of rivals.slice(0, mostRivals)) {
    const [ours, theirs] = outputs.map((values) => values.join(" "));
    const after = wordText(wordOf(word, inputDim));
    missing.push(
      `${description}, fits all labels too: after ${after} it gives ${theirs}, the program ${ours}`,
    );
  }
  if (determination.leavesNetwork) {
    missing.push(
      "the program's state grows with the length, and on longer words the network gives other " +
        "outputs",
    );
  } else if (determination.openBeyond) {
    missing.push(
      "the program's state grows with the length, and nothing shows how it continues on longer " +
        "words",
    );
  }
  if (!exhaustive && heldBack.distinct < fewestHeldBack) {
    missing.push(
      heldBack.distinct === 0
        ? "no sequence was held back, as too few are distinct"
        : `only ${countOf(heldBack.distinct, "distinct sequence")} could be held back; ` +
            `${fewestHeldBack} are needed`,
    );
  }
  return missing;
}
