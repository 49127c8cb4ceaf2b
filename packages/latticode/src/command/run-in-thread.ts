import { Worker } from "node:worker_threads";

/** What a thread tells: what happens, and at last what it came to. */
export type Message<Event, Result> =
  | { readonly type: "event"; readonly event: Event }
  | { readonly type: "result"; readonly result: Result };

export interface ThreadOptions<Event, Result> {
  readonly onEvent: (event: Event) => void;
  /** Seconds that the work may take. */
  readonly secondsLeft: number | undefined;
  /**
   * Called a second after that, where the thread goes on: what to end it with, or undefined to leave
   * it alone.
   */
  readonly endAtLimit: () => Promise<Result> | undefined;
}

/** Seconds that a stage may go on beyond the limit before the thread is ended. */
const grace = 1;

/**
 * Runs a job in a thread of its own, so that an interrupt is answered at once and the live line keeps
 * moving while a stage computes.
 *
 * @param module the thread's code
 * @param job the thread's `workerData`
 * @throws whatever the thread ended with
 */
export function runInThread<Event, Result>(
  module: URL,
  job: unknown,
  options: ThreadOptions<Event, Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(module, { workerData: job });
    let terminated = false;
    const atLimit = async () => {
      const ending = options.endAtLimit();
      if (!ending) return;
      terminated = true;
      await worker.terminate();
      resolve(await ending);
    };
    const { secondsLeft } = options;
    // The worker keeps the process alive, the timer must not.
    if (secondsLeft !== undefined) setTimeout(atLimit, 1000 * (secondsLeft + grace)).unref();

    worker.on("message", (message: Message<Event, Result>) => {
      if (message.type === "result") resolve(message.result);
      else options.onEvent(message.event);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      if (!terminated) reject(new Error(`the thread ended early, code ${code}`));
    });
  });
}

/** Why a job ends at its limit. */
export function limitReached({ timeLimit }: { readonly timeLimit: number | undefined }): Error {
  return new Error(`the time limit of ${timeLimit} s has been reached`);
}
