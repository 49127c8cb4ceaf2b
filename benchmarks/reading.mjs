// `npm run bench:reading`: trains a network for every benchmark task of finite memory, recovers its
// machine from behaviour and from hidden states, and says how well both agree with the network.
//
//   npm run bench:reading -- [--seed N] [--task NAME] [--networks DIR]
//
// With --networks, networks are kept in that folder as safetensors and trained only where they are
// not there yet.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { tasks } from "../packages/tasks/dist/index.js";
import { loadNetwork, saveNetwork } from "../packages/training/dist/index.js";
import { describeReading, isFiniteTask, readTask } from "./reading/machines.mjs";

if (isMainThread) await main();
else await work();

async function main() {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      task: { type: "string" },
      networks: { type: "string" },
    },
  });
  const seed = Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0 || seed > 2 ** 32 - 2) {
    console.error(`--seed ${values.seed}: not an integer from 0 to 4294967294`);
    process.exit(2);
  }
  const names = tasks.filter(isFiniteTask).map((task) => task.name);
  const wanted = values.task === undefined ? names : names.filter((name) => name === values.task);
  if (wanted.length === 0) {
    console.error(`--task ${values.task}: not one of ${names.join(", ")}`);
    process.exit(2);
  }
  if (values.networks) mkdirSync(values.networks, { recursive: true });
  const start = performance.now();
  const results = await inWorkers(wanted, { seed, networks: values.networks });
  report(results, (performance.now() - start) / 1000);
}

/** The results in the order of the names; each is printed once those before it are there. */
async function inWorkers(names, data) {
  const results = new Array(names.length);
  let next = 0;
  let printed = 0;
  const run = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: data });
      let index;
      const send = () => {
        if (next === names.length) worker.postMessage(undefined);
        else {
          index = next++;
          worker.postMessage(names[index]);
        }
      };
      worker.on("message", (result) => {
        results[index] = result;
        for (; results[printed]; printed++) console.log(describeReading(results[printed]));
        send();
      });
      worker.on("error", reject);
      worker.on("exit", resolve);
      send();
    });
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, run));
  return results;
}

async function work() {
  const { seed, networks } = workerData;
  parentPort.on("message", async (name) => {
    if (name === undefined) {
      parentPort.close();
      return;
    }
    const file = networks && join(networks, `${name}-${seed}.safetensors`);
    const stored = {
      read() {
        if (!file || !existsSync(file)) return undefined;
        const { network, metadata } = loadNetwork(readFileSync(file));
        return { network, perfect: metadata.perfect === "true" };
      },
      write({ network, perfect }) {
        if (file) writeFileSync(file, saveNetwork(network, { perfect: String(perfect) }));
      },
    };
    parentPort.postMessage(await readTask(name, { seed, stored }));
  });
}

function report(results, wall) {
  const sum = (of) => results.reduce((total, result) => total + of(result), 0);
  const count = (holds) => results.filter(holds).length;
  const bar = (value, least) => `${value} (bar ${least}: ${value >= least ? "met" : "not met"})`;
  const right = count(({ residual, blobs }) => isRight(residual) || isRight(blobs));
  const equal = count(({ comparison }) => comparison?.verdict === "equal");
  const reading = sum(({ seconds }) => seconds.reading);
  console.log(
    [
      "",
      `${results.length} finite tasks, ${count(({ perfect }) => perfect)} with a network that is right on all examples`,
      `a machine equal to the network on all words looked at: ${bar(right, results.length)}`,
      `  residual ${count((r) => isRight(r.residual))}, blobs ${count((r) => isRight(r.blobs))}`,
      `both machines found and equal: ${bar(equal, Math.min(33, results.length))}`,
      `  closed: residual ${count((r) => r.residual.closed)}, blobs ${count((r) => r.blobs.closed)}`,
      `reading ${reading.toFixed(1)} s of one core (bar 60 s on two: ${reading < 120 ? "met" : "not met"}), training ${sum(({ seconds }) => seconds.training).toFixed(1)} s, ${wall.toFixed(1)} s in all`,
    ].join("\n"),
  );
}

function isRight({ agreement }) {
  return agreement !== undefined && agreement.right === agreement.words;
}
