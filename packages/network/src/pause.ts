/**
 * Lets other work of the host run (messages, signals, timers), then goes on.
 *
 * @throws the signal's reason when it was aborted
 */
export async function pause(signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, 0));
  signal?.throwIfAborted();
}
