import type { DrawnMachine } from "./machine-text.ts";
import { symbolText } from "./machine-text.ts";

/** All symbols that lead from one state to another, as one edge. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  /** Symbols and runs of them. */
  readonly parts: readonly string[];
}

const maxParts = 8;

/** The names of all states in drawings. */
export function stateNames({ stateCount }: DrawnMachine): string[] {
  return Array.from({ length: stateCount }, (_, state) => `s${state}`);
}

/** The edges of a machine, by state and then by the state that they lead to. */
export function edgesOf(machine: DrawnMachine): Edge[] {
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
  if (parts.length <= maxParts) return parts;
  return [...parts.slice(0, maxParts - 1), `${parts.length - maxParts + 1} more`];
}
