import { block, cleanLines } from "../../shared/documentation.ts";

/** The lines of a JSDoc comment with that text, not indented; none when there is no text. */
export function jsDocComment(text: string): string[] {
  const lines = cleanLines(text).map((line) => line.replaceAll("*/", "*\\/"));
  const starred = (line: string) => ` * ${line}`.trimEnd();
  const one = (line: string) => `/** ${line.trim()} */`;
  return block(lines, one, (all) => ["/**", ...all.map(starred), " */"]);
}
