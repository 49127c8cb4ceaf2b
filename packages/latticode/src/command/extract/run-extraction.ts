import type { Method } from "@latticode/regression";
import { digestOf } from "../../pipeline/digest.ts";
import type { SynthesisEvent } from "../../pipeline/synthesize.ts";
import { type LimitedJob, runInThread } from "../run-in-thread.ts";
import {
  type ExtractionFacts,
  type ExtractionResult,
  extractionResultOf,
} from "./extraction-result.ts";

/** What the thread is given. */
export interface ExtractionJob extends LimitedJob, ExtractionFacts {
  readonly length: number;
  readonly method: Method;
}

/**
 * Runs an extraction in a thread of its own.
 *
 * @throws whatever the thread ended with
 */
export function runExtraction(
  job: ExtractionJob,
  onEvent: (event: SynthesisEvent) => void,
): Promise<ExtractionResult> {
  const { network, length } = job;
  return runInThread(new URL("./extraction-worker.js", import.meta.url), job, {
    onEvent,
    endAtLimit: async (ended) => {
      const digest = await digestOf(network, undefined);
      return extractionResultOf({ ...ended(), verdict: "not solved", length, digest }, job);
    },
  });
}
