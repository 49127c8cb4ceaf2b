import type { NetworkShape } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import type { InputColumn } from "@latticode/verification";
import { productDomain } from "@latticode/verification";
import type { Extraction } from "../../pipeline/extract.ts";
import { extractionClaimsOf } from "../../report/index.ts";
import { provenance, type Result, type RunFacts, reportedParts } from "../result.ts";

/** What `--json` prints for an extraction, and result.json holds. */
export interface ExtractionResult extends Omit<Result, "network" | "noise" | "contradictions"> {
  readonly contradictions: null;
  /** Where inputs were drawn from, one per column. */
  readonly inputs: readonly InputColumn[];
  /** Positions of a sequence. */
  readonly length: number;
  readonly network: NetworkShape & {
    /** Largest distance of a traced output from an integer; null where it is not known. */
    readonly margin: number | null;
  };
}

/** What an extraction has at least, however it ended. */
type Ending = Pick<Extraction, "solved" | "inputs" | "length" | "seconds" | "digest"> &
  Partial<Extraction>;

/** What is known of an extraction before it begins. */
export interface ExtractionFacts extends Omit<RunFacts, "origin"> {
  readonly source: { readonly name: string; readonly sha256: string };
}

/** The part of an extraction that the command reports. */
export function extractionResultOf(
  extraction: Ending,
  network: Network,
  { seed, source, emit }: ExtractionFacts,
): ExtractionResult {
  const { inputs, length, margin = Number.NaN } = extraction;
  const { digest, seconds, verification, ...parts } = reportedParts(extraction, emit);
  const columns = inputs.map((column) => (column.kind === "values" ? column.values : column));
  const { contradictions: _, ...claims } = extractionClaimsOf(
    extraction,
    productDomain(columns, length),
  );
  return {
    ...provenance("extract", seed, source),
    ...claims,
    ...parts,
    contradictions: null,
    inputs,
    length,
    network: { ...network.shape, margin: Number.isFinite(margin) ? margin : null },
    verification,
    seconds,
    digest,
  };
}
