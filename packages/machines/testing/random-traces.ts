import type { DrawInteger, Examples } from "@latticode/program";
import type { Machine } from "../src/machine.ts";
import { symbolCountOf } from "../src/machine.ts";

/** What a complete machine with one input and one output does on random words. */
export function randomTraces(
  machine: Machine,
  { count, length }: Pick<Examples, "count" | "length">,
  draw: DrawInteger,
): Examples {
  const symbolCount = symbolCountOf(machine);
  const x = new Int32Array(count * length);
  const y = new Int32Array(count * length);
  for (let i = 0; i < count; i++) {
    let state = machine.initial;
    for (let at = i * length; at < (i + 1) * length; at++) {
      const symbol = draw(0, symbolCount - 1);
      x[at] = machine.symbols[symbol];
      y[at] = machine.outputVectors[machine.outputs[state * symbolCount + symbol]];
      state = machine.transitions[state * symbolCount + symbol];
    }
  }
  return { count, length, inputDim: 1, outputDim: 1, x, y };
}
