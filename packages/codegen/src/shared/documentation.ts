/**
 * The lines of a text without control, format (such as those that reverse the direction of text)
 * and surrogate characters, which become spaces; trailing spaces and empty lines around it go.
 */
export function cleanLines(text: string): string[] {
  const lines = text
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => line.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, " ").trimEnd());
  while (lines.length > 0 && lines[0] === "") {
    lines.shift();
  }
  while (lines.length > 0 && lines[lines.length - 1] === "") {
    lines.pop();
  }
  return lines;
}

/** The lines of a text, each behind the mark that makes a line a comment, as in Rust's `///`. */
export function lineComments(mark: string, text: string): string[] {
  // A backslash at the end would take the next line along in some languages.
  return cleanLines(text).map((line) => `${mark} ${line.replace(/\\+$/, "")}`.trimEnd());
}

/** Texts with an empty line between them, without those that are empty. */
export function paragraphs(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text.trim() !== "").join("\n\n");
}
