import { type Machine, symbolCountOf } from "./machine.ts";
import { machineWalker, numberOutputs, searchProduct } from "./product.ts";
import { type System, stepBy } from "./system.ts";

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
  const outputNumber = numberOutputs();
  const limits = { pairs: Number.POSITIVE_INFINITY, steps: Number.POSITIVE_INFINITY };
  const walkers = [machineWalker(a, outputNumber), machineWalker(b, outputNumber)] as const;
  const { pairs, onlyKnown, ...result } = searchProduct(...walkers, symbolCountOf(a), limits);
  if (result.equal === false) {
    const { word } = result;
    const outputs = [lastOutput(a, word), lastOutput(b, word)] as const;
    return { verdict: "different", pairs, onlyKnown, word, outputs };
  }
  const isEqual = onlyKnown[0] === 0 && onlyKnown[1] === 0;
  return { verdict: isEqual ? "equal" : "compatible", pairs, onlyKnown };
}

/** What a machine writes at the end of a word, all of whose steps it knows: [outputDim] */
function lastOutput(machine: Machine, word: readonly number[]): readonly number[] {
  const { transitions, outputs, outputVectors, outputDim } = machine;
  let state = machine.initial;
  let at = 0;
  for (const symbol of word) {
    at = state * symbolCountOf(machine) + symbol;
    state = transitions[at];
  }
  return [...outputVectors.subarray(outputs[at] * outputDim, (outputs[at] + 1) * outputDim)];
}

/** The system's output after a word, [outputDim]; undefined for words beyond the trained length. */
export function outputAfter(system: System, word: readonly number[]): Int32Array | undefined {
  if (word.length < 1 || word.length > system.length) return undefined;
  let h = system.initial;
  let y: Int32Array = new Int32Array(0);
  for (const symbol of word) ({ h, y } = stepBy(system, h, Int32Array.of(symbol)));
  return y;
}
