import type { Kernels } from "@latticode/kernels";
import type { Machine, MooreMachine, Recovery, Recurrence } from "@latticode/machines";
import {
  blobMachine,
  coreMachine,
  isRejection,
  mooreMachine,
  observedSymbols,
  recoverMachines,
  residualMachine,
  systemOf,
} from "@latticode/machines";
import type { Network, Traces } from "@latticode/network";
import { recurrentOf } from "@latticode/network";
import type { Expression, Program } from "@latticode/program";
import { comparePrograms, replaceStates, state } from "@latticode/program";
import { proveEqual } from "@latticode/verification";
import type { Candidate, Candidates, Repair } from "./candidates.ts";
import { collectCandidates } from "./candidates.ts";
import { shallowPart } from "./finders/fold.ts";
import { offerBehaviour, offerCodes, offerMachine, offerTraceFolds } from "./finders/routes.ts";
import { tolerantRepair } from "./finders/tolerant.ts";
import type { Codes } from "./lattice/codes.ts";
import { findLattice } from "./lattice/lattice.ts";
import { readCodes } from "./lattice/read-codes.ts";
import { recurrenceToProgram } from "./linear/coordinates.ts";
import { delayListProgram } from "./linear/delay-list.ts";
import { linearRegression } from "./linear/linear.ts";
import { readByPaper } from "./paper-method.ts";
import type { ProgramEvidence, VariableEvidence } from "./variable-evidence.ts";
import { decodeVariables } from "./variable-evidence.ts";

/** How programs are looked for; see `readProgram`. */
export const methods = ["default", "white-box", "black-box", "paper"] as const;
export type Method = (typeof methods)[number];

/** What a program was found from: hidden states, behaviour alone, or the paper's way. */
export type Route = "white-box" | "black-box" | "paper";

/** What was read from a network, and the cheapest program among those that agree with it. */
export interface Reading {
  /** Absent when nothing fitted; `notes` say why. */
  readonly program?: Program;
  readonly route?: Route;
  /** What found the program: "linear", "codes", "fold", "window", "lists", "table" and so on. */
  readonly stage?: string;
  /** See `programCost`. */
  readonly cost?: number;
  /** What the other route found, with the default method. */
  readonly certificate?: Certificate;
  /** How each state variable is decoded from the hidden state. */
  readonly variables?: readonly VariableEvidence[];
  /** Every state variable is decoded from the hidden state; else the program is a hit of the search. */
  readonly isReading?: boolean;
  /** A shorter program that differs from the network at a few positions. */
  readonly repair?: Repair;
  /** Integer codes of the hidden states, where their dynamics are exact. */
  readonly codes?: Codes;
  /** Linear dynamics over the integers: of the codes, or what an affine network responds. */
  readonly recurrence?: Recurrence;
  /** The finite machine that was read, with outputs on its states. */
  readonly machine?: MooreMachine;
  /** The machines of behaviour and of hidden states, and what speaks for them. */
  readonly recovery?: Recovery;
  /** What was tried and how it ended, one line each, for the user. */
  readonly notes: readonly string[];
}

/** A second program for the same network, found in a way that shares nothing with the first. */
export interface Certificate {
  readonly route: Route;
  readonly stage: string;
  readonly program: Program;
  readonly equality: "same program" | "proven equal" | "agrees" | "differs";
  /** What the equality rests on, one line. */
  readonly explanation: string;
}

export interface ReadOptions {
  readonly kernels: Kernels;
  /** For stages that draw at random; an integer from 0 to 2^32 - 2. */
  readonly seed: number;
  /** "default" unless given. */
  readonly method?: Method;
}

/** A program that certifies a shorter one may cost this much more. */
const certifiedSlack = 2;
/** A reading is preferred to a hit of the search that is this much cheaper at most. */
const readingSlack = 4;

/** Ways to look for the lattice, the strictest first: the exact check comes later. */
const LATTICE_ATTEMPTS = [
  { rankTolerance: 1e-4, observable: false },
  { rankTolerance: 1e-2, observable: false },
  { rankTolerance: 1e-4, observable: true },
] as const;

/**
 * Reads the program out of a network. The white-box route looks at hidden states: integer codes with
 * linear dynamics or any other, and the machine that the states move through. The black-box route
 * looks at outputs alone. The default takes both, one to certify what the other found. Every program
 * runs on all traces and must give the network's rounded outputs; the cheapest that does is the
 * answer. Where none does, or only a table, the outputs are searched once more for a repair. Labels are
 * never seen, and the result depends on the arguments only. What does not fit is a note, not an
 * exception.
 *
 * @throws Error when the traces are empty
 */
