import type { Kernels } from "@latticode/kernels";
import type { Program } from "@latticode/program";
import { compileStep } from "@latticode/program";
import type { Network } from "@latticode/training";
import { traceNetwork } from "@latticode/training";
import { compareOnAllWords, wordOf } from "./all-words.ts";
import { edgeInputs } from "./edge-inputs.ts";
import type { RunEmitted, RunLanguage } from "./emitted.ts";
import { checkEmitted } from "./emitted.ts";
import type { InputColumn, Inputs } from "./fresh-inputs.ts";
import { drawInputs } from "./fresh-inputs.ts";
import { pause } from "./pause.ts";
import type { Readings } from "./proofs.ts";
import { checkAgainstReadings } from "./proofs.ts";
import type { Check, CheckName } from "./tally.ts";
import { newTally, toldCheck } from "./tally.ts";
import { allSymbols, allWords, longestLength } from "./words.ts";

export interface Verification {
  readonly checks: readonly Check[];
  /** Every check passed, and each that judges looked at something. */
  readonly passed: boolean;
  /** The outcome in one sentence. */
  readonly statement: string;
}

export interface VerificationOptions {
  readonly kernels: Kernels;
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
/** Lengths at which it is seen how far program and network go together, and sequences of each. */
const longLengths = [
  { length: 100, sequences: 200 },
  { length: 1000, sequences: 40 },
] as const;
/** Sequences that the program's text is run on. */
const emittedSequences = 200;
const emittedLongSequences = 20;

/** Sequences of this length that are looked at together, in [1, 1000]. */
export function batchSizeOf(length: number): number {
  return Math.max(1, Math.min(batchSequences, Math.floor(batchPositions / length)));
}

/**
 * Checks a program against a network's rounded outputs, where there are no labels: at every level of
 * `checkAgainstNetwork`. It shows that the program does what the network does, not that either is right.
 *
 * @throws the signal's reason when it is aborted
 */
export async function verifyAgreement(
  program: Program,
  network: Network,
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
    sequences: sum((check) => check.sequences),
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
 * those at the edges of the inputs, of the trained length; how far they go together on longer ones,
 * where most networks drift; proofs against the machine or recurrence that was read; and the program's
 * text in other processes.
 */
export async function checkAgainstNetwork(
  program: Program,
  network: Network,
  inputs: InputSource,
  options: VerificationOptions,
  { readings, code }: ProgramContext,
): Promise<Check[]> {
  const { columns, length } = inputs;
  const { mostWords = 2 ** 20, seed, kernels, runEmitted } = options;
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
  for (const long of longLengths) {
    if (long.length > length) {
      checks.push(await checkDrift(program, network, columns, long, options));
    }
  }
  if (readings)
    checks.push(...checkAgainstReadings(program, network, readings, { kernels, length }));
  if (runEmitted && code) {
    const sequences = [
      edges,
      drawInputs(columns, { count: emittedSequences, length, seed }),
      drawInputs(columns, { count: emittedLongSequences, length: 100, seed }),
    ];
    const runs = await runEmitted(code, program.inputDim, sequences);
    checks.push(...checkEmitted(program, sequences, runs));
  }
  return checks;
}

const againstNetwork = "program against the network's rounded outputs";

async function checkAllWords(
  program: Program,
  network: Network,
  { columns, length: trained }: InputSource,
  length: number,
  options: VerificationOptions,
): Promise<Check> {
  const { inputDim, outputDim } = network.shape;
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
  const { y } = traceNetwork(network, { count: 1, length, x }, options);
  const tally = newTally(program, outputDim);
  tally.compare({ count: 1, length, inputDim, outputDim, x, y });
  const { firstCounterexample } = tally.finish("words", description);
  return { ...check, ...(firstCounterexample && { firstCounterexample }) };
}

/** Checks a program against the network on sequences drawn with the seed. */
function checkOnFresh(
  program: Program,
  network: Network,
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

/** Whether the outputs on a sequence are ones that a network could give: beyond, none agrees. */
function staysSmall(
  program: Program,
  columns: readonly InputColumn[],
  length: number,
  seed: number,
): boolean {
  const { x } = drawInputs(columns, { count: 1, length, seed });
  const { initial, step } = compileStep(program);
  let current = initial;
  for (let t = 0; t < length; t++) {
    try {
      const after = step(current, x.subarray(t * columns.length, (t + 1) * columns.length));
      if (after.outputs.some((y) => typeof y === "bigint" || Math.abs(y) > 2 ** 31)) return false;
      current = after.state;
    } catch (error) {
      // a division by zero is for the check to report
      if (error instanceof RangeError) return true;
      throw error;
    }
  }
  return true;
}

/** How often a program and the network agree on sequences much longer than it was trained on. */
async function checkDrift(
  program: Program,
  network: Network,
  columns: readonly InputColumn[],
  { length, sequences }: { readonly length: number; readonly sequences: number },
  options: VerificationOptions,
): Promise<Check> {
  const batches = drawBatches(columns, { count: sequences, length, seed: options.seed });
  const description = `${againstNetwork} on sequences of length ${length}, where networks drift: no judge of the program`;
  if (!staysSmall(program, columns, length, options.seed)) {
    const outcome = "not run: its numbers outgrow 32 bits there, which no network follows";
    return toldCheck("drift", description, outcome);
  }
  const against = { name: "drift", batches, description, isJudge: false } as const;
  return checkAgainst(program, network, against, options);
}

async function checkAgainst(
  program: Program,
  network: Network,
  against: {
    readonly name: CheckName;
    readonly batches: Iterable<Inputs>;
    readonly description: string;
    readonly isJudge?: boolean;
  },
  options: VerificationOptions,
): Promise<Check> {
  const { inputDim, outputDim } = network.shape;
  const { name, description, isJudge = true } = against;
  const tally = newTally(program, outputDim);
  for (const batch of against.batches) {
    await pause(options.signal);
    const { y } = traceNetwork(network, batch, { kernels: options.kernels });
    tally.compare({ ...batch, inputDim, outputDim, y });
  }
  return isJudge ? tally.finish(name, description) : tally.inform(name, description);
}
