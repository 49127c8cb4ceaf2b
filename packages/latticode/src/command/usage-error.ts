/** What the user asked for cannot be done; the message is one line and says all that is needed. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
