import { InputError } from "./input-error.ts";

/**
 * A line is one sequence, so a longer one is no file of lines; held whole, it could fill memory.
 */
const longestLine = 2 ** 26;

/**
 * The lines of a UTF-8 file that comes in pieces, without their ends (LF or CR LF), held one piece
 * and one line at a time. Throws an InputError for a line of more than 2^26 characters; `name` is
 * the file's name for it.
 */
export async function* splitLines(
  pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  options: { readonly name: string },
): AsyncGenerator<string, void, undefined> {
  let line = 1;
  let rest = "";
  for await (const text of decodeText(pieces)) {
    const lines = text.split("\n");
    lines[0] = rest + lines[0];
    rest = lines.pop() as string;
    for (const whole of lines) yield whole.endsWith("\r") ? whole.slice(0, -1) : whole;
    line += lines.length;
    if (rest.length > longestLine) {
      throw new InputError(
        `${options.name}:${line}: the line is longer than ${longestLine} characters; a line ` +
          "is one sequence",
      );
    }
  }
  if (rest !== "") yield rest;
}

/** The text of a UTF-8 file that comes in pieces, without its byte order mark. */
export async function* decodeText(
  pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  for await (const piece of pieces) {
    yield typeof piece === "string" ? piece : decoder.decode(piece, { stream: true });
  }
  yield decoder.decode();
}
