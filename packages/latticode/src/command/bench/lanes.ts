import { Worker } from "node:worker_threads";
import type { BenchJob, BenchLine } from "./bench-line.ts";

/**
 * Runs jobs on worker threads, each of which takes the next job that is left. A synthesis stays in
 * its thread, so that what it comes to has nothing to do with their number.
 *
 * @throws what a thread ended with, naming its job; the other threads are ended
 */
export async function runLanes(
  jobs: readonly BenchJob[],
  options: { readonly workers: number; readonly onLine: (line: BenchLine) => void },
): Promise<void> {
  let next = 0;
  const workers: Worker[] = [];
  const lane = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL("./lane-worker.js", import.meta.url));
      workers.push(worker);
      let job: BenchJob | undefined;
      const send = () => {
        job = jobs[next++];
        worker.postMessage(job);
      };
      worker.on("message", (line: BenchLine) => {
        options.onLine(line);
        send();
      });
      worker.on("error", (error) => {
        const what = job ? `${job.task}, seed ${job.seed}` : "a thread";
        reject(new Error(`${what}: ${error instanceof Error ? error.stack : error}`));
      });
      worker.on("exit", () => resolve());
      send();
    });
  try {
    await Promise.all(Array.from({ length: Math.min(options.workers, jobs.length) }, lane));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
