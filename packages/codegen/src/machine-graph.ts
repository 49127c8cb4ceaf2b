import { lineComments } from "./documentation.ts";
import type { DrawnMachine } from "./machine-text.ts";
import { outputText, symbolText } from "./machine-text.ts";

/** All symbols that lead from one state to another, as one edge. */
interface Edge {
  readonly from: number;
  readonly to: number;
  /** Symbols and runs of them. */
  readonly parts: readonly string[];
}

const mostParts = 8;
/** In a line of an edge's label. */
const mostCharacters = 14;

/** A machine in Graphviz' language, the docstring in comments before it. States carry their output, edges their inputs. */
export function machineDot(machine: DrawnMachine, docstring = ""): string {
  const { initial } = machine;
  return [
    ...lineComments("//", docstring),
    "digraph machine {",
    "  rankdir=LR; nodesep=0.4; ranksep=0.6;",
    '  node [shape=circle, fontname="Helvetica, Arial, sans-serif", fontsize=12, margin=0.04];',
    '  edge [fontname="Helvetica, Arial, sans-serif", fontsize=11, color="#555555"];',
    '  start [shape=point, width=0.1, label=""];',
    ...states(machine).map((name, state) => {
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

/** A machine as a Mermaid state diagram, the docstring in comments before it. */
export function machineMermaid(machine: DrawnMachine, docstring = ""): string {
  return [
    // Mermaid takes what is in braces after the mark for a directive.
    ...lineComments("%%", docstring.replace(/[{}]/g, " ")),
    "stateDiagram-v2",
    "    direction LR",
    ...states(machine).map(
      (name, state) => `    state "${name}, y = ${outputText(machine, state)}" as ${name}`,
    ),
    `    [*] --> s${machine.initial}`,
    ...edgesOf(machine).map(
      ({ from, to, parts }) => `    s${from} --> s${to} : ${parts.join(", ")}`,
    ),
    "",
  ].join("\n");
}

function states({ stateCount }: DrawnMachine): string[] {
  return Array.from({ length: stateCount }, (_, state) => `s${state}`);
}

function edgesOf(machine: DrawnMachine): Edge[] {
  const { stateCount, symbols, inputDim, transitions } = machine;
  const symbolCount = symbols.length / inputDim;
  return Array.from({ length: stateCount }, (_, from) => {
    const byTarget = new Map<number, number[]>();
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const to = transitions[from * symbolCount + symbol];
      if (to < 0) continue;
      byTarget.set(to, [...(byTarget.get(to) ?? []), symbol]);
    }
    return [...byTarget]
      .sort(([a], [b]) => a - b)
      .map(([to, by]) => ({ from, to, parts: edgeParts(machine, by) }));
  }).flat();
}

/** Symbols with runs of integers drawn together: 0, 3..9. */
function edgeParts(machine: DrawnMachine, by: readonly number[]): string[] {
  const { symbols, inputDim } = machine;
  const parts: string[] = [];
  for (let i = 0; i < by.length; i++) {
    const first = i;
    if (inputDim === 1) {
      while (i + 1 < by.length && symbols[by[i + 1]] === symbols[by[i]] + 1) i++;
    }
    const name = symbolText(machine, by[first]);
    if (i === first + 1) i = first;
    parts.push(i > first ? `${name}..${symbols[by[i]]}` : name);
  }
  if (parts.length <= mostParts) return parts;
  return [...parts.slice(0, mostParts - 1), `${parts.length - mostParts + 1} more`];
}

/** Parts in lines, which keeps edges short; spaces at both ends keep them off the edge. */
function dotLabel(parts: readonly string[]): string {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines[lines.length - 1];
    const joined = last === undefined ? part : `${last}, ${part}`;
    if (joined.length > mostCharacters) lines.push(part);
    else lines.splice(-1, 1, joined);
  }
  return lines.map((line) => ` ${line} `).join("\\n");
}
