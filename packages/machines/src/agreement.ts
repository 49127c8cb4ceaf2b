import type { Machine } from "./machine.ts";
import { symbolCountOf } from "./machine.ts";
import type { System } from "./system.ts";
import { randomWords, stepBy, stepByAll } from "./system.ts";

/** How often a machine gives the outputs of a system, over words of the trained length. */
export interface Agreement {
  /** Words looked at. */
  readonly words: number;
  /** They are all words over the alphabet; else a sample. */
  readonly exhaustive: boolean;
  /** Words on which every output is the system's. */
  readonly right: number;
  /** Words on which the machine differs nowhere, but does not know every output. */
  readonly unknown: number;
  /** Words with an output that differs. */
  readonly wrong: number;
  /** A word of symbols that ends in an output that differs, the shortest one met. */
  readonly mistake?: readonly number[];
}

export interface AgreementOptions {
  /** All words are looked at while there are no more than this; 2^20 unless told. */
  readonly mostWords?: number;
  /** Words in a sample; 10,000 unless told. */
  readonly sampledWords?: number;
  /** For the sample; an integer from 0 to 2^32 - 1. */
  readonly seed: number;
}

const chunk = 1 << 15;

/** What a machine has done on some words so far. */
interface Walk {
  /** Where the machine is after each word, [words]; -1 unknown */
  readonly states: Int32Array;
  /** [words]: RIGHT, UNKNOWN or WRONG so far */
  readonly verdicts: Uint8Array;
}

const RIGHT = 0;
const UNKNOWN = 1;
const WRONG = 2;

/** Each machine's agreement with the system, which is asked once for all of them. */
export function machineAgreement(
  system: System,
  machines: readonly Machine[],
  options: AgreementOptions,
): Agreement[] {
  const { mostWords = 2 ** 20, sampledWords = 10_000, seed } = options;
  const { length, initial, outputDim, hiddenDim } = system;
  const symbolCount = system.symbols.length / system.inputDim;
  let total = 1;
  for (let t = 0; t < length && total <= mostWords; t++) total *= symbolCount;
  const counts = machines.map(() => ({ right: 0, unknown: 0, wrong: 0 }));
  const mistakes = machines.map((): readonly number[] | undefined => undefined);
  const start = (rows: number): Walk[] =>
    machines.map(({ initial }) => ({
      states: new Int32Array(rows).fill(initial),
      verdicts: new Uint8Array(rows),
    }));
  /** One symbol further; row i of the words comes from row parentOf(i) of those before. */
  const advance = (
    walks: readonly Walk[],
    y: Int32Array,
    parentOf: (row: number) => number,
    symbolOf: (row: number) => number,
    wordOf: (row: number) => readonly number[],
  ): Walk[] =>
    walks.map((before, which) => {
      const machine = machines[which];
      const rows = y.length / outputDim;
      const walk = { states: new Int32Array(rows), verdicts: new Uint8Array(rows) };
      for (let row = 0; row < rows; row++) {
        const parent = parentOf(row);
        const state = before.states[parent];
        const at = state * symbolCount + symbolOf(row);
        const output = state < 0 ? -1 : machine.outputs[at];
        let verdict = output < 0 ? UNKNOWN : RIGHT;
        for (let k = 0; output >= 0 && k < outputDim; k++) {
          const differs = machine.outputVectors[output * outputDim + k] !== y[row * outputDim + k];
          if (differs) verdict = WRONG;
        }
        if (verdict === WRONG) {
          const known = mistakes[which];
          const word = wordOf(row);
          if (!known || word.length < known.length) mistakes[which] = word;
        }
        walk.states[row] = state < 0 ? -1 : machine.transitions[at];
        walk.verdicts[row] = Math.max(before.verdicts[parent], verdict);
      }
      return walk;
    });
  const count = (walks: readonly Walk[]) => {
    walks.forEach(({ verdicts }, which) => {
      for (const verdict of verdicts) {
        if (verdict === RIGHT) counts[which].right++;
        else if (verdict === UNKNOWN) counts[which].unknown++;
        else counts[which].wrong++;
      }
    });
  };

  const exhaustive = total <= mostWords;
  if (exhaustive) {
    /** All words on from the given ones, of which row i is number first + i of their length. */
    const extend = (h: Float64Array, walks: readonly Walk[], first: number, depth: number) => {
      if (depth === length) {
        count(walks);
        return;
      }
      const rows = h.length / hiddenDim;
      const most = Math.max(1, Math.floor(chunk / symbolCount));
      for (let from = 0; from < rows; from += most) {
        const to = Math.min(rows, from + most);
        const { h: next, y } = stepByAll(system, h.subarray(from * hiddenDim, to * hiddenDim));
        const nextFirst = (first + from) * symbolCount;
        const after = advance(
          walks,
          y,
          (row) => from + Math.floor(row / symbolCount),
          (row) => row % symbolCount,
          (row) => digits(nextFirst + row, symbolCount, depth + 1),
        );
        extend(next, after, nextFirst, depth + 1);
      }
    };
    extend(initial, start(1), 0, 0);
  } else {
    const words = randomWords(system, sampledWords, seed);
    const starts = new Float64Array(sampledWords * hiddenDim);
    for (let row = 0; row < sampledWords; row++) starts.set(initial, row * hiddenDim);
    let h: Float64Array = starts;
    let walks = start(sampledWords);
    for (let t = 0; t < length; t++) {
      const symbolOf = (row: number) => words[row * length + t];
      const stepped = stepBy(
        system,
        h,
        new Int32Array(sampledWords).map((_, row) => symbolOf(row)),
      );
      const wordOf = (row: number) => [...words.subarray(row * length, row * length + t + 1)];
      walks = advance(walks, stepped.y, (row) => row, symbolOf, wordOf);
      h = stepped.h;
    }
    count(walks);
  }
  return counts.map((c, which) => ({
    words: exhaustive ? total : sampledWords,
    exhaustive,
    ...c,
    ...(mistakes[which] && { mistake: mistakes[which] }),
  }));
}

/** A number's digits in a base, the highest first. */
function digits(value: number, base: number, length: number): number[] {
  const word = new Array<number>(length);
  for (let i = length - 1, rest = value; i >= 0; i--) {
    word[i] = rest % base;
    rest = Math.floor(rest / base);
  }
  return word;
}

/** Whether the machines were asked the same alphabet. */
export function haveEqualSymbols(a: Machine, b: Machine): boolean {
  return (
    a.inputDim === b.inputDim &&
    symbolCountOf(a) === symbolCountOf(b) &&
    a.symbols.every((v, i) => v === b.symbols[i])
  );
}
