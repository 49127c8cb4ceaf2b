import type { Language } from "@latticode/codegen";
import type { ActivationSource, Network } from "@latticode/network";
import type { Method } from "@latticode/regression";
import type { InputGroup } from "@latticode/verification";
import { digestOf } from "../../pipeline/digest.ts";
import type { SynthesisEvent } from "../../pipeline/synthesize.ts";
import { type LimitedJob, runInThread } from "../run-in-thread.ts";
import { type ExtractionResult, extractionResultOf } from "./extraction-result.ts";

/** What the thread is given. */
export interface ExtractionJob extends LimitedJob {
  readonly network: Network;
  /** On whose word it has ReLU between its layers. */
  readonly activation: ActivationSource;
  readonly inputs: readonly InputGroup[];
  readonly length: number;
  readonly seed: number;
  readonly method: Method;
  readonly emit: readonly Language[];
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
