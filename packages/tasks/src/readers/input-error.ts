/**
 * The examples that a user gave are wrong. The message is one line, `file:line: what is wrong`, and
 * says all that the user needs; any other error is a fault of the program.
 */
export class InputError extends Error {
  override readonly name = "InputError";
}
