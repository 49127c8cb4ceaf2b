import type { Recurrent } from "@latticode/network";
import type { Program } from "@latticode/program";
import { againstNetwork, type Check, toldCheck } from "./check.ts";
import type { Inputs } from "./inputs/drawn.ts";
import { staysSmall } from "./inputs/long.ts";
import { tallyOn } from "./network.ts";
import type { VerificationOptions } from "./options.ts";

/** How often a program and the network agree on sequences much longer than it was trained on. */
export async function checkDrift(
  program: Program,
  network: Recurrent,
  batches: readonly Inputs[],
  options: Pick<VerificationOptions, "signal">,
): Promise<Check> {
  const { length } = batches[0];
  const description = `${againstNetwork} at length ${length} (informational)`;
  if (!staysSmall(program, batches[0])) {
    const outcome =
      "not run: the program's numbers exceed 32 bits there, which no network can follow";
    return toldCheck("drift", description, outcome);
  }
  const tally = await tallyOn(program, network, batches, options);
  return tally.inform("drift", description);
}
