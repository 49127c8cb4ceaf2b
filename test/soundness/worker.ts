// A worker of the soundness suite: a job {kind, index} in, what synthesis made of its examples out.

import { parentPort } from "node:worker_threads";
import { loadKernels } from "@latticode/kernels";
import { runJob } from "./jobs.ts";

const kernels = await loadKernels();

parentPort?.on("message", async (job) => {
  if (job === undefined) parentPort?.close();
  else parentPort?.postMessage(await runJob(job, { kernels }));
});