export function readProgram(network: Network, traces: Traces, options: ReadOptions): Reading {
  const { method = "default" } = options;
  if (traces.count < 1 || traces.length < 1) {
    throw new Error(
      `readProgram: the traces hold ${traces.count} sequences of ${traces.length} positions, both must be at least 1`,
    );
  }
  if (method === "paper") return readPaper(network, traces, options);
  const context: Context = { ...options, method, network, traces, notes: [] };
  const isBoth = method === "default";
  const machines = readMachines(context);
  const white = isBoth || method === "white-box" ? readWhiteBox(context, machines) : undefined;
  const black =
    isBoth || method === "black-box"
      ? readBlackBox(
          context,
          machines,
          white?.candidates.best && white.candidates.best.cost + certifiedSlack,
        )
      : undefined;
  const of = (route: Route, found: readonly Candidate[] = []) =>
    found.map((f) => ({ ...f, route }));
  const found = [
    ...of("white-box", white?.candidates.found),
    ...of("black-box", black?.candidates.found),
  ].sort(
    // what was read from hidden states comes before a hit of the same cost
    (a, b) =>
      a.cost - b.cost ||
      Number(a.route !== "white-box") - Number(b.route !== "white-box") ||
      comparePrograms(a.program, b.program),
  );
  const chosen = chooseReading(found, traces, options);
  const other = found.find(({ route }) => route !== chosen?.route);
  const repairs = [white?.candidates.repair, black?.candidates.repair].flatMap((r) =>
    r ? [r] : [],
  );
  const isExplained = found.some(({ stage }) => stage !== lastResort);
  const tolerant =
    black && !isExplained
      ? tolerantRepair(traces, { ...options, bound: leastCost([...found, ...repairs]) - 1 })
      : undefined;
  const repair = tolerant ?? repairs.find((r) => !chosen || r.cost < chosen.cost);
  const { recovery } = machines;
  const machine = recovery?.chosen && recovery[recovery.chosen];
  return {
    ...chosen,
    ...(chosen && other && { certificate: certify(chosen.program, other, context) }),
    ...(repair && { repair }),
    ...{ ...black?.read, ...white?.read },
    ...(recovery && { recovery }),
    ...(machine && !isRejection(machine) && { machine: mooreMachine(machine.machine) }),
    notes: context.notes,
  };
}

/** What is left where a machine has no short program. */
const lastResort = "table";

function leastCost(found: readonly Candidate[]): number {
  return found.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY);
}

/** The cheapest program, or the cheapest whose state is in the hidden state, if that costs little more. */
function chooseReading(
  found: readonly (Candidate & { readonly route: Route })[],
  traces: Traces,
  options: ReadOptions,
): (Candidate & ProgramEvidence & { readonly route: Route }) | undefined {
  if (found.length === 0) return undefined;
  const near = found.filter(({ cost }) => cost <= found[0].cost + readingSlack);
  let cheapest: (Candidate & ProgramEvidence & { readonly route: Route }) | undefined;
  for (const candidate of near) {
    const judged = { ...candidate, ...decodeVariables(candidate.program, traces, options) };
    if (judged.isReading) return judged;
    cheapest ??= judged;
  }
  return cheapest;
}

function readPaper(network: Network, traces: Traces, options: ReadOptions): Reading {
  const found = readByPaper(network, traces, options);
  if (isRejection(found)) return { notes: [found.rejected] };
  const evidence = decodeVariables(found.program, traces, options);
  return { ...found, ...evidence, route: "paper" };
}

interface Context extends ReadOptions {
  readonly method: Method;
  readonly network: Network;
  readonly traces: Traces;
  readonly notes: string[];
}

const mostSymbols = 64;
const mostStates = 256;
const mostBlobs = 1024;
/** Whatever program comes out is checked on the traces and after that on fresh sequences. */
const mostWords = 1 << 16;

interface FoundMachine {
  readonly machine: Machine;
  readonly closed: boolean;
}

/** The machines that a method may look at. */
interface Machines {
  /** Of hidden states. */
  readonly white?: FoundMachine;
  /** Of behaviour. */
  readonly black?: FoundMachine;
  readonly recovery?: Recovery;
}

function readMachines({ network, traces, kernels, seed, method, notes }: Context): Machines {
  const symbols = observedSymbols(traces.x, traces.inputDim, mostSymbols);
  if (isRejection(symbols)) {
    notes.push(symbols.rejected);
    return {};
  }
  const system = systemOf(recurrentOf(network, { kernels }), { symbols, length: traces.length });
  const limits = { maximumStates: mostStates, maximumBlobs: mostBlobs, mostWords };
  const options = { kernels, seed, ...limits };
  const recovery = method === "default" ? recoverMachines(system, options) : undefined;
  const blobs =
    recovery?.blobs ?? (method === "white-box" ? blobMachine(system, options) : undefined);
  const residual =
    recovery?.residual ?? (method === "black-box" ? residualMachine(system, options) : undefined);
  for (const found of [blobs, residual]) {
    if (found && isRejection(found)) notes.push(found.rejected);
  }
  return {
    ...(blobs &&
      !isRejection(blobs) && {
        // deeper merges are not told apart by what is left of the trained length
        white: blobs.closed
          ? blobs
          : { machine: shallowPart(blobs.machine, traces.length / 2), closed: false },
      }),
    ...(residual &&
      !isRejection(residual) && {
        black: residual.closed ? residual : { machine: coreMachine(residual), closed: false },
      }),
    ...(recovery && { recovery }),
  };
}

