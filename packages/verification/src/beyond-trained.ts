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
  const recovered = machine && `the ${machine.states}-state machine recovered from ${machine.from}`;
  const rests = {
    machine: `equal to ${recovered}`,
    recurrence: "equal to the recurrence read from the network",
    form: "extrapolated from the program itself, not proven",
  }[basis];
  const text = `beyond length ${length}: ${rests}`;
  if (!machine) return text;
  const { closed, inferred, transitions } = machine;
  const gaps = [
    ...(closed ? [] : ["is incomplete within that length"]),
    ...(inferred > 0 ? [`has ${inferred} of ${countOf(transitions, "transition")} inferred`] : []),
  ];
  if (gaps.length === 0) return text;
  return `${text}; ${basis === "machine" ? "that machine" : recovered} ${gaps.join(" and ")}`;
}
