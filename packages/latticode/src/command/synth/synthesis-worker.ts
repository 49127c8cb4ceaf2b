import { parentPort, workerData } from "node:worker_threads";
import { type SynthesisEvent, synthesize } from "../../pipeline/synthesize.ts";
import { openJournal } from "../journal-file.ts";
import { type Result, resultOf } from "../result.ts";
import { runEmitted } from "../run-emitted.ts";
import { limitReached, type Message } from "../run-in-thread.ts";
import type { Job } from "./run-synthesis.ts";

const job = workerData as Job;
const { examples, longer, seed, emit, workers, strategy, method, secondsLeft } = job;
const post = (message: Message<SynthesisEvent, Result>) => parentPort?.postMessage(message);

const limit = new AbortController();
const timer =
  secondsLeft === undefined
    ? undefined
    : setTimeout(() => limit.abort(limitReached(job)), 1000 * secondsLeft);

const journal = job.journal === undefined ? undefined : await openJournal(job.journal);
const synthesis = await synthesize(examples, {
  ...{ longer, seed, workers, strategy, method, journal, limit: limit.signal, runEmitted },
  onProgress: (event) => post({ type: "event", event }),
});
clearTimeout(timer);
await journal?.close();
post({ type: "result", result: resultOf(synthesis, emit) });
