import { block, cleanLines } from "../../shared/documentation.ts";

/** The lines of a Python docstring with that text, not indented; none when there is no text. */
export function pythonDocstring(text: string): string[] {
  // An escaped quote wherever another or the end of the line follows leaves no three in a row and
  // none before the closing ones.
  const lines = cleanLines(text).map((line) =>
    line.replaceAll("\\", "\\\\").replace(/"(?="|$)/g, '\\"'),
  );
  const one = (line: string) => `"""${line}"""`;
  return block(lines, one, ([first, ...rest]) => [`"""${first}`, ...rest, '"""']);
}
