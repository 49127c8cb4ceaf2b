import { cleanLines } from "../../shared/documentation.ts";

/** The lines of a Python docstring with that text, not indented; none when there is no text. */
export function pythonDocstring(text: string): string[] {
  // An escaped quote wherever another or the end of the line follows leaves no three in a row and
  // none before the closing ones.
  const lines = cleanLines(text).map((line) =>
    line.replaceAll("\\", "\\\\").replace(/"(?="|$)/g, '\\"'),
  );
  if (lines.length === 0) {
    return [];
  }
  lines[0] = `"""${lines[0]}`;
  if (lines.length === 1) {
    return [`${lines[0]}"""`];
  }
  return [...lines, '"""'];
}
