import type { Contradictions } from "@latticode/machines";
import { findContradictions, findSuspects } from "@latticode/machines";
import type { Examples } from "@latticode/program";
import { checkExamples, selectExamples } from "@latticode/program";
import { countOf } from "@latticode/verification";

/**
 * Labels that no function of the past can give: equal inputs up to a position, and different
 * outputs.
 */
export class ContradictionError extends Error {
  readonly contradictions: Contradictions;
  /** The fewest sequences that would have to go. */
  readonly suspects: number;

  constructor(message: string, contradictions: Contradictions, suspects: number) {
    super(message);
    this.name = "ContradictionError";
    this.contradictions = contradictions;
    this.suspects = suspects;
  }
}

/** Examples without those that contradict others. */
export interface CleanExamples {
  readonly examples: Examples;
  readonly contradictions: Contradictions;
}

/**
 * Looks for labels that contradict each other before anything is trained. Where a share of noise is
 * allowed, the fewest sequences are left out whose removal leaves no contradiction.
 *
 * @param noise share of the sequences that may be wrong, 0 to below 0.5
 * @throws ContradictionError where more sequences than that would have to go; Error for malformed
 *   examples; RangeError for a share out of range
 */
export function setNoiseAside(examples: Examples, noise: number): CleanExamples {
  checkExamples(examples);
  if (!(noise >= 0 && noise < 0.5)) {
    throw new RangeError(`noise is ${noise}, must be a share from 0 to below 0.5`);
  }
  const contradictions = findContradictions(examples);
  if (contradictions.prefixes === 0) return { examples, contradictions };
  const { sequences: suspects } = findSuspects(examples);
  if (suspects.length > noise * examples.count) {
    throw new ContradictionError(
      contradictionText(contradictions, suspects.length, examples.count),
      contradictions,
      suspects.length,
    );
  }
  const left = new Set(suspects);
  const kept = Array.from({ length: examples.count }, (_, i) => i).filter((i) => !left.has(i));
  return { examples: selectExamples(examples, kept), contradictions };
}

function contradictionText(
  contradictions: Contradictions,
  suspects: number,
  count: number,
): string {
  const { pairs, prefixes, sequences } = contradictions;
  const named = pairs.map(({ sequences: [a, b], position, outputs }) => {
    const [first, second] = outputs.map((output) => output.join(" "));
    return (
      `sequences ${a + 1} and ${b + 1} have the same inputs up to position ${position}, ` +
      `where one has ${first} and the other ${second}`
    );
  });
  return (
    `labels contradict each other in ${sequences} of ${count} sequences, after ` +
    `${countOf(prefixes, "beginning")}: ${named.join("; ")} (positions count from 0). To end ` +
    `this, ${suspects} of ${count} sequences would have to be left out; correct them, or allow a ` +
    "share of noise"
  );
}
