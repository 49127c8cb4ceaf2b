import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import type { Job, JobOutcome } from "./jobs.ts";

/** Runs jobs on worker threads; outcomes in the order of the jobs. */
export async function runJobs<O extends JobOutcome>(
  jobs: readonly (Job & Pick<O, "kind">)[],
  options: { readonly workers: number; readonly onOutcome?: (outcome: O) => void },
): Promise<O[]> {
  const file = await bundleWorker();
  const outcomes = new Array<O>(jobs.length);
  let next = 0;
  const workers: Worker[] = [];
  const lane = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(file);
      workers.push(worker);
      let at = -1;
      const send = () => {
        at = next++;
        worker.postMessage(jobs[at]);
      };
      worker.on("message", (outcome: O) => {
        outcomes[at] = outcome;
        options.onOutcome?.(outcome);
        send();
      });
      worker.on("error", (error) => {
        const job = jobs[at];
        const what = job ? `${job.kind} ${job.index}` : "a thread";
        reject(new Error(`${what}: ${error}`, { cause: error }));
      });
      worker.on("exit", () => resolve());
      send();
    });
  try {
    await Promise.all(Array.from({ length: Math.min(options.workers, jobs.length) }, lane));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return outcomes;
}

/** Threads of Node 20 run no TypeScript; this file may be a bundle itself, in test/dist. The packages stay as they are installed. */
async function bundleWorker(): Promise<URL> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const directory = join(root, "test", "dist");
  mkdirSync(directory, { recursive: true });
  const outfile = join(directory, `soundness-worker-${process.pid}.mjs`);
  await build({
    entryPoints: [join(root, "test", "soundness", "worker.ts")],
    ...{ bundle: true, format: "esm", platform: "node", packages: "external", outfile },
    logLevel: "silent",
  });
  return pathToFileURL(outfile);
}
