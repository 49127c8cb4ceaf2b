import type { NetworkShape } from "@latticode/kernels";
import type { ActivationSource } from "@latticode/network";
import type { InputGroup } from "@latticode/verification";
import type { Extraction } from "../../pipeline/extract.ts";
import { type Result, reportedParts } from "../result.ts";
import type { ExtractionJob } from "./run-extraction.ts";

/** What `--json` prints for an extraction, and result.json holds. */
export interface ExtractionResult extends Omit<Result, "network"> {
  readonly verdict: Extraction["verdict"];
  /** How program and network relate within the length; null where nothing was compared. */
  readonly relation: RelationResult | null;
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
type RelationResult =
  NonNullable<Extraction["relation"]> extends infer R
    ? R extends object
      ? Listed<R>
      : never
    : never;
type HorizonOf = NonNullable<Extraction["horizon"]>;
type HorizonResult = Omit<HorizonOf, "differs"> & {
  readonly differs?: Listed<NonNullable<HorizonOf["differs"]>>;
};

/** What an extraction has at least, however it ended. */
type Ending = Pick<Extraction, "verdict" | "solved" | "length" | "seconds" | "digest"> &
  Partial<Extraction>;

/** The part of an extraction that the command reports. */
export function extractionResultOf(
  extraction: Ending,
  {
    network,
    activation,
    inputs,
    emit,
  }: Pick<ExtractionJob, "network" | "activation" | "inputs" | "emit">,
): ExtractionResult {
  const { verdict, length, relation, horizon, distance } = extraction;
  const { digest, seconds, verification, ...parts } = reportedParts(extraction, emit);
  return {
    verdict,
    relation: relation ? listed(relation) : null,
    ...parts,
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
  return { ...horizon, ...(differs && { differs: listed(differs) }) };
}

function listed<T extends object>(found: T): Listed<T> {
  const entries = Object.entries(found).map(([key, value]) => [
    key,
    value instanceof Int32Array ? [...value] : value,
  ]);
  return Object.fromEntries(entries) as Listed<T>;
}
