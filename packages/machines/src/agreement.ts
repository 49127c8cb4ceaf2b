import { type Machine, symbolCountOf } from "./machine.ts";
import { type Sample, type System, sampleWords, stepByAll } from "./system.ts";

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

/** Each machine's agreement with the system, which is asked once for all of them. */
export function machineAgreement(
  system: System,
  machines: readonly Machine[],
  options: AgreementOptions,
): Agreement[] {
  const { mostWords = 2 ** 20, sampledWords = 10_000, seed } = options;
  const symbolCount = system.symbols.length / system.inputDim;
  let total = 1;
  for (let t = 0; t < system.length && total <= mostWords; t++) total *= symbolCount;
  if (total <= mostWords) return agreementOnAllWords(system, machines);
  const sample = sampleWords(system, sampledWords, seed);
  return machines.map((machine) => agreementOnSample(machine, sample));
}

/** The agreement of a machine with what a system did on a sample. */
export function agreementOnSample(machine: Machine, sample: Sample): Agreement {
  const { count, length, words, outputs } = sample;
  const tally = createTally(machine);
  let walk = tally.start(count);
  for (let t = 0; t < length; t++) {
    walk = tally.advance(walk, outputs[t], {
      parentOf: (row) => row,
      symbolOf: (row) => words[row * length + t],
      wordOf: (row) => Array.from(words.subarray(row * length, row * length + t + 1)),
    });
  }
  tally.count(walk);
  return { words: count, exhaustive: false, ...tally.result() };
}

/** Words that are taken further at once. */
const chunk = 1 << 15;

function agreementOnAllWords(system: System, machines: readonly Machine[]): Agreement[] {
  const { length, initial, hiddenDim } = system;
  const symbolCount = system.symbols.length / system.inputDim;
  const most = Math.max(1, Math.floor(chunk / symbolCount));
  const tallies = machines.map(createTally);
  let words = 0;
  /** All words on from some, of which row i is number first + i among those of their length. */
  const extend = (h: Float64Array, walks: readonly Walk[], first: number, depth: number) => {
    const rows = h.length / hiddenDim;
    if (depth === length) {
      words += rows;
      tallies.forEach((tally, i) => {
        tally.count(walks[i]);
      });
      return;
    }
    for (let from = 0; from < rows; from += most) {
      const to = Math.min(rows, from + most);
      const { h: next, y } = stepByAll(system, h.subarray(from * hiddenDim, to * hiddenDim));
      const nextFirst = (first + from) * symbolCount;
      const place = {
        parentOf: (row: number) => from + Math.floor(row / symbolCount),
        symbolOf: (row: number) => row % symbolCount,
        wordOf: (row: number) => digits(nextFirst + row, symbolCount, depth + 1),
      };
      const after = tallies.map((tally, i) => tally.advance(walks[i], y, place));
      extend(next, after, nextFirst, depth + 1);
    }
  };
  extend(
    initial,
    tallies.map((tally) => tally.start(1)),
    0,
    0,
  );
  return tallies.map((tally) => ({ words, exhaustive: true, ...tally.result() }));
}

/** Where a machine is after some words, and what it has done on them. */
interface Walk {
  /** [words]; -1 unknown */
  readonly states: Int32Array;
  /** [words]: RIGHT, UNKNOWN or WRONG so far */
  readonly verdicts: Uint8Array;
}

const RIGHT = 0;
const UNKNOWN = 1;
const WRONG = 2;

/** Where each row of a step comes from. */
interface Place {
  readonly parentOf: (row: number) => number;
  readonly symbolOf: (row: number) => number;
  readonly wordOf: (row: number) => number[];
}

function createTally(machine: Machine) {
  const { outputDim, initial, transitions, outputs, outputVectors } = machine;
  const symbolCount = symbolCountOf(machine);
  const counts = [0, 0, 0];
  let mistake: readonly number[] | undefined;
  return {
    start: (rows: number): Walk => ({
      states: new Int32Array(rows).fill(initial),
      verdicts: new Uint8Array(rows),
    }),
    /** One symbol further, by the system's outputs y [rows, outputDim]. */
    advance(before: Walk, y: Int32Array, { parentOf, symbolOf, wordOf }: Place): Walk {
      const rows = y.length / outputDim;
      const walk = { states: new Int32Array(rows), verdicts: new Uint8Array(rows) };
      for (let row = 0; row < rows; row++) {
        const parent = parentOf(row);
        const state = before.states[parent];
        const at = state * symbolCount + symbolOf(row);
        const output = state < 0 ? -1 : outputs[at];
        let verdict = output < 0 ? UNKNOWN : RIGHT;
        for (let k = 0; output >= 0 && k < outputDim; k++) {
          if (outputVectors[output * outputDim + k] !== y[row * outputDim + k]) verdict = WRONG;
        }
        if (verdict === WRONG) {
          const word = wordOf(row);
          if (!mistake || word.length < mistake.length) mistake = word;
        }
        walk.states[row] = state < 0 ? -1 : transitions[at];
        walk.verdicts[row] = Math.max(before.verdicts[parent], verdict);
      }
      return walk;
    },
    count({ verdicts }: Walk) {
      for (const verdict of verdicts) counts[verdict]++;
    },
    result: () => ({
      right: counts[RIGHT],
      unknown: counts[UNKNOWN],
      wrong: counts[WRONG],
      ...(mistake && { mistake }),
    }),
  };
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
