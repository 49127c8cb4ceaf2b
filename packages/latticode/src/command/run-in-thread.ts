import { parentPort, Worker, workerData } from "node:worker_threads";
import { limitedStop, type Stage, type Stop } from "../pipeline/stages.ts";
import type { SynthesisEvent } from "../pipeline/synthesize.ts";

/** What a thread tells: what happens, and at last what it came to. */
type Message<Result> =
  | { readonly type: "event"; readonly event: SynthesisEvent }
  | { readonly type: "result"; readonly result: Result };

/** The part of a job that says how long it may take. */
export interface LimitedJob {
  /** Seconds after which the work is to end with what it has. */
  readonly timeLimit: number | undefined;
  /** Those of them that are left. */
  readonly secondsLeft: number | undefined;
}

/** How far stages had got when their thread was ended. */
interface Ended {
  readonly solved: false;
  readonly stopped: Stop;
  readonly seconds: Readonly<Partial<Record<Stage, number>>>;
}

export interface ThreadOptions<Result> {
  readonly onEvent: (event: SynthesisEvent) => void;
  /**
   * Called a second after the limit, where the thread goes on: what to end it with, or undefined to
   * leave it alone.
   */
  readonly endAtLimit: (ended: (soFar?: string) => Ended) => Promise<Result> | undefined;
}

/** Seconds that a stage may go on beyond the limit before the thread is ended. */
const grace = 1;

/**
 * Runs the stages of a job in a thread of its own, so that an interrupt is answered at once and the
 * live line keeps moving while a stage computes.
 *
 * @param module the thread's code, which calls `workInThread`
 * @param job the thread's `workerData`
 * @throws whatever the thread ended with
 */
export function runInThread<Result>(
  module: URL,
  job: LimitedJob,
  options: ThreadOptions<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(module, { workerData: job });
    let stage: Stage = "examples";
    const seconds: Partial<Record<Stage, number>> = {};
    let terminated = false;
    const atLimit = async () => {
      const limit = AbortSignal.abort(limitReached(job));
      const ending = options.endAtLimit((soFar) => {
        return { solved: false, stopped: limitedStop(stage, limit, soFar), seconds };
      });
      if (!ending) return;
      terminated = true;
      await worker.terminate();
      resolve(await ending);
    };
    const { secondsLeft } = job;
    // The worker keeps the process alive, the timer must not.
    if (secondsLeft !== undefined) setTimeout(atLimit, 1000 * (secondsLeft + grace)).unref();

    worker.on("message", (message: Message<Result>) => {
      if (message.type === "result") return resolve(message.result);
      const { event } = message;
      if (event.type === "start") stage = event.stage;
      if (event.type === "finish") seconds[event.stage] = event.seconds;
      options.onEvent(event);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      if (!terminated) reject(new Error(`the thread ended early, code ${code}`));
    });
  });
}

/** What the thread's code does: works on the job until it is done or the limit is reached. */
export async function workInThread<Job extends LimitedJob, Result>(
  work: (
    job: Job,
    options: {
      readonly limit: AbortSignal;
      readonly onProgress: (event: SynthesisEvent) => void;
    },
  ) => Promise<Result>,
): Promise<void> {
  const job = workerData as Job;
  const post = (message: Message<Result>) => parentPort?.postMessage(message);
  const limit = new AbortController();
  const { secondsLeft } = job;
  const timer =
    secondsLeft === undefined
      ? undefined
      : setTimeout(() => limit.abort(limitReached(job)), 1000 * secondsLeft);
  const onProgress = (event: SynthesisEvent) => post({ type: "event", event });
  const result = await work(job, { limit: limit.signal, onProgress });
  clearTimeout(timer);
  post({ type: "result", result });
}

function limitReached({ timeLimit }: LimitedJob): Error {
  return new Error(`the time limit of ${timeLimit} s has been reached`);
}
