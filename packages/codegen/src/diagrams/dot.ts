import { lineComments } from "../shared/documentation.ts";
import { edgesOf, stateNames } from "./edges.ts";
import type { DrawnMachine } from "./machine-text.ts";
import { outputText } from "./machine-text.ts";

/** In a line of an edge's label. */
const maxLineLength = 14;

/**
 * A machine in Graphviz' language, the docstring in comments before it. States carry their output,
 * edges their inputs.
 */
export function machineDot(machine: DrawnMachine, docstring = ""): string {
  const { initial } = machine;
  return [
    ...lineComments("//", docstring),
    "digraph machine {",
    "  rankdir=LR; nodesep=0.4; ranksep=0.6;",
    '  node [shape=circle, fontname="Helvetica, Arial, sans-serif", fontsize=12, margin=0.04];',
    '  edge [fontname="Helvetica, Arial, sans-serif", fontsize=11, color="#555555"];',
    '  start [shape=point, width=0.1, label=""];',
    ...stateNames(machine).map((name, state) => {
      const label = `${name}\\ny = ${outputText(machine, state)}`;
      return `  ${name} [label="${label}"];`;
    }),
    `  start -> s${initial};`,
    ...edgesOf(machine).map(
      ({ from, to, parts }) => `  s${from} -> s${to} [label="${dotLabel(parts)}"];`,
    ),
    "}",
    "",
  ].join("\n");
}

/** Parts in lines, which keeps edges short; spaces at both ends keep them off the edge. */
function dotLabel(parts: readonly string[]): string {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines[lines.length - 1];
    const joined = last === undefined ? part : `${last}, ${part}`;
    if (joined.length > maxLineLength) lines.push(part);
    else lines.splice(-1, 1, joined);
  }
  return lines.map((line) => ` ${line} `).join("\\n");
}
