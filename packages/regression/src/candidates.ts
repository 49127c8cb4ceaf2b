import type { Traces } from "@latticode/network";
import type { Program } from "@latticode/program";
import { comparePrograms, programCost } from "@latticode/program";
import { disagreement, mostDisagreement } from "./disagreement.ts";
import type { Finder, Found, ProgramSource, Verdict } from "./finder.ts";
import type { Route } from "./method.ts";

/** A program that agrees with the network on all traces. */
export interface Candidate {
  readonly program: Program;
  /** The name of the finder. */
  readonly stage: string;
  readonly route: Route;
  readonly cost: number;
  readonly source?: ProgramSource;
}

/** A program that differs from the network at a few positions. */
export interface Repair extends Pick<Candidate, "program" | "stage" | "cost"> {
  /** Share of positions of the traces with another output than the network's, above 0. */
  readonly disagreement: number;
}

/** The cheapest program so far, and the bound that all finders share. */
export interface Candidates {
  /**
   * Programs that cost more are of no use: those that cost as much as the best are not looked for.
   */
  readonly bound: number;
  readonly best: Candidate | undefined;
  /** All that were the best for a time, the best last. */
  readonly found: readonly Candidate[];
  readonly repair: Repair | undefined;
  /** Checks a program on all traces and keeps it where it is right and better than the best. */
  offer(found: Found, finder: Pick<Finder, "name" | "route">): Verdict;
}

/** @param bound the cost of the most expensive program wanted */
export function collectCandidates(traces: Traces, bound: number): Candidates {
  const found: Candidate[] = [];
  let best: Candidate | undefined;
  let repair: Repair | undefined;
  return {
    get bound() {
      return best ? best.cost - 1 : bound;
    },
    get best() {
      return best;
    },
    found,
    get repair() {
      return repair && (!best || repair.cost < best.cost) ? repair : undefined;
    },
    offer({ program, source }, { name, route }) {
      const cost = programCost(program);
      if (best ? comparePrograms(program, best.program) >= 0 : cost > bound) return "dear";
      const candidate = { program, stage: name, cost };
      const wrong = disagreement(program, traces);
      if (wrong === 0) {
        best = { ...candidate, route, ...(source && { source }) };
        found.push(best);
        return "kept";
      }
      if (wrong <= mostDisagreement && (!repair || cost < repair.cost)) {
        repair = { ...candidate, disagreement: wrong };
      }
      return "wrong";
    },
  };
}
