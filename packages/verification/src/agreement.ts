import type { Recurrent } from "@latticode/network";
import { pause, traceNetwork } from "@latticode/network";
import type { Examples, Program } from "@latticode/program";
import { compareOnAllWords, wordOf } from "./all-words.ts";
import { checkBeyond, drawLongInputs, longInputsOfText } from "./beyond-length.ts";
import { edgeInputs } from "./edge-inputs.ts";
import type { RunEmitted, RunLanguage } from "./emitted.ts";
import { checkEmitted, isRunLanguage } from "./emitted.ts";
import type { InputColumn, Inputs } from "./fresh-inputs.ts";
import { drawInputs } from "./fresh-inputs.ts";
import type { Readings } from "./proofs.ts";
import { checkAgainstReadings } from "./proofs.ts";
import type { Check, CheckName } from "./tally.ts";
import { againstNetwork, newTally } from "./tally.ts";
import { allSymbols, allWords, longestLength } from "./words.ts";

export interface Verification {
  readonly checks: readonly Check[];
  /** Every check passed, and each that judges looked at something. */
  readonly passed: boolean;
  /** The outcome in one sentence. */
  readonly statement: string;
}

export interface VerificationOptions {
  /** An integer from 0 to 2^32 - 1, for the fresh inputs. */
  readonly seed: number;
  /** Fresh sequences for the network check; 100,000 unless given. */
  readonly sequences?: number;
  /** All words are looked at up to the length of which there are no more than this; 2^20 unless given. */
  readonly mostWords?: number;
  /** Runs the program's text in other processes, where the host can. */
  readonly runEmitted?: RunEmitted | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What else is known of a program. */
export interface ProgramContext {
  /** What was read from the network besides the program. */
  readonly readings?: Readings;
  /** The program's text. */
  readonly code?: Readonly<Record<RunLanguage, string>>;
  /** Labels of a greater length: they tell how far the network is right there. */
  readonly longer?: Examples;
}

/** Where inputs come from. */
export interface InputSource {
  readonly columns: readonly InputColumn[];
  /** Positions of a sequence, as the network was trained. */
  readonly length: number;
  /** How many sequences of the seed have been seen, which are left out. */
  readonly first?: number;
}

/** Sequences and positions between two looks at the signal. */
const batchSequences = 1000;
const batchPositions = 1 << 15;
/** Of the fresh sequences those that the program's text is run on too. */
const emittedSequences = 10_000;

/** Sequences of this length that are looked at together, in [1, 1000]. */
export function batchSizeOf(length: number): number {
  return Math.max(1, Math.min(batchSequences, Math.floor(batchPositions / length)));
}

/**
 * Checks a program against a network's rounded outputs, where there are no labels: at every level of
 * `checkAgainstNetwork`. It shows that the program does what the network does, not that either is right.
 *
 * @param network anything that can be run: `recurrentOf(network, { kernels })` for a `Network`
 * @throws the signal's reason when it is aborted
 * @example
 * const source = { columns: [{ kind: "range", min: 0, max: 9 }], length: 10 };
 * const recurrent = recurrentOf(network, { kernels });
 * const { passed, statement } = await verifyAgreement(program, recurrent, source, { seed: 1 });
 */
export async function verifyAgreement(
  program: Program,
  network: Recurrent,
  inputs: InputSource,
  options: VerificationOptions,
  context: ProgramContext = {},
): Promise<Verification> {
  const checks = await checkAgainstNetwork(program, network, inputs, options, context);
  const { passed, wrong, sequences, proofs } = summaryOf(checks);
  const covered = checks.find(({ name, positions, sequences }) => {
    return name === "words" && positions === sequences * inputs.length;
  });
  const where = covered
    ? `all ${covered.sequences} input sequences of length ${inputs.length}`
    : `${sequences} sequences, not proven`;
  const statement = !passed
    ? `disagrees with the network at ${wrong} positions of the ${sequences} sequences checked`
    : proofs.length > 0
      ? `${proofs.join(", ")}, and agrees with the network on ${sequences} sequences; there were no labels`
      : `agrees with the network on ${where}; there were no labels`;
  return { checks, passed, statement };
}

/** How some checks came out together. */
export function summaryOf(checks: readonly Check[]) {
  const judges = checks.filter((check) => !check.informational);
  const sum = (of: (check: Check) => number) => judges.reduce((total, c) => total + of(c), 0);
  return {
    passed: judges.every((check) => check.passed),
    // what the text was run on has been counted
    sequences: sum(({ name, sequences }) => (isRunLanguage(name) ? 0 : sequences)),
    wrong: sum((check) => check.wrong),
    /** What was proven, in words. */
    proofs: judges.flatMap(({ proven, description, outcome }) => {
      if (!proven) return [];
      const what = description.replace(/^program /, "").replace(/, by .*$/, "");
      return [`proven for all lengths ${what} (${outcome})`];
    }),
  };
}

/**
 * Every check of a program that a network allows: all words up to a length, or random sequences and
 * those at the edges of the inputs, of the trained length; longer ones as far as the network is right
 * there, and how often they go together; proofs against the machine or recurrence that was read; and
 * the program's text in other processes, on the first of the same sequences.
 */
export async function checkAgainstNetwork(
  program: Program,
  network: Recurrent,
  inputs: InputSource,
  options: VerificationOptions,
  { readings, code, longer }: ProgramContext,
): Promise<Check[]> {
  const { columns, length, first } = inputs;
  const { mostWords = 2 ** 20, seed, runEmitted, signal } = options;
  const checks: Check[] = [];
  const longest = longestLength(columns, length, mostWords);
  if (longest > 0) checks.push(await checkAllWords(program, network, inputs, longest, options));
  const edges = edgeInputs(columns, length);
  if (longest < length) {
    checks.push(await checkOnFresh(program, network, inputs, options));
    const description = `${againstNetwork} on constant, alternating and other sequences at the edges of the inputs`;
    const batches = [edges];
    checks.push(
      await checkAgainst(program, network, { name: "edges", batches, description }, options),
    );
  }
  const long = drawLongInputs(columns, { length, seed });
  const beyond = { trained: length, longer, signal };
  checks.push(...(await checkBeyond(program, network, long, beyond)));
  if (readings) checks.push(...checkAgainstReadings(program, network, readings, { length }));
  if (runEmitted && code) {
    const sequences = [
      edges,
      drawInputs(columns, { count: emittedSequences, length, seed, ...(first && { first }) }),
      ...longInputsOfText(program, long),
    ];
    const runs = await runEmitted(code, program.inputDim, sequences);
    checks.push(...checkEmitted(program, sequences, runs));
  }
  return checks;
}

async function checkAllWords(
  program: Program,
  network: Recurrent,
  { columns, length: trained }: InputSource,
  length: number,
  options: VerificationOptions,
): Promise<Check> {
  const { inputDim, outputDim } = network;
  const symbols = allSymbols(columns)!;
  const description = `${againstNetwork} on all input sequences of length ${length}`;
  const result = await compareOnAllWords(program, network, { symbols, length }, options);
  if (!result) {
    const batches = allWords(columns, length, batchSizeOf(trained));
    return checkAgainst(program, network, { name: "words", batches, description }, options);
  }
  const { wrong, first } = result;
  let sequences = 1;
  for (let t = 0; t < length; t++) sequences *= symbols.length / inputDim;
  const counts = { sequences, positions: sequences * length, wrong };
  const check = {
    name: "words",
    description,
    ...counts,
    passed: wrong === 0,
    proven: false,
  } as const;
  if (!first) return check;
  // the first word that begins with the one that differs
  const x = new Int32Array(length * inputDim).map((_, i) => symbols[i % inputDim]);
  x.set(wordOf(symbols, inputDim, first));
  const { y } = traceNetwork(network, { count: 1, length, x });
  const tally = newTally(program, outputDim);
  tally.compare({ count: 1, length, inputDim, outputDim, x, y });
  const { firstCounterexample } = tally.finish("words", description);
  return { ...check, ...(firstCounterexample && { firstCounterexample }) };
}

/** Checks a program against the network on sequences drawn with the seed. */
function checkOnFresh(
  program: Program,
  network: Recurrent,
  { columns, length, first = 0 }: InputSource,
  options: VerificationOptions,
): Promise<Check> {
  const { sequences = 100_000, seed } = options;
  const batches = drawBatches(columns, { count: sequences, length, seed, first });
  const description = `${againstNetwork} on fresh random sequences of length ${length}`;
  return checkAgainst(program, network, { name: "network", batches, description }, options);
}

function* drawBatches(
  columns: readonly InputColumn[],
  options: Parameters<typeof drawInputs>[1],
): Generator<Inputs> {
  const { count: all, length, first = 0 } = options;
  for (let from = 0; from < all; from += batchSizeOf(length)) {
    const count = Math.min(batchSizeOf(length), all - from);
    yield drawInputs(columns, { ...options, count, first: first + from });
  }
}

async function checkAgainst(
  program: Program,
  network: Recurrent,
  against: {
    readonly name: CheckName;
    readonly batches: Iterable<Inputs>;
    readonly description: string;
  },
  options: VerificationOptions,
): Promise<Check> {
  const { inputDim, outputDim } = network;
  const { name, description } = against;
  const tally = newTally(program, outputDim);
  for (const batch of against.batches) {
    await pause(options.signal);
    const { y } = traceNetwork(network, batch);
    tally.compare({ ...batch, inputDim, outputDim, y });
  }
  return tally.finish(name, description);
}
