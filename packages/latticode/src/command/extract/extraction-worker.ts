import { extractProgram } from "../../pipeline/extract.ts";
import { runEmitted } from "../run-emitted.ts";
import { workInThread } from "../run-in-thread.ts";
import { extractionResultOf } from "./extraction-result.ts";
import type { ExtractionJob } from "./run-extraction.ts";

await workInThread(async (job: ExtractionJob, options) => {
  const { network, inputs, length, seed, method } = job;
  const extraction = await extractProgram(network, inputs, {
    ...{ length, seed, method, runEmitted, ...options },
  });
  return extractionResultOf(extraction, job);
});
