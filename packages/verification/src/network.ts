import type { Recurrent } from "@latticode/network";
import { pause } from "@latticode/network";
import type { Program } from "@latticode/program";
import type { Inputs } from "./inputs/drawn.ts";
import type { VerificationOptions } from "./options.ts";
import { compareWithNetwork, newTally, type Tally } from "./tally.ts";

type Signal = Pick<VerificationOptions, "signal">;

/** Sequences and positions between two looks at the signal. */
const batchSequences = 1000;
const batchPositions = 1 << 15;

/** Sequences of this length that are looked at together, in [1, 1000]. */
export function batchSizeOf(length: number): number {
  return Math.max(1, Math.min(batchSequences, Math.floor(batchPositions / length)));
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
