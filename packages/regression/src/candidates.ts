import type { Traces } from "@latticode/network";
import type { Program } from "@latticode/program";
import { comparePrograms, compileProgram, programCost, unlessFailed } from "@latticode/program";
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
  /** Programs that cost more are of no use: those that cost as much as the best are not looked for. */
  readonly bound: number;
  readonly best: Candidate | undefined;
  /** All that were the best for a time, the best last. */
  readonly found: readonly Candidate[];
  readonly repair: Repair | undefined;
  /** Checks a program on all traces and keeps it where it is right and better than the best. */
  offer(found: Found, finder: Pick<Finder, "name" | "route">): Verdict;
}

/** Above this share a program is wrong, and the network not (extraction with noise, measured). */
export const mostDisagreement = 0.01;

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

/**
 * Share of positions at which the program's outputs are not the network's, 0 to 1; 1 also where it
 * fails, or where the share is found to be more than that of a repair.
 */
export function disagreement(program: Program, traces: Traces): number {
  const { count, length, inputDim, outputDim, x, y } = traces;
  const run = compileProgram(program);
  const most = mostDisagreement * count * length;
  let wrong = 0;
  for (let i = 0; i < count; i++) {
    const inputs = x.subarray(i * length * inputDim, (i + 1) * length * inputDim);
    const outputs = unlessFailed(() => run(inputs, length));
    if (!outputs) return 1;
    for (let t = 0; t < length; t++) {
      for (let o = 0; o < outputDim; o++) {
        if (outputs[t * outputDim + o] === y[(i * length + t) * outputDim + o]) continue;
        wrong++;
        break;
      }
    }
    if (wrong > most) return 1;
  }
  return wrong / (count * length);
}
