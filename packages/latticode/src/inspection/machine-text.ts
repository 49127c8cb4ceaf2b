import { outputText, symbolText } from "@latticode/codegen";
import type { MooreMachine } from "@latticode/machines";
import { tableText } from "./number-text.ts";

/** Most states and symbols of a machine that is written out as a table. */
const mostStates = 24;
const mostSymbols = 12;

/** The transition table of a small machine, the size of a larger one. */
export function machineTable(machine: MooreMachine): string[] {
  const { stateCount, inputDim, transitions } = machine;
  const symbolCount = machine.symbols.length / inputDim;
  if (stateCount > mostStates || symbolCount > mostSymbols) {
    return [`  ${stateCount} states, ${symbolCount} symbols: too large to show`];
  }
  const symbols = Array.from({ length: symbolCount }, (_, symbol) => symbolText(machine, symbol));
  const header = ["state", "output", ...symbols.map((symbol) => `on ${symbol}`)];
  const rows = Array.from({ length: stateCount }, (_, state) => [
    `s${state}${state === machine.initial ? " (start)" : ""}`,
    outputText(machine, state),
    ...symbols.map((_, symbol) => {
      const target = transitions[state * symbolCount + symbol];
      return target < 0 ? "?" : `s${target}`;
    }),
  ]);
  return tableText([header, ...rows]);
}
