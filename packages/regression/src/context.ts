import type { Kernels } from "@latticode/kernels";
import type { Recurrence, Rejection, System } from "@latticode/machines";
import { isRejection, observedSymbols, systemOf } from "@latticode/machines";
import type { Recurrent, Traces } from "@latticode/network";
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
import { machinesFor } from "./recovered-machines.ts";
import { rememberAnswers } from "./remember.ts";

/**
 * What the finders of one reading share. Each part is computed when it is first asked for, and kept;
 * what it fails on is noted then.
 */
export interface ReadingContext {
  readonly kernels: Kernels;
  /** For what draws at random; an integer from 0 to 2^32 - 2. */
  readonly seed: number;
  readonly recurrent: Recurrent;
  readonly traces: Traces;
  /** What was tried and how it ended, one line each, for the user. */
  readonly notes: string[];
  /** The network over the inputs of the traces, where they are few. */
  readonly system: () => System | Rejection;
  readonly machines: () => RecoveredMachines;
  readonly lattices: Lattices;
  /** The codes of all lattices that are found, the surest first. */
  readonly paperLattices: () => readonly Codes[];
  /** Linear regression on codes of hidden states. */
  readonly regression: (codes: Codes) => Recurrence | Rejection;
  /** Codes of the hidden states with exact linear dynamics. */
  readonly linear: () => LinearDynamics | Rejection;
  /** Codes of the hidden states with any dynamics. */
  readonly codes: () => ReadCodes | Rejection;
  /** What an impulse at an input does, as a recurrence. */
  readonly response: () => Realization | Rejection;
}

/** Different inputs up to which a machine is looked for. */
const mostSymbols = 64;

/** @param options.routes those that are searched: only their machines are recovered */
export function createContext(
  given: Recurrent,
  traces: Traces,
  options: {
    readonly kernels: Kernels;
    readonly seed: number;
    readonly routes: readonly Route[];
  },
): ReadingContext {
  const { kernels, seed, routes } = options;
  const recurrent = rememberAnswers(given);
  const notes: string[] = [];
  const noted = <T extends object>(compute: () => T | Rejection) =>
    once(() => {
      const found = compute();
      if (isRejection(found)) notes.push(found.rejected);
      return found;
    });
  const system = noted(() => {
    const symbols = observedSymbols(traces.x, traces.inputDim, mostSymbols);
    return isRejection(symbols)
      ? symbols
      : systemOf(recurrent, { symbols, length: traces.length });
  });
  const machines = once(() => {
    const asked = system();
    return isRejection(asked) ? { of: {} } : machinesFor(routes, asked, { kernels, seed, notes });
  });
  const lattices = searchLattices(traces, { kernels, recurrent });
  const regression = onceEach((codes: Codes) => linearRegression(traces, codes, { kernels }));
  return {
    ...{ kernels, seed, recurrent, traces, notes },
    ...{ system, machines, lattices, regression },
    paperLattices: once(() => {
      const found = [...latticesInOrder(lattices, recurrent), paperLattice(traces, { kernels })];
      return found.flatMap((codes) => {
        if (!isRejection(codes)) return [codes];
        notes.push(codes.rejected);
        return [];
      });
    }),
    linear: noted(() => linearDynamics(lattices, regression)),
    codes: noted(() => readCodes(traces, recurrent, lattices)),
    response: once(() => respondedRecurrence(recurrent, traces, { kernels })),
  };
}
