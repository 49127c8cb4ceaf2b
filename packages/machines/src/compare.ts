import type { Machine } from "./machine.ts";
import { symbolCountOf } from "./machine.ts";
import type { System } from "./system.ts";
import { stepBy } from "./system.ts";

/** How the behaviours of two machines relate. */
export interface Comparison {
  /**
   * "equal": the same outputs on all words, proved by their product; "compatible": no word on which
   * both know the output and differ, but one on which only one does; "different".
   */
  readonly verdict: "equal" | "compatible" | "different";
  /** Pairs of states that the product reaches. */
  readonly pairs: number;
  /** Steps of the product that only the first machine knows, and only the second. */
  readonly onlyKnown: readonly [number, number];
  /** A shortest word of symbols after which the outputs differ. */
  readonly word?: readonly number[];
  /** Outputs after that word, [outputDim] each. */
  readonly outputs?: readonly [readonly number[], readonly number[]];
}

/**
 * Compares two machines over one alphabet by breadth-first search of their product (Hopcroft and
 * Karp 1971 for the equivalence).
 *
 * @throws RangeError where the alphabets or the sizes of the outputs differ
 */
export function compareMachines(a: Machine, b: Machine): Comparison {
  const isSameAlphabet = a.inputDim === b.inputDim && String(a.symbols) === String(b.symbols);
  if (!isSameAlphabet || a.outputDim !== b.outputDim) {
    throw new RangeError("machines over different alphabets can't be compared");
  }
  const symbolCount = symbolCountOf(a);
  const { outputDim } = a;
  const vector = ({ outputVectors }: Machine, output: number) => [
    ...outputVectors.subarray(output * outputDim, (output + 1) * outputDim),
  ];
  const seen = new Set([a.initial * b.stateCount + b.initial]);
  const queue = [{ p: a.initial, q: b.initial, parent: -1, symbol: -1 }];
  const onlyKnown: [number, number] = [0, 0];
  for (let i = 0; i < queue.length; i++) {
    const { p, q } = queue[i];
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const atA = p * symbolCount + symbol;
      const atB = q * symbolCount + symbol;
      const outputA = a.outputs[atA];
      const outputB = b.outputs[atB];
      const nextA = a.transitions[atA];
      const nextB = b.transitions[atB];
      if (outputA >= 0 && outputB >= 0) {
        const outputs = [vector(a, outputA), vector(b, outputB)] as const;
        if (outputs[0].some((value, k) => value !== outputs[1][k])) {
          const word = [symbol];
          for (let j = i; queue[j].parent >= 0; j = queue[j].parent) word.unshift(queue[j].symbol);
          return { verdict: "different", pairs: seen.size, onlyKnown, word, outputs };
        }
      }
      if ((outputA >= 0 && outputB < 0) || (nextA >= 0 && nextB < 0)) onlyKnown[0]++;
      if ((outputB >= 0 && outputA < 0) || (nextB >= 0 && nextA < 0)) onlyKnown[1]++;
      if (nextA < 0 || nextB < 0) continue;
      const key = nextA * b.stateCount + nextB;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ p: nextA, q: nextB, parent: i, symbol });
    }
  }
  const isEqual = onlyKnown[0] === 0 && onlyKnown[1] === 0;
  return { verdict: isEqual ? "equal" : "compatible", pairs: seen.size, onlyKnown };
}

/** The system's output after a word, [outputDim]; undefined for words beyond the trained length. */
export function outputAfter(system: System, word: readonly number[]): Int32Array | undefined {
  if (word.length < 1 || word.length > system.length) return undefined;
  let h = system.initial;
  let y: Int32Array = new Int32Array(0);
  for (const symbol of word) ({ h, y } = stepBy(system, h, Int32Array.of(symbol)));
  return y;
}
