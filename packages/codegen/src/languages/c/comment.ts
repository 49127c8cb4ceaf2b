import { cleanLines } from "../../shared/documentation.ts";

/** The lines of a C comment with that text, not indented; none when there is no text. */
export function cComment(text: string): string[] {
  // A / after an * ends it, one before an * warns; ?? before a / was an escape once.
  const lines = cleanLines(text).map((line) =>
    line.replaceAll("*/", "* /").replaceAll("/*", "/ *").replaceAll("??", "? ?"),
  );
  if (lines.length === 0) {
    return [];
  }
  if (lines.length === 1) {
    return [`/* ${lines[0].trim()} */`];
  }
  return [`/* ${lines[0].trim()}`, ...lines.slice(1).map((line) => ` * ${line}`.trimEnd()), " */"];
}
