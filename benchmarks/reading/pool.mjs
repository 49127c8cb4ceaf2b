// Jobs over worker threads, the results in the order of the jobs.

import { Worker } from "node:worker_threads";

/** Each result is shown once it and all before it are there. */
export async function readAll(jobs, { workers, show }) {
  const results = new Array(jobs.length);
  let next = 0;
  let shown = 0;
  const run = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL("worker.mjs", import.meta.url));
      let index;
      const send = () => {
        index = next++;
        worker.postMessage(jobs[index]);
      };
      worker.on("message", (result) => {
        results[index] = result;
        for (; results[shown]; shown++) show(results[shown]);
        send();
      });
      worker.on("error", reject);
      worker.on("exit", resolve);
      send();
    });
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, run));
  return results;
}