interface WhiteBox {
  readonly candidates: Candidates;
  readonly read: Pick<Reading, "codes" | "recurrence">;
}

function readWhiteBox(context: Context, { white }: Machines): WhiteBox {
  const { network, traces, notes } = context;
  const candidates = collectCandidates(traces, Number.POSITIVE_INFINITY);
  const linear = readLinear(context);
  if (linear.recurrence) {
    candidates.offer(delayListProgram(linear.recurrence), "linear");
    candidates.offer(recurrenceToProgram(linear.recurrence), "linear");
    return { candidates, read: linear };
  }
  const codes = readCodes(network, traces, context);
  if (isRejection(codes)) notes.push(codes.rejected);
  else offerCodes(candidates, traces, codes, context);
  if (white) offerMachine(candidates, white.machine, { ...context, ...white });
  return { candidates, read: isRejection(codes) ? {} : { codes: codes.codes } };
}

interface BlackBox {
  readonly candidates: Candidates;
  /** What an affine network responds, which is all that it does. */
  readonly read: Pick<Reading, "recurrence">;
}

function readBlackBox(context: Context, { black }: Machines, bound?: number): BlackBox {
  const { network, traces } = context;
  const candidates = collectCandidates(traces, bound ?? Number.POSITIVE_INFINITY);
  const recurrence = offerBehaviour(candidates, network, traces, context);
  if (black) offerMachine(candidates, black.machine, { ...context, ...black });
  const { best } = candidates;
  if (!best || best.stage === lastResort) offerTraceFolds(candidates, traces, context);
  const { hiddenDepth, outputDepth } = network.shape;
  const isAffine = hiddenDepth === 1 && outputDepth === 1;
  return { candidates, read: isAffine && recurrence ? { recurrence } : {} };
}

/** Linear dynamics of hidden states. */
function readLinear({ network, traces, kernels, notes }: Context): {
  codes?: Codes;
  recurrence?: Recurrence;
} {
  const reasons: string[] = [];
  for (const attempt of LATTICE_ATTEMPTS) {
    const codes = findLattice(traces, { kernels, network, ...attempt });
    if (isRejection(codes)) {
      reasons.push(codes.rejected);
      continue;
    }
    const recurrence = linearRegression(traces, codes, { kernels });
    // a few clouds of states fit some lattice by chance: codes count only with exact dynamics
    if (!isRejection(recurrence)) return { codes, recurrence };
    reasons.push(recurrence.rejected);
  }
  notes.push(reasons[0]);
  return {};
}

/** Whether two programs of one network are the same function, and what that rests on. */
function certify(
  program: Program,
  other: Candidate & { readonly route: Route },
  { traces }: Context,
): Certificate {
  const { route, stage } = other;
  const found = { route, stage, program: other.program };
  if (sameProgram(program, other.program)) {
    return { ...found, equality: "same program", explanation: "both routes found it" };
  }
  const symbols = observedSymbols(traces.x, traces.inputDim);
  const equality = isRejection(symbols) ? undefined : proveEqual(program, other.program, symbols);
  if (equality?.equal === true) {
    return { ...found, equality: "proven equal", explanation: equality.proof };
  }
  if (equality?.equal === false) {
    const word = JSON.stringify(Array.from(equality.counterexample));
    return { ...found, equality: "differs", explanation: `on the inputs ${word}` };
  }
  const explanation = `on ${traces.count} sequences; ${equality ? equality.reason : "too many inputs to prove it"}`;
  return { ...found, equality: "agrees", explanation };
}

/** Whether two programs are the same up to the names of their variables. */
function sameProgram(a: Program, b: Program): boolean {
  return JSON.stringify(renamed(a)) === JSON.stringify(renamed(b));
}

function renamed(program: Program): Program {
  const numbers = new Map(program.state.map(({ name }, i) => [name, `v${i}`]));
  const rename = (e: Expression) => replaceStates(e, (name) => state(numbers.get(name)!));
  return {
    inputDim: program.inputDim,
    state: program.state.map(({ name, initial }) => ({ name: numbers.get(name)!, initial })),
    order: program.updates.length > 1 ? program.order : "in-place",
    updates: program.updates.map(({ target, value }) => ({
      target: numbers.get(target)!,
      value: rename(value),
    })),
    outputs: program.outputs.map(rename),
  };
}
