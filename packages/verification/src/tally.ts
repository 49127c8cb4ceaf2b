import type { Examples, Program } from "@latticode/program";
import { compileProgram } from "@latticode/program";
import { countText } from "./number-text.ts";

/** A sequence on which a program was wrong. */
export interface Counterexample {
  /** Numbers a position: [length][inputDim]. */
  readonly x: readonly (readonly number[])[];
  /** What was to come out: [length][outputDim]. */
  readonly expected: readonly (readonly number[])[];
  /** What the program gave, integers beyond 2^53 as decimal text; null where it failed. */
  readonly actual: readonly (readonly (number | string)[])[] | null;
  /** The first wrong position, from 0. */
  readonly position: number;
  /** Why the program failed, where it did. */
  readonly error?: string;
}

/**
 * What a program is checked against, see `description` of the check: "examples" and "longer" are
 * labels held back, "words", "network" and "edges" the network's rounded outputs within the trained
 * length, "long" those beyond it as far as the network is right, "drift" all of them there, "machine" and "recurrence" what was read from the network,
 * "python" and "javascript" the program's text run in another process.
 */
export type CheckName =
  | "examples"
  | "longer"
  | "words"
  | "network"
  | "edges"
  | "long"
  | "drift"
  | "machine"
  | "recurrence"
  | "python"
  | "javascript";

/** What the checks of a program that ask its network begin with. */
export const againstNetwork = "against the network's rounded outputs";

/** One check of a program, and how it came out. */
export interface Check {
  readonly name: CheckName;
  /** What was compared with what, in one line; the program where it names no subject. */
  readonly description: string;
  readonly sequences: number;
  /** All positions of all sequences. */
  readonly positions: number;
  /** Positions where any output was wrong. */
  readonly wrong: number;
  readonly passed: boolean;
  /**
   * What it compares is equal for all sequences of any length. It is no proof of what was meant, as
   * the network may be wrong.
   */
  readonly proven: boolean;
  /** The check only tells something, and counts as passed: it is no judge of the program. */
  readonly informational?: true;
  /** Sequences on which nothing was wrong, where the check is informational. */
  readonly agreeing?: number;
  /** The proof, or why there is none. */
  readonly outcome?: string;
  readonly firstCounterexample?: Counterexample;
}

/** How a check came out, in words: "260 sequences, equal at all 4,400 positions". */
export function checkOutcome(check: Check): string {
  const { name, sequences, positions, wrong, outcome, proven, agreeing } = check;
  if (proven) return `proven equal for all lengths: ${outcome}`;
  if (sequences === 0) return outcome ?? "nothing to check";
  const all = `${countText(sequences)} sequences`;
  if (agreeing !== undefined) return `agrees on ${countText(agreeing)} of ${all}`;
  // only labels say what is right
  const [good, bad] = isLabelled(name) ? ["right", "wrong"] : ["equal", "different"];
  const counted =
    wrong === 0
      ? `${good} at all ${countText(positions)} positions`
      : `${bad} at ${countText(wrong)} of ${countText(positions)} positions`;
  return `${all}, ${counted}${outcome ? `; ${outcome}` : ""}`;
}

const isLabelled = (name: CheckName) => name === "examples" || name === "longer";

/** A check that compared nothing, and only tells why. */
export function toldCheck(name: CheckName, description: string, outcome: string): Check {
  return {
    ...{ name, description, sequences: 0, positions: 0, wrong: 0 },
    ...{ passed: true, proven: false, informational: true, outcome },
  };
}

/** Compares a program with several sets of examples. */
export interface Tally {
  readonly compare: (examples: Examples) => void;
  readonly finish: (name: CheckName, description: string) => Check;
  /** The same where what was compared with is no judge. */
  readonly inform: (name: CheckName, description: string) => Check;
}

/** Counts wrong positions over several sets of examples, and keeps the first wrong sequence. */
export function newTally(program: Program, outputDim: number): Tally {
  const execute = compileProgram(program);
  let sequences = 0;
  let positions = 0;
  let wrong = 0;
  let wrongSequences = 0;
  let first: Counterexample | undefined;

  const compareOne = (x: Int32Array, y: Int32Array, length: number): void => {
    let outputs: (number | bigint)[];
    try {
      outputs = execute(x, length);
    } catch (error) {
      // A division by zero: the program has no outputs for this sequence.
      wrong += length;
      wrongSequences++;
      first ??= { ...rows(x, y, length), actual: null, position: 0, error: messageOf(error) };
      return;
    }
    const wrongPositions: number[] = [];
    for (let t = 0; t < length; t++) {
      for (let k = 0; k < outputDim; k++) {
        if (outputs[t * outputDim + k] !== y[t * outputDim + k]) {
          wrongPositions.push(t);
          break;
        }
      }
    }
    if (wrongPositions.length === 0) return;
    wrong += wrongPositions.length;
    wrongSequences++;
    const actual = chunk(outputs.map(plainInteger), length);
    first ??= { ...rows(x, y, length), actual, position: wrongPositions[0] };
  };

  return {
    compare: ({ count, length, inputDim, x, y }) => {
      sequences += count;
      positions += count * length;
      for (let i = 0; i < count; i++) {
        compareOne(
          x.subarray(i * length * inputDim, (i + 1) * length * inputDim),
          y.subarray(i * length * outputDim, (i + 1) * length * outputDim),
          length,
        );
      }
    },
    finish: (name, description) => ({
      ...{ name, description, sequences, positions, wrong },
      passed: wrong === 0 && sequences > 0,
      proven: false,
      ...(first && { firstCounterexample: first }),
    }),
    inform: (name, description) => ({
      ...{ name, description, sequences, positions, wrong },
      ...{ passed: true, proven: false, informational: true },
      agreeing: sequences - wrongSequences,
    }),
  };
}

function rows(x: Int32Array, y: Int32Array, length: number) {
  return { x: chunk(Array.from(x), length), expected: chunk(Array.from(y), length) };
}

/** Cuts row-major values into one row a position. */
function chunk<T>(values: readonly T[], length: number): T[][] {
  const width = values.length / length;
  return Array.from({ length }, (_, t) => values.slice(t * width, (t + 1) * width));
}

function plainInteger(value: number | bigint): number | string {
  return typeof value === "bigint" ? value.toString() : value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
