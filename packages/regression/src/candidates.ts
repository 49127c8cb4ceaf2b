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
  /** Beyond the length of the traces it goes on as the network does, as far as that is believed. */
  readonly goesOn: boolean;
  readonly source?: ProgramSource;
}

/** A program that differs from the network at a few positions. */
export interface Repair extends Pick<Candidate, "program" | "stage" | "cost"> {
  /** Share of positions of the traces with another output than the network's, above 0. */
  readonly disagreement: number;
}

/**
 * A program that goes on as the network does is looked for up to this much above one that does not.
 */
export const steadySlack = 4;

/** The cheapest program so far, and the bound that all finders share. */
export interface Candidates {
  /**
   * Programs that cost more are of no use: those that cost as much as the best that goes on as the
   * network does are not looked for.
   */
  readonly bound: number;
  readonly best: Candidate | undefined;
  /** The cheapest that goes on as the network does. */
  readonly steady: Candidate | undefined;
  /** All that were the best for a time, the best last. */
  readonly found: readonly Candidate[];
  readonly repair: Repair | undefined;
  /** Checks a program on all traces and keeps it where it is right and better than the best. */
  offer(found: Found, finder: Pick<Finder, "name" | "route">): Verdict;
}

/** @param bound the cost of the most expensive program wanted */
export function collectCandidates(
  { traces, goesOn }: { readonly traces: Traces; readonly goesOn: (program: Program) => boolean },
  bound: number,
): Candidates {
  const found: Candidate[] = [];
  let best: Candidate | undefined;
  let steady: Candidate | undefined;
  let repair: Repair | undefined;
  return {
    get bound() {
      if (steady) return steady.cost - 1;
      return best ? Math.min(bound, best.cost + steadySlack) : bound;
    },
    get best() {
      return best;
    },
    get steady() {
      return steady;
    },
    found,
    get repair() {
      return repair && (!best || repair.cost < best.cost) ? repair : undefined;
    },
    offer({ program, source }, { name, route }) {
      const cost = programCost(program);
      if (steady ? comparePrograms(program, steady.program) >= 0 : cost > this.bound) return "dear";
      const candidate = { program, stage: name, cost };
      const wrong = disagreement(program, traces);
      if (wrong === 0) {
        const isSteady = goesOn(program);
        const isBest = !best || comparePrograms(program, best.program) < 0;
        if (!isSteady && !isBest) return "dear";
        const kept = { ...candidate, route, goesOn: isSteady, ...(source && { source }) };
        if (isSteady) steady = kept;
        if (isBest) best = kept;
        found.push(kept);
        return "kept";
      }
      if (wrong <= mostDisagreement && (!repair || cost < repair.cost)) {
        repair = { ...candidate, disagreement: wrong };
      }
      return "wrong";
    },
  };
}
