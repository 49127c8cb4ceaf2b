import type { Contradictions } from "@latticode/machines";
import { distinctSequences, type Examples } from "@latticode/program";
import type { Split } from "@latticode/training";
import type { Determination, Domain, Relation } from "@latticode/verification";
import { wrongSequences } from "@latticode/verification";
import type { Extraction } from "../pipeline/extract.ts";
import type { LabelCounts, Synthesis } from "../pipeline/synthesize.ts";
import type { Verdict } from "../pipeline/verdict.ts";
import { type DomainFacts, domainFacts, type Word, wordOf } from "./domain.ts";
import { missingOf } from "./missing.ts";

/** Everything that is claimed of a program and on whose word, as data that JSON holds. */
export interface Claims {
  readonly verdict: Verdict;
  /** The inputs in question; null where a run ended before it had looked at them. */
  readonly domain: DomainFacts | null;
  /** How program and network relate; null where there is no program, or it was not compared. */
  readonly relation: RelationFacts | null;
  /** Null in extractions, which have no labels, and where a run ended before it had counted. */
  readonly labels: LabelCounts | null;
  /** Sequences that no earlier stage has seen; null where there are no labels. */
  readonly heldBack: HeldBack | null;
  /** Which steps of the program labels show; null where it is not right at them. */
  readonly shown: Shown | null;
  /** What else speaks for a program that is right at every label; null where `shown` is. */
  readonly determined: Determined | null;
  /** What is missing for "solved", one sentence each. */
  readonly missing: readonly string[];
  /** Words whose labels would decide, the shortest first, at most five. */
  readonly questions: readonly Word[];
  /** Labels that no function of the past can give; null where there are no labels. */
  readonly contradictions: Contradictions | null;
}

type Differs = Extract<Relation, { kind: "differs" }>;

export type RelationFacts =
  | Exclude<Relation, Differs>
  | (Omit<Differs, "word"> & {
      readonly word: Word;
      /** The label after the word, which says who is right; null where there is none. */
      readonly label: readonly number[] | null;
    });

export interface HeldBack {
  readonly sequences: number;
  readonly distinct: number;
  /** Sequences that the program has wrong at any position; null where there is no program. */
  readonly wrong: number | null;
}

export interface Shown {
  /** "steps": pairs of state and row; "paths": the ways that decisions within a step go. */
  readonly kind: "steps" | "paths";
  /** Those that words of the domain take. */
  readonly steps: number;
  /** Those among them that a label shows. */
  readonly shown: number;
  /** The shortest words that take others, at most five. */
  readonly words: readonly Word[];
  /** Longer words reach further states, so that nothing is claimed beyond the length. */
  readonly growing: boolean;
}

export interface Determined {
  /** Every word of the domain of the trained length has a label. */
  readonly exhaustive: boolean;
  /**
   * With 95 % confidence a smaller share of the sequences drawn alike is wrong; null if unknown.
   */
  readonly bound: number | null;
  /** What labels rule out among finite machines; null where that is not known. */
  readonly depth: { readonly states: number; readonly upTo: number } | null;
  /** What else fits all labels, with a shortest word on which it differs. */
  readonly rivals: readonly {
    readonly description: string;
    readonly word: Word;
    /** At the last position of the word: the program's outputs, and the rival's. */
    readonly outputs: readonly [readonly (number | string)[], readonly (number | string)[]];
  }[];
}

/** What is claimed of a synthesis, however far it got. */
export function claimsOf(synthesis: Pick<Synthesis, "verdict"> & Partial<Synthesis>): Claims {
  const { verdict, domain, verification, determination, split, program } = synthesis;
  const inputDim = domain?.inputDim ?? 1;
  const words = (all: readonly Int32Array[]) => all.map((word) => wordOf(word, inputDim));
  const heldBack = split?.verification;
  return {
    verdict,
    domain: domain ? domainFacts(domain) : null,
    relation: verification ? relationFacts(verification.relation, inputDim, split) : null,
    labels: synthesis.labels ?? null,
    heldBack: heldBack
      ? {
          sequences: heldBack.count,
          distinct: distinctSequences(heldBack).count,
          wrong: program ? wrongSequences(program, heldBack).length : null,
        }
      : null,
    shown: determination ? shownIn(determination, words) : null,
    determined: determination ? determinedBy(determination, inputDim) : null,
    missing: determination ? missingOf(determination, inputDim) : [],
    questions: determination?.determined === false ? words(determination.questions) : [],
    contradictions: synthesis.contradictions ?? null,
  };
}

/** What is claimed of an extraction: there are no labels, and the network judges. */
export function extractionClaimsOf(
  { verdict, relation }: Pick<Extraction, "verdict" | "relation">,
  domain: Domain,
): Claims {
  return {
    verdict,
    domain: domainFacts(domain),
    relation: relation ? relationFacts(relation, domain.inputDim) : null,
    ...{ labels: null, heldBack: null, shown: null, determined: null },
    ...{ missing: [], questions: [], contradictions: null },
  };
}

function relationFacts(relation: Relation, inputDim: number, split?: Split): RelationFacts {
  if (relation.kind !== "differs") return relation;
  const { word } = relation;
  const label = split && labelAfter(word, Object.values(split));
  return { ...relation, word: wordOf(word, inputDim), label: label ?? null };
}

/** The first label that examples give after a word [length, inputDim]. */
function labelAfter(word: Int32Array, sets: readonly Examples[]): number[] | undefined {
  for (const { count, length, inputDim, outputDim, x, y } of sets) {
    for (let s = 0; s < count; s++) {
      const at = s * length * inputDim;
      if (word.length > length * inputDim || !word.every((value, i) => value === x[at + i])) {
        continue;
      }
      const position = s * length + word.length / inputDim - 1;
      return [...y.subarray(position * outputDim, (position + 1) * outputDim)];
    }
  }
  return undefined;
}

function shownIn(
  { steps }: Determination,
  words: (all: readonly Int32Array[]) => readonly Word[],
): Shown {
  const { kind, total, shown, missing, growing } = steps;
  return { kind, steps: total, shown, words: words(missing), growing };
}

function determinedBy(determination: Determination, inputDim: number): Determined {
  const { exhaustive, bound = 1, depth = null, rivals } = determination;
  return {
    // a share is below 1 without evidence
    ...{ exhaustive, bound: bound < 1 ? bound : null, depth },
    rivals: rivals.map((rival) => ({ ...rival, word: wordOf(rival.word, inputDim) })),
  };
}
