/**
 * The lines of a text without control, format (such as those that reverse the direction of text)
 * and surrogate characters, which become spaces; trailing spaces and empty lines around it go.
 */
export function cleanLines(text: string): string[] {
  const lines = text
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => line.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, " ").trimEnd());
  const isText = (line: string) => line !== "";
  return lines.slice(lines.findIndex(isText), lines.findLastIndex(isText) + 1);
}

/** A block of documentation in the form of its number of lines; no lines where it has none. */
export function block(
  lines: readonly string[],
  one: (line: string) => string,
  several: (lines: readonly string[]) => string[],
): string[] {
  return lines.length === 0 ? [] : lines.length === 1 ? [one(lines[0])] : several(lines);
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
