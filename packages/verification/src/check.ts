/** A sequence on which a program was wrong. */
export interface Counterexample {
  /** Numbers per position: [length][inputDim]. */
  readonly x: readonly (readonly number[])[];
  /** What was to come out: [length][outputDim]. */
  readonly expected: readonly (readonly number[])[];
  /** What the program gave, integers beyond 2^53 as decimal text; null where it failed. */
  readonly actual: readonly (readonly (number | string)[])[] | null;
  /** The first wrong position, from 0. */
  readonly position: number;
  /** Why the program failed, where it did. */
  readonly error?: string;
}

/**
 * What a program is checked against, see `description` of the check: "examples" and "longer" are
 * labels held back, "long" the network's rounded outputs beyond the trained length as
 * far as it is right there, "drift" all of them there, "machine" and "recurrence" what was read
 * from the network, "python" and "javascript" the program's text run in another process.
 */
export type CheckName =
  | "examples"
  | "longer"
  | "long"
  | "drift"
  | "machine"
  | "recurrence"
  | RunLanguage;

/** The languages whose text is run. */
export const runLanguages = ["python", "javascript"] as const;

export type RunLanguage = (typeof runLanguages)[number];

/** What the checks of a program that ask its network begin with. */
export const againstNetwork = "against the network's rounded outputs";

/** One check of a program, and how it came out. */
export interface Check {
  readonly name: CheckName;
  /** What was compared with what, in one line; the program where it names no subject. */
  readonly description: string;
  readonly sequences: number;
  /** All positions of all sequences. */
  readonly positions: number;
  /** Positions where any output was wrong. */
  readonly wrong: number;
  readonly passed: boolean;
  /**
   * What it compares is equal for all sequences of any length. It is no proof of what was meant, as
   * the network may be wrong.
   */
  readonly proven: boolean;
  /** The check only tells something, and counts as passed: it is no judge of the program. */
  readonly informational?: true;
  /** Sequences on which nothing was wrong, where the check is informational. */
  readonly agreeing?: number;
  /** The proof, or why there is none. */
  readonly outcome?: string;
  readonly firstCounterexample?: Counterexample;
}

/** How a check came out, in words: "260 sequences, right at all 4,400 positions". */
export function checkOutcome(check: Check): string {
  const { name, sequences, positions, wrong, outcome, proven, agreeing } = check;
  if (proven) return `proven equal for all lengths (${outcome})`;
  if (sequences === 0) return outcome ?? "nothing to check";
  const all = `${countText(sequences)} sequences`;
  if (agreeing !== undefined) return `agrees on ${countText(agreeing)} of ${all}`;
  // only labels say what is right
  const [good, bad] = isLabelled(name) ? ["right", "wrong"] : ["equal", "different"];
  const counted =
    wrong === 0
      ? `${good} at all ${countText(positions)} positions`
      : `${bad} at ${countText(wrong)} of ${countText(positions)} positions`;
  return `${all}, ${counted}${outcome ? `; ${outcome}` : ""}`;
}

const isLabelled = (name: CheckName) => name === "examples" || name === "longer";

/** A check that compared nothing, and only tells why. */
export function toldCheck(name: CheckName, description: string, outcome: string): Check {
  return {
    ...{ name, description, sequences: 0, positions: 0, wrong: 0 },
    ...{ passed: true, proven: false, informational: true, outcome },
  };
}

/** What the checks of some kind have in common: their name, and what they compare. */
export type CheckTitle = Pick<Check, "name" | "description">;

/** How some checks came out together. */
export function summaryOf(checks: readonly Check[]) {
  const judges = checks.filter((check) => !check.informational);
  const sum = (of: (check: Check) => number) => judges.reduce((total, c) => total + of(c), 0);
  return {
    passed: judges.every((check) => check.passed),
    // what the text was run on has been counted
    sequences: sum(({ name, sequences }) => (isRunLanguage(name) ? 0 : sequences)),
    wrong: sum((check) => check.wrong),
    /** What was proven, in words. */
    proofs: judges.flatMap(({ proven, description }) =>
      proven ? [`proven for all lengths ${description}`] : [],
    ),
  };
}

const isRunLanguage = (name: CheckName) => runLanguages.some((language) => language === name);

/** Integers with commas every three digits. */
export function countText(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** 1 thing, 2 things. */
export function countOf(count: number, what: string): string {
  return `${countText(count)} ${what}${count === 1 ? "" : "s"}`;
}
