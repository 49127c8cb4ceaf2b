import type { Language } from "@latticode/codegen";
import type { Network } from "@latticode/network";
import type { Method } from "@latticode/regression";
import type { InputColumn } from "@latticode/verification";
import { digestOf } from "../../pipeline/digest.ts";
import { limitedStop, type Stage, type StageEvent } from "../../pipeline/stages.ts";
import { limitReached, runInThread } from "../run-in-thread.ts";
import { type ExtractionResult, extractionResultOf } from "./extraction-result.ts";

/** What the thread is given. */
export interface ExtractionJob {
  readonly network: Network;
  readonly inputs: readonly InputColumn[];
  readonly length: number;
  readonly seed: number;
  readonly method: Method;
  readonly emit: readonly Language[];
  /** Seconds after which the extraction is to end with what it has. */
  readonly timeLimit: number | undefined;
  /** Those of them that are left. */
  readonly secondsLeft: number | undefined;
}

const module = new URL("./extraction-worker.js", import.meta.url);

/**
 * Runs an extraction in a thread of its own.
 *
 * @throws whatever the thread ended with
 */
export function runExtraction(
  job: ExtractionJob,
  onProgress: (event: StageEvent) => void,
): Promise<ExtractionResult> {
  const { network, inputs, length } = job;
  let stage: Stage = "traces";
  const seconds: Partial<Record<Stage, number>> = {};
  return runInThread<StageEvent, ExtractionResult>(module, job, {
    secondsLeft: job.secondsLeft,
    onEvent: (event) => {
      if (event.type === "start") stage = event.stage;
      if (event.type === "finish") seconds[event.stage] = event.seconds;
      onProgress(event);
    },
    endAtLimit: async () => {
      const stopped = limitedStop(stage, AbortSignal.abort(limitReached(job)));
      const digest = await digestOf(network, undefined);
      const ended = { solved: false, stopped, inputs, length, seconds, digest };
      return extractionResultOf(ended, network, job.emit);
    },
  });
}
