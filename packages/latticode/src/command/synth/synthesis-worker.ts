import { ContradictionError } from "../../pipeline/contradictions.ts";
import { synthesize } from "../../pipeline/synthesize.ts";
import { openJournal } from "../journal-file.ts";
import { resultOf } from "../result.ts";
import { runEmitted } from "../run-emitted.ts";
import { workInThread } from "../run-in-thread.ts";
import type { Job, ThreadResult } from "./run-synthesis.ts";

await workInThread(async (job: Job, options): Promise<ThreadResult> => {
  const { examples, longer, seed, noise, workers, strategy, method } = job;
  const journal = job.journal === undefined ? undefined : await openJournal(job.journal);
  try {
    const synthesis = await synthesize(examples, {
      ...{ longer, seed, noise, workers, strategy, method, journal, runEmitted, ...options },
    });
    return resultOf(synthesis, job);
  } catch (error) {
    if (!(error instanceof ContradictionError)) throw error;
    const { contradictions, suspects } = error;
    return { contradicted: { contradictions, suspects } };
  } finally {
    await journal?.close();
  }
});
