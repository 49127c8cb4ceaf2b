import { type Check, countOf } from "./check.ts";
import { chosenMachine, type Readings } from "./readings.ts";

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
  return `beyond length ${length}: ${rests}; machine of ${countOf(states, "state")} from ${from}, ${seen}, ${inferred} of ${countOf(transitions, "transition")} inferred`;
}
