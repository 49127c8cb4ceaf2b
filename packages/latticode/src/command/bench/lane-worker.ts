// A lane of the benchmark: jobs in, what each came to out, one after the other.

import { parentPort } from "node:worker_threads";
import { loadKernels } from "@latticode/kernels";
import type { BenchJob } from "./bench-line.ts";
import { runTask } from "./run-task.ts";

const kernels = await loadKernels();

parentPort?.on("message", async (job: BenchJob | undefined) => {
  if (job === undefined) parentPort?.close();
  else parentPort?.postMessage(await runTask(job, { kernels }));
});
