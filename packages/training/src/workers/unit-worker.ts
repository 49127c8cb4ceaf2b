// What a worker of the pool runs: worker_threads in Node, module workers elsewhere.

import { type Kernels, loadKernels } from "@latticode/kernels";
import { givingWay } from "@latticode/network";
import type { TrainingData } from "../attempt/training-data.ts";
import { runUnit, type Unit } from "../attempt/unit.ts";
import type { WorkerCommand, WorkerReport } from "./worker-messages.ts";

interface Port {
  postMessage(message: WorkerReport): void;
  addEventListener(type: "message", listener: (event: { data: WorkerCommand }) => void): void;
  /** Of a MessagePort, which waits for it. */
  start?(): void;
}

declare const process: {
  getBuiltinModule(name: "node:worker_threads"): { readonly parentPort: Port };
};

const port: Port =
  typeof self === "undefined"
    ? process.getBuiltinModule("node:worker_threads").parentPort
    : (self as unknown as Port);

/** Milliseconds between two reports of a loss, for the eyes of people. */
const lossInterval = 50;

let kernels: Kernels;
let loaded: TrainingData;
let running = new AbortController();

async function run(unit: Unit): Promise<WorkerReport> {
  running = new AbortController();
  const { signal } = running;
  let told = Number.NEGATIVE_INFINITY;
  const onLoss = (loss: number) => {
    if (performance.now() - told < lossInterval) return;
    told = performance.now();
    port.postMessage({ type: "loss", loss });
  };
  try {
    const outcome = await runUnit(unit, loaded, { kernels, onLoss, giveWay: givingWay(signal) });
    return { type: "outcome", outcome };
  } catch (error) {
    return signal.aborted ? { type: "cancelled" } : { type: "fault", error };
  }
}

async function start(module: WebAssembly.Module): Promise<WorkerReport> {
  try {
    kernels = await loadKernels(module);
    return { type: "ready" };
  } catch (error) {
    return { type: "failed", error: error instanceof Error ? error : new Error(String(error)) };
  }
}

port.addEventListener("message", async ({ data: command }) => {
  if (command.type === "load") loaded = command.data;
  else if (command.type === "cancel") running.abort();
  else if (command.type === "run") port.postMessage(await run(command.unit));
  else port.postMessage(await start(command.module));
});
port.start?.();
