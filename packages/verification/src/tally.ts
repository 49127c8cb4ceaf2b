import { type Recurrent, traceNetwork } from "@latticode/network";
import type { Examples, Program } from "@latticode/program";
import { compileProgram, EvaluationError } from "@latticode/program";
import type { Check, CheckName, Counterexample } from "./check.ts";
import type { Inputs } from "./inputs/drawn.ts";

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
      // a division by zero: the program has no outputs for this sequence
      if (!(error instanceof EvaluationError)) throw error;
      wrong += length;
      wrongSequences++;
      first ??= { ...rows(x, y, length), actual: null, position: 0, error: error.message };
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

/**
 * Adds to a tally how the program does on some inputs, the network's rounded outputs being right.
 */
export function compareWithNetwork(tally: Tally, network: Recurrent, inputs: Inputs): void {
  const { inputDim, outputDim } = network;
  const { y } = traceNetwork(network, inputs);
  tally.compare({ ...inputs, inputDim, outputDim, y });
}

function rows(x: Int32Array, y: Int32Array, length: number) {
  return { x: chunk(Array.from(x), length), expected: chunk(Array.from(y), length) };
}

/** Cuts row-major values into one row per position. */
function chunk<T>(values: readonly T[], length: number): T[][] {
  const width = values.length / length;
  return Array.from({ length }, (_, t) => values.slice(t * width, (t + 1) * width));
}

function plainInteger(value: number | bigint): number | string {
  return typeof value === "bigint" ? value.toString() : value;
}
