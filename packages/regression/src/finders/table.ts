import type { Machine } from "@latticode/machines";
import { isComplete } from "@latticode/machines";
import type { Expression, Program } from "@latticode/program";
import {
  add,
  at,
  input,
  integer,
  listOf,
  multiply,
  simplifyProgram,
  state,
  subtract,
} from "@latticode/program";

const mostEntries = 1024;

/**
 * A machine as a program that looks its transitions up: every machine has one, and it says nothing
 * shorter than the machine. Undefined where the machine is not complete, or its inputs leave gaps.
 */
export function tableProgram(machine: Machine): Program | undefined {
  const { inputDim, outputDim, symbols, stateCount, transitions, outputs, outputVectors } = machine;
  const symbolCount = symbols.length / inputDim;
  if (!isComplete(machine)) return undefined;
  if (stateCount * symbolCount > mostEntries) return undefined;
  const least = Array.from({ length: inputDim }, (_, i) => bound(symbols, inputDim, i, Math.min));
  const sizes = least.map((low, i) => bound(symbols, inputDim, i, Math.max) - low + 1);
  if (sizes.reduce((product, size) => product * size, 1) !== symbolCount) return undefined;
  // symbols are in lexicographic order, so this is their number
  let symbol: Expression | undefined;
  for (let i = 0; i < inputDim; i++) {
    const digit = least[i] === 0 ? input(i) : subtract(input(i), integer(least[i]));
    symbol = symbol ? add(multiply(symbol, integer(sizes[i])), digit) : digit;
  }
  const place = add(multiply(state("q"), integer(symbolCount)), symbol!);
  const look = (values: readonly number[]) => at(listOf(values), place);
  const emitted = Array.from({ length: outputDim }, (_, o) =>
    outputDim === 1 ? "y" : `y${o + 1}`,
  );
  return simplifyProgram({
    inputDim,
    state: [
      { name: "q", initial: machine.initial },
      ...emitted.map((name) => ({ name, initial: 0 })),
    ],
    order: "in-place",
    updates: [
      ...emitted.map((target, o) => ({
        target,
        value: look(Array.from(outputs, (row) => outputVectors[row * outputDim + o])),
      })),
      { target: "q", value: look(Array.from(transitions)) },
    ],
    outputs: emitted.map((name) => state(name)),
  });
}

function bound(
  symbols: Int32Array,
  inputDim: number,
  i: number,
  choose: (a: number, b: number) => number,
): number {
  let value = symbols[i];
  for (let at = i; at < symbols.length; at += inputDim) value = choose(value, symbols[at]);
  return value;
}
