/** Milliseconds of computing between two turns for the host's events. */
const interval = 40;

/**
 * Lets the host's events run (messages, signals, timers), then goes on.
 *
 * @throws the signal's reason when it is aborted
 */
export async function pause(signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, 0));
  signal?.throwIfAborted();
}

/**
 * A function to call often, which pauses when the host has not had a turn for a while. Each call
 * throws the signal's reason if it is aborted.
 */
export function givingWay(signal: AbortSignal | undefined): () => Promise<void> {
  // The clock only decides when the host gets a turn, never what is computed.
  let last = performance.now();
  return async () => {
    if (performance.now() - last > interval) {
      await pause(signal);
      last = performance.now();
    }
    signal?.throwIfAborted();
  };
}
