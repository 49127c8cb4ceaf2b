// A worker of the soundness suite: a task {kind, index} in, what synthesis made of its examples out.

import { parentPort } from "node:worker_threads";
import { loadKernels } from "@latticode/kernels";
import { solveRandomTask } from "./solve.ts";
import { randomTask } from "./tasks.ts";

const kernels = await loadKernels();

parentPort?.on("message", async (job) => {
  if (job === undefined) parentPort?.close();
  else parentPort?.postMessage(await solveRandomTask(randomTask(job.kind, job.index), { kernels }));
});
