/** Milliseconds of computing between two turns for the host's events. */
const interval = 40;

/**
 * A function that lets the host's events run (messages, signals) when it has not done so for a
 * while, and then throws the signal's reason if it is aborted.
 */
export function givingWay(signal: AbortSignal): () => Promise<void> {
  // The clock only decides when the host gets a turn, never what is computed.
  let last = performance.now();
  return async () => {
    if (performance.now() - last > interval) {
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
    signal.throwIfAborted();
  };
}
