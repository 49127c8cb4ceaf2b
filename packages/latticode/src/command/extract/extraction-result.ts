import type { Language } from "@latticode/codegen";
import type { NetworkShape } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import type { InputColumn } from "@latticode/verification";
import type { Extraction } from "../../pipeline/extract.ts";
import { type Result, reportedParts } from "../result.ts";

/** What `--json` prints for an extraction, and result.json holds. */
export interface ExtractionResult extends Omit<Result, "network"> {
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

/** The part of an extraction that the command reports. */
export function extractionResultOf(
  extraction: Ending,
  network: Network,
  emit: readonly Language[],
): ExtractionResult {
  const { inputs, length, margin = Number.NaN } = extraction;
  const { digest, seconds, verification, ...parts } = reportedParts(extraction, emit);
  return {
    ...parts,
    inputs,
    length,
    network: { ...network.shape, margin: Number.isFinite(margin) ? margin : null },
    verification,
    seconds,
    digest,
  };
}
