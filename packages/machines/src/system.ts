import { distinctInputs, numberKeys, type Recurrent } from "@latticode/network";
import { drawIntegers } from "@latticode/program";
import type { Rejection } from "./rejection.ts";

/**
 * What a machine is recovered from: a recurrent network that is only ever stepped, with the inputs
 * that it knows. Its step is given finite states. Words longer than `length` are never asked.
 */
export interface System extends Omit<Recurrent, "run" | "affine"> {
  /** The inputs that it knows, in lexicographic order: [symbolCount, inputDim] */
  readonly symbols: Int32Array;
  /** The length that it was trained on. */
  readonly length: number;
}

/** A hidden state that is not a finite number: there is no machine. */
export class DivergenceError extends Error {}

/** A network as a system. A step throws DivergenceError where a state is not a finite number. */
export function systemOf(
  recurrent: Recurrent,
  { symbols, length }: Pick<System, "symbols" | "length">,
): System {
  const { inputDim, outputDim, hiddenDim, initial } = recurrent;
  return {
    ...{ inputDim, outputDim, hiddenDim, initial, symbols, length },
    step(h, x) {
      const after = recurrent.step(h, x);
      if (!after.h.every(Number.isFinite)) {
        throw new DivergenceError("a hidden state is not a finite number");
      }
      return after;
    },
  };
}

/**
 * The distinct inputs among x [rows, inputDim], in lexicographic order: [symbolCount, inputDim].
 *
 * @param limit most symbols, 512 unless told
 */
export function observedSymbols(
  x: Int32Array,
  inputDim: number,
  limit = 512,
): Int32Array | Rejection {
  const inputs = distinctInputs(x, inputDim, limit);
  if (!inputs) return { rejected: `machine: the inputs take more than ${limit} distinct values` };
  inputs.sort((a, b) => {
    const at = a.findIndex((value, i) => value !== b[i]);
    return at < 0 ? 0 : a[at] - b[at];
  });
  const symbols = new Int32Array(inputs.length * inputDim);
  inputs.forEach((input, i) => {
    symbols.set(input, i * inputDim);
  });
  return symbols;
}

/** The states after a symbol each: h [rows, hiddenDim], symbols [rows]. */
export function stepBy(system: System, h: Float64Array, symbols: Int32Array) {
  const { inputDim } = system;
  const x = new Int32Array(symbols.length * inputDim);
  for (let i = 0; i < symbols.length; i++) {
    for (let j = 0; j < inputDim; j++) {
      x[i * inputDim + j] = system.symbols[symbols[i] * inputDim + j];
    }
  }
  return system.step(h, x);
}

/** Every state followed by every symbol: h [rows, hiddenDim] to [rows, symbolCount, hiddenDim]. */
export function stepByAll(system: System, h: Float64Array) {
  const { hiddenDim, inputDim } = system;
  const symbolCount = system.symbols.length / inputDim;
  const rows = (h.length / hiddenDim) * symbolCount;
  const from = new Float64Array(rows * hiddenDim);
  const by = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const source = Math.floor(row / symbolCount) * hiddenDim;
    for (let j = 0; j < hiddenDim; j++) from[row * hiddenDim + j] = h[source + j];
    by[row] = row % symbolCount;
  }
  return stepBy(system, from, by);
}

/** Numbers distinct rows of `width` integers in the order in which they turn up. */
export interface RowNumbers {
  /** The numbers of values [rows, width]: [rows] */
  of(values: Int32Array): Int32Array;
  /** The distinct rows so far: [count, width] */
  rows(): Int32Array;
}

export function numberRows(width: number): RowNumbers {
  const numberOf = numberKeys<number | string>();
  const rows: number[] = [];
  return {
    of(values) {
      const result = new Int32Array(values.length / width);
      for (let i = 0; i < result.length; i++) {
        const row = width === 1 ? undefined : values.subarray(i * width, (i + 1) * width);
        result[i] = numberOf(row === undefined ? values[i] : row.join());
        if (result[i] * width === rows.length) rows.push(...(row ?? [values[i]]));
      }
      return result;
    },
    rows: () => Int32Array.from(rows),
  };
}

/** Random words and what a system does on them. */
export interface Sample {
  readonly count: number;
  readonly length: number;
  /** Every symbol equally likely: [count, length] */
  readonly words: Int32Array;
  /** Hidden states after each position: [length][count, hiddenDim] */
  readonly states: readonly Float64Array[];
  /** Outputs there: [length][count, outputDim] */
  readonly outputs: readonly Int32Array[];
}

/**
 * The system on words of its length, all equally likely.
 *
 * @param seed an integer from 0 to 2^32 - 1
 */
export function sampleWords(system: System, count: number, seed: number): Sample {
  const { length, hiddenDim, initial } = system;
  const words = randomSymbols(system.symbols.length / system.inputDim, count * length, seed);
  const starts = new Float64Array(count * hiddenDim);
  for (let i = 0; i < count; i++) starts.set(initial, i * hiddenDim);
  let h: Float64Array = starts;
  const states: Float64Array[] = [];
  const outputs: Int32Array[] = [];
  for (let t = 0; t < length; t++) {
    const by = new Int32Array(count);
    for (let i = 0; i < count; i++) by[i] = words[i * length + t];
    const stepped = stepBy(system, h, by);
    h = stepped.h;
    states.push(stepped.h);
    outputs.push(stepped.y);
  }
  return { count, length, words, states, outputs };
}

function randomSymbols(symbolCount: number, count: number, seed: number): Int32Array {
  // one draw gives the digits of as many symbols as fit into 32 bits
  let digits = 1;
  let range = symbolCount;
  for (; digits < 32 && range * symbolCount <= 2 ** 32; digits++) range *= symbolCount;
  const draw = drawIntegers(seed, 0);
  const symbols = new Int32Array(count);
  for (let i = 0; i < count; i += digits) {
    let rest = draw(0, range - 1);
    for (let j = i; j < Math.min(count, i + digits); j++) {
      symbols[j] = rest % symbolCount;
      rest = Math.floor(rest / symbolCount);
    }
  }
  return symbols;
}
