import type { System } from "@latticode/machines";

export const bits = Int32Array.of(0, 1);

/** A system whose hidden state is one number. */
export function counterSystem(
  symbols: Int32Array,
  length: number,
  next: (state: number, x: number) => number,
  output: (state: number) => number,
  watch: (state: number) => void = () => {},
): System {
  return {
    hiddenDim: 1,
    inputDim: 1,
    outputDim: 1,
    symbols,
    length,
    initial: Float64Array.of(0),
    step(h, x) {
      const after = h.map((state, row) => next(state, x[row]));
      after.forEach(watch);
      return { h: after, y: Int32Array.from(after, output) };
    },
  };
}
