import { parentPort, workerData } from "node:worker_threads";
import { synthesize } from "../synthesize.ts";
import { resultOf } from "./result.ts";
import type { Job, Message } from "./run-synthesis.ts";

const { examples, seed, emit } = workerData as Job;
const post = (message: Message) => parentPort?.postMessage(message);

const synthesis = await synthesize(examples, {
  seed,
  onProgress: (event) => post({ type: "event", event }),
});
post({ type: "result", result: resultOf(synthesis, emit) });
