import type { Recovery, Recurrence } from "@latticode/machines";
import { isRejection } from "@latticode/machines";
import type { Recurrent } from "@latticode/network";
import { traceNetwork } from "@latticode/network";
import type { Program } from "@latticode/program";
import {
  type Equality,
  proveAgainstMachine,
  proveAgainstRecurrence,
} from "./equivalence/equivalence.ts";
import type { Check, CheckName } from "./tally.ts";
import { newTally, toldCheck } from "./tally.ts";

/** What was read from a network besides the program, as far as programs can be proven against it. */
export interface Readings {
  readonly recovery?: Recovery;
  readonly recurrence?: Recurrence;
}

/** The checks of a program against the closed machine and the recurrence that were read. */
export function checkAgainstReadings(
  program: Program,
  network: Recurrent,
  { recovery, recurrence }: Readings,
  { length }: { readonly length: number },
): Check[] {
  const checks: Check[] = [];
  const chosen = chosenMachine(recovery);
  // what an open machine does not know proves nothing
  if (chosen?.closed) {
    const { machine } = chosen;
    const description = `program against the network's machine of ${count(machine.stateCount, "state")}, by their product`;
    const equality = proveAgainstMachine(program, machine);
    checks.push(checkOf("machine", description, equality, { program, network, length }));
  }
  if (recurrence) {
    const description = `program against the network's recurrence of ${count(recurrence.stateDim, "variable")}, by Markov parameters`;
    const equality = proveAgainstRecurrence(program, recurrence);
    checks.push(checkOf("recurrence", description, equality, { program, network, length }));
  }
  return checks;
}

/** The machine to go on with; undefined where none was recovered. */
function chosenMachine(recovery: Readings["recovery"]) {
  const chosen = recovery?.chosen && recovery[recovery.chosen];
  return chosen && !isRejection(chosen) ? chosen : undefined;
}

/** What says how a program goes on beyond the trained length, where no network was asked. */
export interface BeyondTrained {
  /** Positions of the longest sequences that the network was trained on. */
  readonly length: number;
  /**
   * The program is proven equal, for all lengths, to a closed machine or to a recurrence that was read
   * within that length; or nothing but the program's own form goes further.
   */
  readonly basis: "machine" | "recurrence" | "form";
  /** The machine that was read, where there is one. */
  readonly machine?: {
    readonly from: "behaviour" | "hidden states";
    readonly states: number;
    readonly closed: boolean;
    /** Transitions that were inferred: not seen with steps enough left to know their target. */
    readonly inferred: number;
    readonly transitions: number;
  };
}

export function beyondTrained(
  { recovery }: Readings,
  checks: readonly Check[],
  length: number,
): BeyondTrained {
  const proven = checks.find((check) => check.proven && check.passed)?.name;
  const basis = proven === "machine" || proven === "recurrence" ? proven : "form";
  const chosen = chosenMachine(recovery);
  if (!chosen) return { length, basis };
  const { machine, closed, inferred } = chosen;
  return {
    ...{ length, basis },
    machine: {
      from: recovery?.chosen === "blobs" ? "hidden states" : "behaviour",
      ...{ states: machine.stateCount, closed, inferred, transitions: machine.transitions.length },
    },
  };
}

/** The same in words. */
export function beyondText({ length, basis, machine }: BeyondTrained): string {
  const rests = {
    machine: "equal to the machine by proof",
    recurrence: "equal to the network's recurrence by proof",
    form: "inferred from the program's form alone",
  }[basis];
  if (!machine) return `beyond length ${length}: ${rests}`;
  const { from, states, closed, inferred, transitions } = machine;
  const seen = closed ? "closed within it" : "not closed within it";
  return `beyond length ${length}: ${rests}; machine of ${count(states, "state")} from ${from}, ${seen}, ${inferred} of ${count(transitions, "transition")} inferred`;
}

interface Context {
  readonly program: Program;
  readonly network: Recurrent;
  readonly length: number;
}

/**
 * A proof passes. A word on which both differ goes to the network, where it is right within the trained
 * length: it fails the program, or shows that the machine or recurrence was misread. Beyond that length
 * nobody can say which of them is right, and it is told only.
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
  const { program, network, length } = context;
  const { inputDim, outputDim } = network;
  const word = equality.counterexample;
  const positions = word.length / inputDim;
  if (positions > length) {
    const outcome = `they differ after ${positions} positions, beyond the trained length, where the network is no judge`;
    return toldCheck(name, description, outcome);
  }
  const tally = newTally(program, outputDim);
  const { y } = traceNetwork(network, { count: 1, length: positions, x: word });
  tally.compare({ count: 1, length: positions, inputDim, outputDim, x: word, y });
  const check = tally.finish(name, description);
  const outcome = check.passed
    ? `they differ after ${positions} positions, where the network does what the program does`
    : `they differ after ${positions} positions`;
  return check.passed ? toldCheck(name, description, outcome) : { ...check, outcome };
}

function count(n: number, what: string): string {
  return n === 1 ? `1 ${what}` : `${n} ${what}s`;
}
