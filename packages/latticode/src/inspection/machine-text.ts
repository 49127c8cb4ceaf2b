import type { MooreMachine } from "@latticode/machines";
import { tableText } from "./number-text.ts";

/** Most states and symbols of a machine that is written out as a table. */
const mostStates = 24;
const mostSymbols = 12;

/** The input of a symbol: 3, or (0, 1). */
export function symbolText({ symbols, inputDim }: MooreMachine, symbol: number): string {
  return vectorText(symbols.subarray(symbol * inputDim, (symbol + 1) * inputDim));
}

/** The output of a state; "-" where nobody sees it. */
export function outputText(machine: MooreMachine, state: number): string {
  const { outputs, outputDim, outputKnown } = machine;
  if (!outputKnown[state]) return "-";
  return vectorText(outputs.subarray(state * outputDim, (state + 1) * outputDim));
}

/** The transition table of a small machine, the size of a larger one. */
export function machineTable(machine: MooreMachine): string[] {
  const { stateCount, inputDim, transitions } = machine;
  const symbolCount = machine.symbols.length / inputDim;
  if (stateCount > mostStates || symbolCount > mostSymbols) {
    return [`  ${stateCount} states, ${symbolCount} symbols: too large for a table here`];
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

export function vectorText(values: ArrayLike<number>): string {
  const list = Array.from(values).join(", ");
  return values.length === 1 ? list : `(${list})`;
}
