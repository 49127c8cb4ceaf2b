import type { MooreMachine } from "@latticode/machines";

/** Whether the last digit was 0, and what follows a 9 is unknown. */
export const digitMachine: MooreMachine = {
  inputDim: 1,
  outputDim: 1,
  symbols: Int32Array.from({ length: 10 }, (_, i) => i),
  stateCount: 2,
  initial: 0,
  transitions: Int32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 1, -1, 1, 0, 0, 0, 0, 0, 0, 0, 0, -1),
  outputs: Int32Array.of(0, -1),
  outputKnown: Uint8Array.of(0, 1),
};
