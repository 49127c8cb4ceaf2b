// A worker of the reading benchmark: a job {name, seed, network, perfect} in, what was read out.

import { parentPort } from "node:worker_threads";
import { loadKernels } from "../../packages/kernels/dist/index.js";
import { recurrentOf, traceNetwork } from "../../packages/network/dist/index.js";
import { findTask, sampleTask } from "../../packages/tasks/dist/index.js";
import { isFiniteTask, isLinearTask } from "./definitions.mjs";
import { readLattice } from "./lattices.mjs";
import { readMachines } from "./machines.mjs";
import { readRecurrence } from "./recurrences.mjs";

const sequences = 1000;
/** Apart from the sets that networks are trained on, which take the seeds 16 seed to 16 seed + 3. */
const seedOf = (seed) => seed * 16 + 8;

const kernels = await loadKernels();

function read({ name, seed, network, perfect }) {
  const task = findTask(name);
  const sample = sampleTask(task, { count: sequences, seed: seedOf(seed) });
  const [finite, linear] = [isFiniteTask(task), isLinearTask(task)];
  const start = performance.now();
  const recurrent = recurrentOf(network, { kernels });
  const traces = traceNetwork(recurrent, sample);
  const machines = finite ? readMachines(recurrent, sample, { kernels, seed }) : undefined;
  const lattice = readLattice(recurrent, traces, { kernels });
  const recurrence = readRecurrence(recurrent, traces, { kernels });
  const seconds = (performance.now() - start) / 1000;
  return { name, seed, perfect, finite, linear, machines, lattice, recurrence, seconds };
}

parentPort.on("message", (job) => {
  if (job === undefined) parentPort.close();
  else parentPort.postMessage(read(job));
});
