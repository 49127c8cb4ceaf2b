import type { Kernels } from "@latticode/kernels";
import type { MooreMachine, Recovery, Recurrence } from "@latticode/machines";
import { isRejection, mooreMachine } from "@latticode/machines";
import type { Recurrent, Traces } from "@latticode/network";
import type { Program } from "@latticode/program";
import type { Candidate, Candidates, Repair } from "./candidates.ts";
import { steadySlack } from "./candidates.ts";
import type { Certificate } from "./certify.ts";
import { certify } from "./certify.ts";
import { chooseCandidate, chooseRepair, rankCandidates } from "./choose.ts";
import type { ReadingContext } from "./context.ts";
import { createContext } from "./context.ts";
import type { Codes } from "./lattice/codes.ts";
import type { Method, Route } from "./method.ts";
import { routesOf } from "./method.ts";
import { searchRoute } from "./search-route.ts";
import type { VariableEvidence } from "./variable-evidence.ts";

/** What was read from a network, and the cheapest program among those that agree with it. */
export interface Reading {
  /** Absent when nothing fitted; `notes` say why. */
  readonly program?: Program;
  readonly route?: Route;
  /** The finder of the program: "linear", "codes", "fold", "window" and so on; see `finderOf`. */
  readonly stage?: string;
  /** See `programCost`. */
  readonly cost?: number;
  /** What the other route found, with the default method. */
  readonly certificate?: Certificate;
  /** How each state variable is decoded from the hidden state. */
  readonly variables?: readonly VariableEvidence[];
  /**
   * Every state variable is decoded from the hidden state; else the program is a hit of the search.
   */
  readonly isReading?: boolean;
  /** The program goes on as the network does beyond the traces, as far as that is near integers. */
  readonly goesOn?: boolean;
  /** The network's outputs are near integers on most words of twice the length of the traces. */
  readonly isBelievedBeyond?: boolean;
  /** Other programs that agree with the network on all traces, the cheapest first. */
  readonly alternatives?: readonly Pick<Candidate, "program" | "stage" | "route" | "cost">[];
  /** A shorter program that differs from the network at a few positions. */
  readonly repair?: Repair;
  /** Integer codes of the hidden states, where their dynamics are exact. */
  readonly codes?: Codes;
  /** Linear dynamics over the integers: of the codes, or what an affine network responds. */
  readonly recurrence?: Recurrence;
  /** What the recurrence was read from. */
  readonly recurrenceFrom?: "hidden states" | "impulse responses";
  /** The finite machine that was read, with outputs on its states. */
  readonly machine?: MooreMachine;
  /** The machines of behaviour and of hidden states, and what speaks for them. */
  readonly recovery?: Recovery;
  /** What was tried and how it ended, one line each, for the user. */
  readonly notes: readonly string[];
}

export interface ReadOptions {
  readonly kernels: Kernels;
  /** For finders that draw at random; an integer from 0 to 2^32 - 2. */
  readonly seed: number;
  /** "default" unless given. */
  readonly method?: Method;
}

/** A program that certifies a shorter one may cost this much more. */
const certifiedSlack = 2;

/**
 * Reads the program out of a network. The white-box route looks at hidden states: integer codes
 * with linear dynamics or any other, and the machine that the states move through. The black-box
 * route looks at outputs alone. The default takes both, one to certify what the other found. Every
 * program runs on all traces and must give the network's rounded outputs; the cheapest that does is
 * the answer. Where none does, or only a table, the outputs are searched once more for a repair.
 * Labels are never seen, and the result depends on the arguments only. What does not fit is a note,
 * not an exception.
 *
 * @param traces what the network does: its hidden states and rounded outputs
 * @returns the program with what it was found by, or the notes that say why there is none
 * @throws Error when the traces are empty
 * @example
 * const recurrent = recurrentOf(network, { kernels });
 * const { program, notes } = readProgram(recurrent, traces, { kernels, seed: 1 });
 */
export function readProgram(recurrent: Recurrent, traces: Traces, options: ReadOptions): Reading {
  if (traces.count < 1 || traces.length < 1) {
    throw new Error(
      `readProgram: the traces hold ${traces.count} sequences of ${traces.length} positions, ` +
        "both must be at least 1",
    );
  }
  const { kernels, seed, method = "default" } = options;
  const routes = routesOf[method];
  const context = createContext({ recurrent, traces, kernels, seed, routes });
  if (method === "paper") return readByPaper(context);

  const machines = readMachines(context);
  const searched = searchRoutes(context, routes);
  const ranked = rankCandidates(searched);
  const chosen = chooseCandidate(ranked, context);
  const other = ranked.find(({ route }) => route !== chosen?.route);
  const isTolerant = routes.includes("black-box");
  const repair = chooseRepair(searched, chosen, context, { isTolerant });
  const alternatives = ranked.filter(({ program }) => program !== chosen?.program);
  return {
    ...chosen,
    ...(chosen && { isBelievedBeyond: context.isBelievedBeyond }),
    ...(alternatives.length > 0 && { alternatives }),
    ...(chosen && other && { certificate: certify(chosen.program, other, traces) }),
    ...(repair && { repair }),
    ...readDynamics(context, routes),
    ...machines,
    notes: context.notes,
  };
}

/** The machines of both routes, and the one to go on with. */
function readMachines(context: ReadingContext): Pick<Reading, "recovery" | "machine"> {
  const { recovery } = context.machines;
  const machine = recovery?.chosen && recovery[recovery.chosen];
  return {
    ...(recovery && { recovery }),
    ...(machine && !isRejection(machine) && { machine: mooreMachine(machine.machine) }),
  };
}

/** One route after the other; the second may find a dearer program, which certifies the first's. */
function searchRoutes(context: ReadingContext, routes: readonly Route[]): Candidates[] {
  const searched: Candidates[] = [];
  let bound = Number.POSITIVE_INFINITY;
  for (const route of routes) {
    const candidates = searchRoute(context, route, bound);
    searched.push(candidates);
    const { best, steady } = candidates;
    if (best) bound = steady ? steady.cost + certifiedSlack : best.cost + steadySlack;
  }
  return searched;
}

/**
 * Dynamics of the hidden states where they were looked at, else what an affine network responds.
 */
function readDynamics(
  context: ReadingContext,
  routes: readonly Route[],
): Pick<Reading, "codes" | "recurrence" | "recurrenceFrom"> {
  let read: Pick<Reading, "recurrence" | "recurrenceFrom"> = {};
  if (routes.includes("black-box") && context.recurrent.affine === "both") {
    const response = context.response;
    if (!isRejection(response)) {
      const { recurrence } = response;
      read = { recurrence, recurrenceFrom: "impulse responses" };
    }
  }
  if (!routes.includes("white-box")) return read;
  const linear = context.linear;
  if (!isRejection(linear)) return { ...linear, recurrenceFrom: "hidden states" };
  const found = context.codes;
  return isRejection(found) ? read : { ...read, codes: found.codes };
}

function readByPaper(context: ReadingContext): Reading {
  const { best } = searchRoute(context, "paper", Number.POSITIVE_INFINITY);
  if (!best) return { notes: context.notes };
  const { source, ...program } = best;
  return { ...chooseCandidate([program], context), ...source, notes: context.notes };
}
