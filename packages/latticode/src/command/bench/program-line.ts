import type { Program } from "@latticode/program";

/**
 * A program in one line, `b = b + x > 1; output b`: what the loop of its Python text does, and the
 * start values that are not 0.
 */
export function programLine(program: Program, python: string): string {
  const lines = python.split("\n");
  const loop = lines.findIndex((line) => /^\s+for .*:$/.test(line));
  const indentOf = (line: string) => line.search(/\S/);
  const statements: string[] = [];
  for (const line of lines.slice(loop + 1)) {
    if (indentOf(line) <= indentOf(lines[loop])) break;
    const output = /^\s*ys\.append\((.*)\)$/.exec(line);
    statements.push(output ? `output ${output[1]}` : line.trim());
  }
  const starts = program.state
    .filter(({ initial }) => initial !== 0)
    .map(({ name, initial }) => `${name} = ${JSON.stringify(initial)}`);
  const from = starts.length > 0 ? ` from ${starts.join(", ")}` : "";
  return `${statements.join("; ")}${from}`;
}
