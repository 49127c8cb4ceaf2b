import { numberKeys } from "@latticode/network";
import { type Machine, symbolCountOf } from "./machine.ts";

/** A finite machine in the manner of Moore: the state reached decides the output. Plain data. */
export interface MooreMachine extends Omit<Machine, "outputVectors"> {
  /** [stateCount, outputDim] */
  readonly outputs: Int32Array;
  /**
   * [stateCount]: 0 where no output was observed (the start, unless something returns to it), else
   * 1
   */
  readonly outputKnown: Uint8Array;
}

/**
 * The same behaviour with outputs on states: a state of the Mealy machine together with the output
 * on the way in. Minimal where the Mealy machine is: two of its states differ in their output or in
 * their future. The start, whose output nobody sees, is a state that looks the same from then on
 * where there is one. Transitions of unknown target or output are unknown.
 */
export function mooreMachine(machine: Machine): MooreMachine {
  const { inputDim, outputDim, symbols, outputVectors } = machine;
  const symbolCount = symbolCountOf(machine);
  const reached: { readonly state: number; readonly output: number }[] = [];
  const numberOfKey = numberKeys<number>();
  const rows: number[][] = [];
  const outputCount = outputVectors.length / outputDim;
  const numberOf = (state: number, output: number) => {
    const number = numberOfKey(state * (outputCount + 1) + output + 1);
    if (number === reached.length) reached.push({ state, output });
    return number;
  };
  numberOf(machine.initial, -1);
  for (let i = 0; i < reached.length; i++) {
    const from = reached[i].state * symbolCount;
    rows.push(
      Array.from({ length: symbolCount }, (_, symbol) => {
        const target = machine.transitions[from + symbol];
        const output = machine.outputs[from + symbol];
        return target < 0 || output < 0 ? -1 : numberOf(target, output);
      }),
    );
  }
  // the start again with an output known, as the same future is the same state to those who look on
  const twin = reached.findIndex((r, i) => i > 0 && r.state === machine.initial);
  const kept = reached.map((_, i) => i).filter((i) => i > 0 || twin < 0);
  if (twin >= 0) {
    kept.splice(kept.indexOf(twin), 1);
    kept.unshift(twin);
  }
  const place = new Map(kept.map((old, i) => [old, i]));
  const outputs = new Int32Array(kept.length * outputDim);
  kept.forEach((old, i) => {
    const { output } = reached[old];
    if (output < 0) return;
    outputs.set(
      outputVectors.subarray(output * outputDim, (output + 1) * outputDim),
      i * outputDim,
    );
  });
  return {
    inputDim,
    outputDim,
    symbols,
    stateCount: kept.length,
    initial: 0,
    transitions: Int32Array.from(kept.flatMap((old) => rows[old].map((t) => place.get(t) ?? t))),
    outputs,
    outputKnown: Uint8Array.from(kept, (old) => (reached[old].output < 0 ? 0 : 1)),
  };
}
