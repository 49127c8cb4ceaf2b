import { synthesize } from "../../pipeline/synthesize.ts";
import { openJournal } from "../journal-file.ts";
import { resultOf } from "../result.ts";
import { runEmitted } from "../run-emitted.ts";
import { workInThread } from "../run-in-thread.ts";
import type { Job } from "./run-synthesis.ts";

await workInThread(async (job: Job, options) => {
  const { examples, longer, seed, emit, workers, strategy, method } = job;
  const journal = job.journal === undefined ? undefined : await openJournal(job.journal);
  const synthesis = await synthesize(examples, {
    ...{ longer, seed, workers, strategy, method, journal, runEmitted, ...options },
  });
  await journal?.close();
  return resultOf(synthesis, emit);
});
