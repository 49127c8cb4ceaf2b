import type { Recurrent } from "@latticode/network";
import { pause } from "@latticode/network";
import type { Program } from "@latticode/program";
import { againstNetwork, type Check, type CheckTitle } from "./check.ts";
import { drawInputs, type InputColumn, type Inputs } from "./inputs/drawn.ts";
import type { InputSource, VerificationOptions } from "./options.ts";
import { compareWithNetwork, newTally, type Tally } from "./tally.ts";

type Signal = Pick<VerificationOptions, "signal">;

/** Sequences and positions between two looks at the signal. */
const batchSequences = 1000;
const batchPositions = 1 << 15;

/** Sequences of this length that are looked at together, in [1, 1000]. */
export function batchSizeOf(length: number): number {
  return Math.max(1, Math.min(batchSequences, Math.floor(batchPositions / length)));
}

/** Checks a program against the network on random sequences of the trained length. */
export function checkRandom(
  program: Program,
  network: Recurrent,
  { columns, length, first = 0 }: InputSource,
  options: VerificationOptions,
): Promise<Check> {
  const { sequences = 100_000, seed } = options;
  const batches = drawBatches(columns, { count: sequences, length, seed, first });
  const description = `${againstNetwork} on random input sequences of length ${length}`;
  return checkOn(program, network, batches, { name: "network", description }, options);
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

/** Checks a program against the network's rounded outputs on the given inputs. */
export async function checkOn(
  program: Program,
  network: Recurrent,
  batches: Iterable<Inputs>,
  { name, description }: CheckTitle,
  options: Signal,
): Promise<Check> {
  const tally = await tallyOn(program, network, batches, options);
  return tally.finish(name, description);
}

/** Counts where a program and the network's rounded outputs differ on the given inputs. */
export async function tallyOn(
  program: Program,
  network: Recurrent,
  batches: Iterable<Inputs>,
  { signal }: Signal,
): Promise<Tally> {
  const tally = newTally(program, network.outputDim);
  for (const batch of batches) {
    await pause(signal);
    compareWithNetwork(tally, network, batch);
  }
  return tally;
}
