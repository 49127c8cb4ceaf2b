import type { Kernels } from "@latticode/kernels";
import type { Machine, Recurrence, Rejection, System } from "@latticode/machines";
import { isRejection, observedSymbols, systemOf } from "@latticode/machines";
import type { Recurrent, Traces } from "@latticode/network";
import type { Program } from "@latticode/program";
import type { Beyond } from "./beyond.ts";
import { goesOn, isBelieved, traceBeyond } from "./beyond.ts";
import type { Codes } from "./lattice/codes.ts";
import type { Lattices } from "./lattice/lattice.ts";
import { latticesInOrder, searchLattices } from "./lattice/lattice.ts";
import { paperLattice } from "./lattice/paper-lattice.ts";
import type { ReadCodes } from "./lattice/read-codes.ts";
import { readCodes } from "./lattice/read-codes.ts";
import type { LinearDynamics } from "./linear/linear.ts";
import { linearDynamics, linearRegression } from "./linear/linear.ts";
import type { Realization } from "./linear/realization.ts";
import { respondedRecurrence } from "./linear/realization.ts";
import type { Route } from "./method.ts";
import { once, onceEach } from "./once.ts";
import type { RecoveredMachines } from "./recovered-machines.ts";
import { recoverFor } from "./recovered-machines.ts";
import { rememberAnswers, rememberResults } from "./remember.ts";
import type { BoundedSearch } from "./search/bounded-search.ts";
import { searchOnce } from "./search/bounded-search.ts";
import type { Fold } from "./search/fold.ts";
import { foldMachine, keyOfFold, keyOfMachine } from "./search/fold.ts";
import { programOfSteps } from "./search/step-program.ts";
import type { Window } from "./search/window.ts";
import { keyOfWindow, programOfWindow } from "./search/window.ts";

/** What a reading begins with. */
interface ReadingInputs {
  readonly kernels: Kernels;
  /** For what draws at random; an integer from 0 to 2^32 - 2. */
  readonly seed: number;
  readonly recurrent: Recurrent;
  readonly traces: Traces;
  /** Those that are searched; only their machines are recovered. */
  readonly routes: readonly Route[];
}

/** What finders share, each computed when it is first asked for. What it fails on is noted then. */
interface ReadingParts {
  /** The network over the inputs of the traces, where they are few. */
  readonly system: System | Rejection;
  readonly machines: RecoveredMachines;
  readonly lattices: Lattices;
  /** The codes of all lattices that are found, the surest first. */
  readonly paperLattices: readonly Codes[];
  /** Linear regression on codes of hidden states. */
  readonly regression: (codes: Codes) => Recurrence | Rejection;
  /** Codes of the hidden states with exact linear dynamics. */
  readonly linear: LinearDynamics | Rejection;
  /** Codes of the hidden states with any dynamics. */
  readonly codes: ReadCodes | Rejection;
  /** Integers for the states of a machine; see `foldMachine`. */
  readonly foldsOf: (machine: Machine) => readonly Fold[];
  /** See `programOfSteps`. */
  readonly programOfSteps: BoundedSearch<Fold>;
  /** See `programOfWindow`. */
  readonly programOfWindow: BoundedSearch<Window>;
  /** What an impulse at an input does, as a recurrence. */
  readonly response: Realization | Rejection;
  /** What the network does beyond the length of the traces. */
  readonly beyond: Beyond;
  /** Whether a program goes on as the network does there. */
  readonly goesOn: (program: Program) => boolean;
  /** Whether the network is believed there, see `isBelieved`. */
  readonly isBelievedBeyond: boolean;
}

export interface ReadingContext extends ReadingInputs, ReadingParts {
  /** What was tried and how it ended, one line each, for the user. */
  readonly notes: string[];
}

/** Different inputs up to which a machine is looked for. */
const mostSymbols = 64;

const parts: {
  readonly [Part in keyof ReadingParts]: (context: ReadingContext) => ReadingParts[Part];
} = {
  system(context) {
    const { traces, recurrent } = context;
    const symbols = noted(context, observedSymbols(traces.x, traces.inputDim, mostSymbols));
    return isRejection(symbols) ? symbols : systemOf(recurrent, { symbols, length: traces.length });
  },
  machines: (context) =>
    isRejection(context.system) ? { of: {} } : recoverFor(context.routes, context.system, context),
  lattices: (context) => searchLattices(context.traces, context),
  paperLattices: (context) =>
    [
      ...latticesInOrder(context.lattices, context.recurrent),
      paperLattice(context.traces, context),
    ].flatMap((codes) => (isRejection(noted(context, codes)) ? [] : [codes as Codes])),
  regression: (context) => onceEach((codes) => linearRegression(context.traces, codes, context)),
  linear: (context) => noted(context, linearDynamics(context.lattices, context.regression)),
  codes: (context) =>
    noted(context, readCodes(context.traces, context.recurrent, context.lattices)),
  // both routes may come upon one machine, and finders upon one table of steps
  foldsOf: ({ kernels }) => onceEach((machine) => foldMachine(machine, { kernels }), keyOfMachine),
  programOfSteps: ({ kernels }) =>
    searchOnce(({ steps, ...fold }, bound) => {
      return programOfSteps(steps, { ...fold, kernels, bound });
    }, keyOfFold),
  programOfWindow: ({ kernels }) =>
    searchOnce((window, bound) => programOfWindow(window, { kernels, bound }), keyOfWindow),
  response: ({ recurrent, traces, kernels }) => respondedRecurrence(recurrent, traces, { kernels }),
  beyond: ({ recurrent, traces, seed }) => traceBeyond(recurrent, traces, seed),
  goesOn:
    ({ beyond }) =>
    (program) =>
      goesOn(program, beyond),
  isBelievedBeyond: ({ beyond, traces }) => isBelieved(beyond, 2 * traces.length),
};

/** A reading's context: no part is computed yet, and none is computed twice. */
export function createContext(inputs: ReadingInputs): ReadingContext {
  const context = {
    ...inputs,
    kernels: rememberResults(inputs.kernels),
    recurrent: rememberAnswers(inputs.recurrent),
    notes: [],
  } as object as ReadingContext;
  for (const [part, compute] of Object.entries(parts)) {
    const get = once(() => compute(context));
    Object.defineProperty(context, part, { get, configurable: true });
  }
  return context;
}

function noted<T extends object>({ notes }: ReadingContext, found: T | Rejection): T | Rejection {
  if (isRejection(found)) notes.push(found.rejected);
  return found;
}
