import type { Recurrent } from "@latticode/network";
import type { Program } from "@latticode/program";
import { againstNetwork, type Check } from "./check.ts";
import type { Inputs } from "./inputs/drawn.ts";
import { checkOn } from "./network.ts";
import type { VerificationOptions } from "./options.ts";

/** Checks a program against the network on `edgeInputs`. */
export function checkEdges(
  program: Program,
  network: Recurrent,
  edges: Inputs,
  options: VerificationOptions,
): Promise<Check> {
  const description = `${againstNetwork} on constant, alternating and other extreme inputs`;
  return checkOn(program, network, [edges], { name: "edges", description }, options);
}
