import type { Kernels } from "@latticode/kernels";
import type { Program } from "@latticode/program";
import type { Network } from "@latticode/training";
import { traceNetwork } from "@latticode/training";
import type { InputColumn, Inputs } from "./fresh-inputs.ts";
import { drawInputs } from "./fresh-inputs.ts";
import { pause } from "./pause.ts";
import type { Check } from "./tally.ts";
import { newTally } from "./tally.ts";
import { allWords, countWords } from "./words.ts";

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

/** Sequences and positions between two looks at the signal. */
const batchSequences = 1000;
const batchPositions = 1 << 15;
/** All words are looked at while there are no more than this. */
const mostWords = 2 ** 20;

/** Sequences of this length that are looked at together, in [1, 1000]. */
export function batchSizeOf(length: number): number {
  return Math.max(1, Math.min(batchSequences, Math.floor(batchPositions / length)));
}

/**
 * Checks a program against a network's rounded outputs, where there are no labels: on all input
 * sequences of a length where there are at most 2^20 of them, else on fresh ones. It shows that the
 * program does what the network does, not that either is right.
 *
 * @param inputs.first how many sequences of the seed have been seen, which are left out
 * @throws the signal's reason when it is aborted
 */
export async function verifyAgreement(
  program: Program,
  network: Network,
  inputs: {
    readonly columns: readonly InputColumn[];
    readonly length: number;
    readonly first?: number;
  },
  options: VerificationOptions,
): Promise<Verification> {
  const { columns, length } = inputs;
  const words = countWords(columns, length, mostWords);
  const check =
    words === undefined
      ? await checkOnFresh(program, network, inputs, "fresh inputs drawn from the ranges", options)
      : await checkAgainst(
          program,
          network,
          {
            batches: allWords(columns, length, batchSizeOf(length)),
            description: `${againstNetwork} on all input sequences of length ${length}`,
          },
          options,
        );
  const where =
    words === undefined
      ? `${check.sequences} sequences, not proven`
      : `all ${check.sequences} input sequences of length ${length}`;
  const statement = check.passed
    ? `agrees with the network on ${where}; there were no labels`
    : `disagrees with the network at ${check.wrong} positions of the ${check.sequences} sequences checked`;
  return { checks: [check], passed: check.passed, statement };
}

const againstNetwork = "program against the network's rounded outputs";

/** Checks a program against the network on sequences drawn with the seed. */
export function checkOnFresh(
  program: Program,
  network: Network,
  inputs: {
    readonly columns: readonly InputColumn[];
    readonly length: number;
    readonly first?: number;
  },
  what: string,
  options: VerificationOptions,
): Promise<Check> {
  const { columns, length, first = 0 } = inputs;
  const { sequences = 10_000, seed } = options;
  function* batches() {
    for (let from = 0; from < sequences; from += batchSizeOf(length)) {
      const count = Math.min(batchSizeOf(length), sequences - from);
      yield drawInputs(columns, { count, length, seed, first: first + from });
    }
  }
  const description = `${againstNetwork} on ${what}`;
  return checkAgainst(program, network, { batches: batches(), description }, options);
}

async function checkAgainst(
  program: Program,
  network: Network,
  against: { readonly batches: Iterable<Inputs>; readonly description: string },
  options: VerificationOptions,
): Promise<Check> {
  const { inputDim, outputDim } = network.shape;
  const tally = newTally(program, outputDim);
  for (const batch of against.batches) {
    await pause(options.signal);
    const { y } = traceNetwork(network, batch, { kernels: options.kernels });
    tally.compare({ ...batch, inputDim, outputDim, y });
  }
  return tally.finish("network", against.description);
}
