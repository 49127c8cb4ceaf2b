// Draws the data of tasks in a thread of its own, one ahead of the training.

import { once } from "node:events";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { findTask } from "../../packages/tasks/dist/index.js";
import { trainingData } from "./data.mjs";

if (!isMainThread) {
  parentPort.on("message", ({ name, seed }) => {
    parentPort.postMessage(trainingData(findTask(name), seed));
  });
}

/** Yields [name, data] of the names, in order. */
export async function* sampled(names, seed) {
  const worker = new Worker(new URL(import.meta.url));
  try {
    const ask = async (index) => {
      if (index === names.length) return undefined;
      worker.postMessage({ name: names[index], seed });
      const [data] = await once(worker, "message");
      return data;
    };
    let coming = ask(0);
    for (const [index, name] of names.entries()) {
      const data = await coming;
      coming = ask(index + 1);
      yield [name, data];
    }
  } finally {
    await worker.terminate();
  }
}
