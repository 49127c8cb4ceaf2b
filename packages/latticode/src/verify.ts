import type { Kernels } from "@latticode/kernels";
import type { Examples, Program } from "@latticode/program";
import { compileProgram } from "@latticode/program";
import type { Network } from "@latticode/training";
import { traceNetwork } from "@latticode/training";
import { drawInputs, observeInputs } from "./fresh-inputs.ts";
import { pause } from "./pause.ts";

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

/** One check of a program, and how it came out. */
export interface Check {
  /** "examples": against held-back labels. "network": against the network on fresh inputs. */
  readonly name: "examples" | "network";
  /** What was compared with what, one line. */
  readonly description: string;
  readonly sequences: number;
  /** All positions of all sequences. */
  readonly positions: number;
  /** Positions where any output was wrong. */
  readonly wrong: number;
  readonly passed: boolean;
  /** Neither check is a proof. */
  readonly proven: false;
  readonly firstCounterexample?: Counterexample;
}

export interface Verification {
  readonly checks: readonly Check[];
  /** Every check passed, and each of them looked at something. */
  readonly passed: boolean;
  /** The outcome in one sentence. */
  readonly statement: string;
}

export interface VerificationOptions {
  readonly kernels: Kernels;
  /** An integer from 0 to 2^32 - 1, for the fresh inputs. */
  readonly seed: number;
  /** Fresh sequences for the network check; 10,000 unless given. */
  readonly sequences?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Sequences between two looks at the signal. */
const batchSize = 1000;

/**
 * Checks a program on what is known of its task: on the labels of `heldBack`, which nothing before
 * may have seen, and against the network's rounded outputs on fresh input
 * sequences of the same length, drawn from the inputs observed in `observed`. Neither proves
 * anything about other sequences.
 *
 * @throws the signal's reason when it is aborted
 */
export async function verifyProgram(
  program: Program,
  network: Network,
  data: { readonly heldBack: Examples; readonly observed: Examples },
  options: VerificationOptions,
): Promise<Verification> {
  const checks = [
    await checkHeldBack(program, data.heldBack, options),
    await checkNetwork(program, network, data.observed, options),
  ];
  const passed = checks.every((check) => check.passed);
  const sequences = checks.reduce((sum, check) => sum + check.sequences, 0);
  const wrong = checks.reduce((sum, check) => sum + check.wrong, 0);
  const statement = passed
    ? `checked on ${sequences} sequences, not proven`
    : wrong > 0
      ? `wrong at ${wrong} positions of the ${sequences} sequences checked`
      : "nothing to check on was held back";
  return { checks, passed, statement };
}

async function checkHeldBack(
  program: Program,
  heldBack: Examples,
  options: VerificationOptions,
): Promise<Check> {
  const tally = newTally(program, heldBack.outputDim);
  for (let from = 0; from < heldBack.count; from += batchSize) {
    await pause(options.signal);
    const to = Math.min(from + batchSize, heldBack.count);
    tally.compare(sliceExamples(heldBack, from, to));
  }
  return tally.finish(
    "examples",
    "program against the labels of examples held back from everything before",
    heldBack,
  );
}

async function checkNetwork(
  program: Program,
  network: Network,
  observed: Examples,
  options: VerificationOptions,
): Promise<Check> {
  const count = options.sequences ?? 10_000;
  const { length, inputDim, outputDim } = observed;
  const columns = observeInputs(observed);
  const inputs = drawInputs(columns, { count, length, seed: options.seed });
  const tally = newTally(program, outputDim);
  for (let from = 0; from < count; from += batchSize) {
    await pause(options.signal);
    const to = Math.min(from + batchSize, count);
    const x = inputs.x.subarray(from * length * inputDim, to * length * inputDim);
    const batch = { count: to - from, length, x };
    const { y } = traceNetwork(network, batch, { kernels: options.kernels });
    tally.compare({ ...batch, inputDim, outputDim, y });
  }
  return tally.finish(
    "network",
    "program against the network's rounded outputs on fresh inputs drawn from the observed values",
    { count, length },
  );
}

function sliceExamples(examples: Examples, from: number, to: number): Examples {
  const inputs = examples.length * examples.inputDim;
  const outputs = examples.length * examples.outputDim;
  return {
    ...examples,
    count: to - from,
    x: examples.x.subarray(from * inputs, to * inputs),
    y: examples.y.subarray(from * outputs, to * outputs),
  };
}

interface Tally {
  readonly compare: (examples: Examples) => void;
  readonly finish: (
    name: Check["name"],
    description: string,
    size: { readonly count: number; readonly length: number },
  ) => Check;
}

/** Counts wrong positions over several sets of examples, and keeps the first wrong sequence. */
function newTally(program: Program, outputDim: number): Tally {
  const execute = compileProgram(program);
  let wrong = 0;
  let first: Counterexample | undefined;

  const compareOne = (x: Int32Array, y: Int32Array, length: number): void => {
    let outputs: (number | bigint)[];
    try {
      outputs = execute(x, length);
    } catch (error) {
      // A division by zero: the program has no outputs for this sequence.
      wrong += length;
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
    const actual = chunk(outputs.map(plainInteger), length);
    first ??= { ...rows(x, y, length), actual, position: wrongPositions[0] };
  };

  return {
    compare: ({ count, length, inputDim, x, y }) => {
      for (let i = 0; i < count; i++) {
        compareOne(
          x.subarray(i * length * inputDim, (i + 1) * length * inputDim),
          y.subarray(i * length * outputDim, (i + 1) * length * outputDim),
          length,
        );
      }
    },
    finish: (name, description, { count, length }) => ({
      name,
      description,
      sequences: count,
      positions: count * length,
      wrong,
      passed: wrong === 0 && count > 0,
      proven: false,
      ...(first && { firstCounterexample: first }),
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
