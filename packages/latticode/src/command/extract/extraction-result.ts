import type { NetworkShape } from "@latticode/kernels";
import type { ActivationSource, Network } from "@latticode/network";
import { type InputGroup, productDomain } from "@latticode/verification";
import type { Extraction } from "../../pipeline/extract.ts";
import { extractionClaimsOf } from "../../report/index.ts";
import { provenance, type Result, type RunFacts, reportedParts } from "../result.ts";

/** What `--json` prints for an extraction, and result.json holds. */
export interface ExtractionResult extends Omit<Result, "network" | "noise" | "contradictions"> {
  readonly contradictions: null;
  /** Where inputs were drawn from, by column or by group of columns. */
  readonly inputs: readonly InputGroup[];
  /** Positions of a sequence. */
  readonly length: number;
  /** What is known of longer words; null where no program was compared on them. */
  readonly horizon: HorizonResult | null;
  readonly network: NetworkShape & {
    /** On whose word it has ReLU between its layers. */
    readonly activation: ActivationSource;
    /**
     * Largest distance of an output from an integer; null where it is not known, or beyond 32 bits.
     */
    readonly margin: number | null;
    /** Words of the length that it is the largest of, and whether these are all; null likewise. */
    readonly marginOver: { readonly words: number; readonly exhaustive: boolean } | null;
  };
}

/** The same with words as lists: numbers of a word one position after the other. */
type Listed<T> = {
  readonly [Key in keyof T]: T[Key] extends Int32Array ? readonly number[] : T[Key];
};
type HorizonOf = NonNullable<Extraction["horizon"]>;
type HorizonResult = Omit<HorizonOf, "differs"> & {
  readonly differs?: Listed<NonNullable<HorizonOf["differs"]>>;
};

/** What an extraction has at least, however it ended. */
type Ending = Pick<Extraction, "verdict" | "solved" | "length" | "seconds" | "digest"> &
  Partial<Extraction>;

/** What is known of an extraction before it begins. */
export interface ExtractionFacts extends Omit<RunFacts, "origin"> {
  readonly source: { readonly name: string; readonly sha256: string };
  readonly network: Network;
  /** On whose word it has ReLU between its layers. */
  readonly activation: ActivationSource;
  readonly inputs: readonly InputGroup[];
}

/** The part of an extraction that the command reports. */
export function extractionResultOf(
  extraction: Ending,
  { network, activation, inputs, seed, source, emit }: ExtractionFacts,
): ExtractionResult {
  const { length, horizon, distance } = extraction;
  const { digest, seconds, verification, ...parts } = reportedParts(extraction, emit);
  const domain = extraction.domain ?? productDomain(inputs, length);
  const { contradictions: _, ...claims } = extractionClaimsOf(extraction, domain);
  return {
    ...provenance("extract", seed, source),
    ...claims,
    ...parts,
    contradictions: null,
    inputs,
    length,
    horizon: horizon ? horizonResult(horizon) : null,
    network: {
      ...network.shape,
      activation,
      margin: distance && Number.isFinite(distance.largest) ? distance.largest : null,
      marginOver: distance ? { words: distance.words, exhaustive: distance.exhaustive } : null,
    },
    verification,
    seconds,
    digest,
  };
}

function horizonResult({ differs, ...horizon }: HorizonOf): HorizonResult {
  return { ...horizon, ...(differs && { differs: { ...differs, word: [...differs.word] } }) };
}
