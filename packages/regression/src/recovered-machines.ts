import type { Kernels } from "@latticode/kernels";
import type { Machine, Recovery, Rejection, System } from "@latticode/machines";
import {
  blobMachine,
  coreMachine,
  isRejection,
  recoverMachines,
  residualMachine,
} from "@latticode/machines";
import type { Route } from "./method.ts";

/** A machine that programs are looked for on. */
export interface FoundMachine {
  readonly machine: Machine;
  /** All of its transitions are known. */
  readonly closed: boolean;
}

/** The machines that each route may look at, and what speaks for them where there are two. */
export interface RecoveredMachines {
  readonly of: Partial<Record<Route, FoundMachine>>;
  readonly recovery?: Recovery;
}

/** Clouds of hidden states that a machine is looked for among. */
export const mostBlobs = 1024;
const mostStates = 256;
/** Whatever program comes out is checked on the traces and after that on fresh sequences. */
const mostWords = 1 << 16;

/**
 * The machine of hidden states, of the white-box route, and that of behaviour, of the black-box
 * route; both are held together where both routes are taken.
 *
 * @param routes where a machine is wanted
 */
export function recoverFor(
  routes: readonly Route[],
  system: System,
  options: { readonly kernels: Kernels; readonly seed: number; readonly notes: string[] },
): RecoveredMachines {
  const limits = {
    ...{ kernels: options.kernels, seed: options.seed },
    ...{ maximumStates: mostStates, maximumBlobs: mostBlobs, mostWords },
  };
  const takes = (route: Route) => routes.includes(route);
  const isBoth = takes("white-box") && takes("black-box");
  const recovery = isBoth ? recoverMachines(system, limits) : undefined;
  const blobs = recovery?.blobs ?? (takes("white-box") ? blobMachine(system, limits) : undefined);
  const residual =
    recovery?.residual ?? (takes("black-box") ? residualMachine(system, limits) : undefined);
  const found = <T extends FoundMachine>(
    machine: T | Rejection | undefined,
    known: (machine: T) => Machine,
  ): FoundMachine | undefined => {
    if (!machine) return undefined;
    if (!isRejection(machine)) {
      return machine.closed ? machine : { machine: known(machine), closed: false };
    }
    options.notes.push(machine.rejected);
    return undefined;
  };
  // deeper merges are not told apart by what is left of the trained length
  const white = found(blobs, ({ machine }) => shallowPart(machine, system.length / 2));
  const black = found(residual, coreMachine);
  return {
    of: { ...(white && { "white-box": white }), ...(black && { "black-box": black }) },
    ...(recovery && { recovery }),
  };
}

/** The machine as far as words of less than a length lead; what follows is unknown. */
export function shallowPart(machine: Machine, length: number): Machine {
  const { initial, stateCount, symbols, inputDim } = machine;
  const symbolCount = symbols.length / inputDim;
  const number = new Map([[initial, 0]]);
  let layer = [initial];
  const kept: number[] = [];
  for (let depth = 0; depth < length && layer.length > 0; depth++) {
    kept.push(...layer);
    const next: number[] = [];
    for (const state of layer) {
      for (const to of machine.transitions.subarray(
        state * symbolCount,
        (state + 1) * symbolCount,
      )) {
        if (to < 0 || number.has(to)) continue;
        number.set(to, number.size);
        next.push(to);
      }
    }
    layer = next;
  }
  if (number.size === stateCount && layer.length === 0) return machine;
  const states = [...number.keys()];
  const isKept = new Set(kept);
  const rows = (of: (state: number) => ArrayLike<number>) =>
    Int32Array.from(states.flatMap((state) => Array.from(of(state))));
  const slice = (values: Int32Array, state: number) =>
    isKept.has(state)
      ? values.subarray(state * symbolCount, (state + 1) * symbolCount)
      : new Int32Array(symbolCount).fill(-1);
  return {
    ...machine,
    stateCount: states.length,
    initial: 0,
    transitions: rows((state) => slice(machine.transitions, state)).map((to) =>
      to < 0 ? -1 : number.get(to)!,
    ),
    outputs: rows((state) => slice(machine.outputs, state)),
  };
}
