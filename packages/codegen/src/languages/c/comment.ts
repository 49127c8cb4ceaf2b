import { block, cleanLines } from "../../shared/documentation.ts";

/** The lines of a C comment with that text, not indented; none when there is no text. */
export function cComment(text: string): string[] {
  // A / after an * ends it, one before an * warns; ?? before a / was an escape once.
  const lines = cleanLines(text).map((line) =>
    line.replaceAll("*/", "* /").replaceAll("/*", "/ *").replaceAll("??", "? ?"),
  );
  const starred = (line: string) => ` * ${line}`.trimEnd();
  const one = (line: string) => `/* ${line.trim()} */`;
  return block(lines, one, ([first, ...rest]) => [
    `/* ${first.trim()}`,
    ...rest.map(starred),
    " */",
  ]);
}
