import { parentPort, workerData } from "node:worker_threads";
import { extractProgram } from "../../pipeline/extract.ts";
import type { StageEvent } from "../../pipeline/stages.ts";
import { runEmitted } from "../run-emitted.ts";
import { limitReached, type Message } from "../run-in-thread.ts";
import { type ExtractionResult, extractionResultOf } from "./extraction-result.ts";
import type { ExtractionJob } from "./run-extraction.ts";

const job = workerData as ExtractionJob;
const { network, inputs, length, seed, method, emit, secondsLeft } = job;
const post = (message: Message<StageEvent, ExtractionResult>) => parentPort?.postMessage(message);

const limit = new AbortController();
const timer =
  secondsLeft === undefined
    ? undefined
    : setTimeout(() => limit.abort(limitReached(job)), 1000 * secondsLeft);

const extraction = await extractProgram(network, inputs, {
  ...{ length, seed, method, limit: limit.signal, runEmitted },
  onProgress: (event) => post({ type: "event", event }),
});
clearTimeout(timer);
post({ type: "result", result: extractionResultOf(extraction, network, emit) });
