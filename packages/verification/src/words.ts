import { numberOutputs, programWalker, type Walker } from "@latticode/machines";
import type { Recurrent } from "@latticode/network";
import { pause } from "@latticode/network";
import type { Program } from "@latticode/program";

/**
 * Where a program first differs from a network among all words: a place among those of a length.
 */
export interface Difference {
  readonly depth: number;
  /** Which word of that many positions, in the order of `wordsOf`. */
  readonly number: number;
}

export interface WordsResult {
  /** Positions that differ, over all words of the full length. */
  readonly wrong: number;
  readonly first?: Difference;
}

/** States that are taken further at once. */
const mostRows = 1 << 14;

/**
 * Compares a program with the network's rounded outputs on all words over an alphabet. Words share
 * their beginnings, so every prefix is computed once: the network in batches, the program by state.
 *
 * @param symbols [n, inputDim]
 * @returns undefined where the program fails on a word, or grows too much to be numbered
 */
export async function compareOnAllWords(
  program: Program,
  network: Recurrent,
  words: { readonly symbols: Int32Array; readonly length: number },
  options: { readonly signal?: AbortSignal | undefined },
): Promise<WordsResult | undefined> {
  const { symbols, length } = words;
  const { inputDim, outputDim, hiddenDim } = network;
  const symbolCount = symbols.length / inputDim;
  const { walker, outputs } = numberedProgram(program, symbols);
  const most = Math.max(1, Math.floor(mostRows / symbolCount));
  // how many words of the full length begin with one of so many positions
  const weights = new Array<number>(length + 1).fill(1);
  for (let depth = length - 1; depth >= 0; depth--)
    weights[depth] = weights[depth + 1] * symbolCount;
  let wrong = 0;
  let first: Difference | undefined;

  /**
   * All words that begin with some, row i being number `from + i` of its length; false where it
   * ends.
   */
  const extend = async (h: Float64Array, states: Int32Array, from: number, depth: number) => {
    for (let low = 0; low < states.length; low += most) {
      const high = Math.min(states.length, low + most);
      await pause(options.signal);
      const rows = (high - low) * symbolCount;
      const before = new Float64Array(rows * hiddenDim);
      const x = new Int32Array(rows * inputDim);
      for (let row = 0; row < rows; row++) {
        const parent = low + Math.floor(row / symbolCount);
        for (let k = 0; k < hiddenDim; k++) before[row * hiddenDim + k] = h[parent * hiddenDim + k];
        const symbol = (row % symbolCount) * inputDim;
        for (let k = 0; k < inputDim; k++) x[row * inputDim + k] = symbols[symbol + k];
      }
      const after = network.step(before, x);
      const next = new Int32Array(rows);
      for (let row = 0; row < rows; row++) {
        const step = walker.step(states[low + Math.floor(row / symbolCount)], row % symbolCount);
        if (step.output < 0 || (step.next < 0 && depth + 1 < length)) return false;
        next[row] = step.next;
        const given = outputs[step.output];
        for (let k = 0; k < outputDim; k++) {
          if (given[k] === after.y[row * outputDim + k]) continue;
          wrong += weights[depth + 1];
          const number = (from + low) * symbolCount + row;
          first ??= { depth: depth + 1, number };
          break;
        }
      }
      const goesOn = depth + 1 < length;
      const number = (from + low) * symbolCount;
      if (goesOn && !(await extend(after.h, next, number, depth + 1))) return false;
    }
    return true;
  };
  const isWhole =
    walker.initial >= 0 && (await extend(network.initial, Int32Array.of(walker.initial), 0, 0));
  return isWhole ? { wrong, ...(first && { first }) } : undefined;
}

/** A program as a walker, with the outputs that its numbers mean. */
function numberedProgram(program: Program, symbols: Int32Array) {
  const outputs: (readonly (number | bigint)[])[] = [];
  const numberOf = numberOutputs();
  const walker: Walker = programWalker(program, symbols, (values) => {
    const number = numberOf(values);
    outputs[number] ??= Array.from(values);
    return number;
  });
  return { walker, outputs };
}

/** The word with that number among those of `depth` positions: [depth, inputDim] */
export function wordOf(symbols: Int32Array, inputDim: number, { depth, number }: Difference) {
  const symbolCount = symbols.length / inputDim;
  const word = new Int32Array(depth * inputDim);
  let rest = number;
  for (let t = depth - 1; t >= 0; t--) {
    const symbol = rest % symbolCount;
    rest = Math.floor(rest / symbolCount);
    word.set(symbols.subarray(symbol * inputDim, (symbol + 1) * inputDim), t * inputDim);
  }
  return word;
}
