import { cleanLines } from "../../shared/documentation.ts";

/** The lines of a JSDoc comment with that text, not indented; none when there is no text. */
export function jsDocComment(text: string): string[] {
  const lines = cleanLines(text).map((line) => line.replaceAll("*/", "*\\/"));
  if (lines.length === 0) {
    return [];
  }
  if (lines.length === 1) {
    return [`/** ${lines[0].trim()} */`];
  }
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"];
}
