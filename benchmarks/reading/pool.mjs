// Jobs over worker threads, the results in the order of the jobs.

import { Worker } from "node:worker_threads";

const here = new URL("worker.mjs", import.meta.url);

/**
 * Reads every job with this build and with another one in turn, in one thread each, so that both meet
 * the same phases of the machine; the seconds of each over all jobs.
 */
export async function readBoth(jobs, { before, show }) {
  const seconds = { before: 0, after: 0 };
  for (const job of jobs) {
    const pair = {};
    for (const [when, file] of Object.entries({ before, after: here })) {
      const [result] = await readAll([job], { workers: 1, show: () => {}, file });
      pair[when] = result.seconds;
      seconds[when] += result.seconds;
    }
    show(job, pair);
  }
  return seconds;
}

/** Each result is shown once it and all before it are there. */
export async function readAll(jobs, { workers, show, file = here }) {
  const results = new Array(jobs.length);
  let next = 0;
  let shown = 0;
  const run = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(file);
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
