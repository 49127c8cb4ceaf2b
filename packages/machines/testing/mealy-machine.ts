import type { Machine, MooreMachine } from "@latticode/machines";

/** The same behaviour with outputs on transitions. */
export function mealyMachine(moore: MooreMachine): Machine {
  const { inputDim, outputDim, symbols, stateCount, initial, transitions } = moore;
  return {
    inputDim,
    outputDim,
    symbols,
    stateCount,
    initial,
    transitions,
    outputVectors: moore.outputs,
    outputs: firstEqualRows(moore)(transitions),
  };
}

/** States to the first state of equal output, so that equal outputs have equal numbers. */
function firstEqualRows({ stateCount, outputDim, outputs, outputKnown }: MooreMachine) {
  const first = new Map<string, number>();
  const representative = new Int32Array(stateCount).map((_, state) => {
    if (!outputKnown[state]) return -1;
    const key = outputs.subarray(state * outputDim, (state + 1) * outputDim).join();
    if (!first.has(key)) first.set(key, state);
    return first.get(key)!;
  });
  return (states: Int32Array) => states.map((state) => (state < 0 ? -1 : representative[state]));
}
