import type { Recovery, Recurrence } from "@latticode/machines";
import { isRejection } from "@latticode/machines";
import type { Recurrent } from "@latticode/network";
import type { Program } from "@latticode/program";
import { type Check, type CheckName, countOf, toldCheck } from "./check.ts";
import { type Domain, isWordOf } from "./claims/domain.ts";
import type { Equality } from "./equivalence/equality.ts";
import { proveAgainstMachine, proveAgainstRecurrence } from "./equivalence/equivalence.ts";
import { compareWithNetwork, newTally } from "./tally.ts";

/**
 * What was read from a network besides the program, as far as programs can be proven against it.
 */
export interface Readings {
  readonly recovery?: Recovery;
  readonly recurrence?: Recurrence;
  /** What the recurrence was read from. */
  readonly recurrenceFrom?: "hidden states" | "impulse responses";
}

/** What a machine was recovered from. */
const sourceOf = { residual: "behaviour", blobs: "hidden states" } as const;

/** The checks of a program against the closed machine and the recurrence that were read. */
export function checkReadings(
  program: Program,
  network: Recurrent,
  { recovery, recurrence, recurrenceFrom }: Readings,
  domain: Domain,
): Check[] {
  const checks: Check[] = [];
  const chosen = chosenMachine(recovery);
  // what an open machine does not know proves nothing
  if (chosen?.closed) {
    const { machine } = chosen;
    const source = sourceOf[recovery!.chosen!];
    const description = `against the ${machine.stateCount}-state machine recovered from ${source}`;
    const equality = proveAgainstMachine(program, machine);
    checks.push(checkOf("machine", description, equality, { program, network, domain }));
  }
  if (recurrence) {
    const source = recurrenceFrom ?? "the network";
    const { stateDim } = recurrence;
    const description = `against the ${stateDim}-variable recurrence read from ${source}`;
    const equality = proveAgainstRecurrence(program, recurrence);
    checks.push(checkOf("recurrence", description, equality, { program, network, domain }));
  }
  return checks;
}

/** The machine to go on with; undefined where none was recovered. */
function chosenMachine(recovery: Readings["recovery"]) {
  const chosen = recovery?.chosen && recovery[recovery.chosen];
  return chosen && !isRejection(chosen) ? chosen : undefined;
}

interface Context {
  readonly program: Program;
  readonly network: Recurrent;
  readonly domain: Domain;
}

/**
 * A proof passes. A word on which both differ goes to the network, where it is right
 * within the trained length: it fails the program, or shows that the machine or recurrence was
 * misread. Beyond that length nobody can say which of them is right, and it is told only.
 * Outside of the domain it judges nothing either.
 */
function checkOf(
  name: CheckName,
  description: string,
  equality: Equality,
  context: Context,
): Check {
  if (equality.equal) {
    const { proof: outcome } = equality;
    const nothing = { sequences: 0, positions: 0, wrong: 0 };
    return { name, description, ...nothing, passed: true, proven: true, outcome };
  }
  if (equality.equal === undefined) {
    return toldCheck(name, description, `not proven: ${equality.reason}`);
  }
  const { program, network, domain } = context;
  const word = equality.counterexample;
  const positions = word.length / network.inputDim;
  if (positions > domain.length) {
    const outcome =
      `they differ on a sequence of ${countOf(positions, "position")}, beyond the ` +
      "trained length, where the network cannot decide which is right";
    return toldCheck(name, description, outcome);
  }
  const tally = newTally(program, network.outputDim);
  compareWithNetwork(tally, network, { count: 1, length: positions, x: word });
  const check = tally.finish(name, description);
  const outcome = check.passed
    ? `they differ on a sequence of ${countOf(positions, "position")}, where the ` +
      "network agrees with the program"
    : `they differ on a sequence of ${countOf(positions, "position")}`;
  if (check.passed) return toldCheck(name, description, outcome);
  if (isWordOf(domain, word)) return { ...check, outcome };
  return { ...check, informational: true, outcome: `${outcome}, which is not in the domain` };
}
