import type { Kernels } from "@latticode/kernels";
import type { Unit, UnitOutcome } from "../attempt/unit.ts";
import type { Lane, LaneOptions } from "./lane.ts";
import type { WorkerCommand, WorkerReport } from "./worker-messages.ts";

/** A worker, the same to us whether it is one of worker_threads or of the web. */
interface Connection {
  post(command: WorkerCommand): void;
  close(): void;
}

interface NodeWorker {
  on(event: "message", listener: (report: WorkerReport) => void): void;
  on(event: "error", listener: (error: Error) => void): void;
  on(event: "exit", listener: (code: number) => void): void;
  postMessage(command: WorkerCommand): void;
  terminate(): void;
  unref(): void;
}

/**
 * Milliseconds from the end of its unit to the end of a thread. Node 20 aborts the whole process
 * now and then when a thread ends while V8 still optimizes functions of it in the background.
 */
const idleTime = 500;

/** Who waits for the unit that runs. */
interface Running {
  onLoss(loss: number): void;
  resolve(outcome: UnitOutcome): void;
  reject(reason: unknown): void;
}

declare const process: {
  getBuiltinModule(name: "node:worker_threads"): { readonly Worker: new (url: URL) => NodeWorker };
};

function connect(
  onReport: (report: WorkerReport) => void,
  onFailure: (error: Error) => void,
): Connection {
  if (typeof Worker !== "undefined") {
    // Written out like this, bundlers find the file.
    const worker = new Worker(new URL("./unit-worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => onReport(data as WorkerReport);
    worker.onerror = (event) => {
      event.preventDefault();
      onFailure(new Error(event.message || "its file could not be loaded"));
    };
    return { post: (command) => worker.postMessage(command), close: () => worker.terminate() };
  }
  const { Worker: NodeWorker } = process.getBuiltinModule("node:worker_threads");
  const worker = new NodeWorker(new URL("./unit-worker.js", import.meta.url));
  worker.on("message", onReport);
  worker.on("error", onFailure);
  worker.on("exit", (code) => onFailure(new Error(`it ended early, code ${code}`)));
  const close = () => {
    worker.postMessage({ type: "cancel" });
    worker.unref();
    (setTimeout(() => worker.terminate(), idleTime) as unknown as { unref(): void }).unref();
  };
  return { post: (command) => worker.postMessage(command), close };
}

/**
 * Starts a worker and waits until its kernels are loaded.
 *
 * @throws Error where it could not be started
 */
export async function laneInWorker(kernels: Kernels): Promise<Lane> {
  let failure: Error | undefined;
  let onStarted = () => {};
  let onStartFailed = (_reason: unknown) => {};
  let current: Running | undefined;
  /** Fulfilled when the worker has ended its last unit, also one that nobody waits for any more. */
  let whenIdle = Promise.resolve();
  let onIdle = () => {};

  const onFailure = (error: Error) => {
    failure ??= new Error(`a worker failed: ${error.message}`, { cause: error });
    onStartFailed(failure);
    current?.reject(failure);
    onIdle();
  };
  const connection = connect((report) => {
    if (report.type === "ready") onStarted();
    else if (report.type === "failed") onFailure(report.error);
    else if (report.type === "loss") current?.onLoss(report.loss);
    else {
      if (report.type === "outcome") current?.resolve(report.outcome);
      if (report.type === "fault") current?.reject(report.error);
      current = undefined;
      onIdle();
    }
  }, onFailure);

  const run = (unit: Unit, { onLoss, signal }: LaneOptions) =>
    new Promise<UnitOutcome>((resolve, reject) => {
      signal.throwIfAborted();
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          signal.removeEventListener("abort", cancel);
          settle(value);
        };
      const mine = { onLoss, resolve: settled(resolve), reject: settled(reject) };
      const cancel = () => {
        if (current === mine) {
          connection.post({ type: "cancel" });
          current = undefined;
        }
        mine.reject(signal.reason);
      };
      signal.addEventListener("abort", cancel);
      whenIdle.then(() => {
        if (signal.aborted) return;
        if (failure) {
          mine.reject(failure);
          return;
        }
        current = mine;
        whenIdle = new Promise((resolve) => {
          onIdle = resolve;
        });
        connection.post({ type: "run", unit });
      });
    });

  await new Promise<void>((resolve, reject) => {
    onStarted = resolve;
    onStartFailed = reject;
    connection.post({ type: "start", module: kernels.module });
  }).catch((error) => {
    connection.close();
    throw error;
  });
  return {
    load: (data) => connection.post({ type: "load", data }),
    run,
    close: () => {
      onFailure(new Error("its pool was closed"));
      connection.close();
    },
  };
}
