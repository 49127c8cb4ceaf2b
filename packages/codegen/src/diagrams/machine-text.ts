/** What is drawn of a Moore machine of `@latticode/machines`. */
export interface DrawnMachine {
  readonly inputDim: number;
  readonly outputDim: number;
  /** The input of each symbol: [symbolCount, inputDim] */
  readonly symbols: ArrayLike<number>;
  readonly stateCount: number;
  readonly initial: number;
  /** Next state: [stateCount, symbolCount]; -1 where it is unknown */
  readonly transitions: ArrayLike<number>;
  /** [stateCount, outputDim] */
  readonly outputs: ArrayLike<number>;
  /** [stateCount]: 0 where nobody sees an output */
  readonly outputKnown: ArrayLike<number>;
}

function vectorOf(values: ArrayLike<number>, index: number, size: number): string {
  return vectorText(Array.from({ length: size }, (_, i) => values[index * size + i]));
}

/** The input of a symbol: 3, or (0, 1). */
export function symbolText({ symbols, inputDim }: DrawnMachine, symbol: number): string {
  return vectorOf(symbols, symbol, inputDim);
}

/** The output of a state; "-" where nobody sees it. */
export function outputText(machine: DrawnMachine, state: number): string {
  return machine.outputKnown[state] ? vectorOf(machine.outputs, state, machine.outputDim) : "-";
}

/** 3, or (0, 1). */
function vectorText(values: ArrayLike<number>): string {
  const list = Array.from(values).join(", ");
  return values.length === 1 ? list : `(${list})`;
}
