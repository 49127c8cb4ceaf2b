import type { Kernels } from "@latticode/kernels";
import type { MooreMachine, Recovery, Rejection } from "@latticode/machines";
import {
  isRejection,
  mooreMachine,
  networkSystem,
  observedSymbols,
  recoverMachines,
} from "@latticode/machines";
import type { Program } from "@latticode/program";
import { compileProgram, programCost } from "@latticode/program";
import type { Network, Traces } from "@latticode/training";
import { booleanRegression } from "./boolean.ts";
import type { Codes } from "./codes.ts";
import { recurrenceToProgram } from "./coordinates.ts";
import { impulseResponse } from "./impulse-response.ts";
import { findLattice } from "./lattice.ts";
import { linearRegression } from "./linear.ts";
import { realizeResponse } from "./realization.ts";
import type { Recurrence } from "./recurrence.ts";

/** What was read from a network, and the cheapest program among those that agree with it. */
export interface Reading {
  /** Absent when nothing fitted; `notes` say why. */
  readonly program?: Program;
  /** The regression that found the program. */
  readonly method?: "linear" | "boolean";
  /** Integer codes of the hidden states, where their dynamics are exact. */
  readonly codes?: Codes;
  /** Linear dynamics of the codes over the integers. */
  readonly recurrence?: Recurrence;
  /** The finite machine that was read, with outputs on its states. */
  readonly machine?: MooreMachine;
  /** The machines of behaviour and of hidden states, and what speaks for them. */
  readonly recovery?: Recovery;
  /** What was tried and how it ended, one line each, for the user. */
  readonly notes: readonly string[];
}

export interface ReadOptions {
  readonly kernels: Kernels;
  /** For stages that draw at random; an integer from 0 to 2^32 - 2. */
  readonly seed: number;
}

interface Candidate {
  readonly method: "linear" | "boolean";
  readonly program: Program;
}

/** Ways to look for the lattice, the strictest first: the exact check comes later. */
const LATTICE_ATTEMPTS = [
  { rankTolerance: 1e-4, observable: false },
  { rankTolerance: 1e-2, observable: false },
  { rankTolerance: 1e-4, observable: true },
] as const;

/**
 * Reads the program out of a network's hidden states: lattice and linear regression, then machine
 * and Boolean regression. Every program found runs on all traces and must give the network's
 * rounded outputs; the cheapest that does is the answer. Labels are never seen, and the result
 * depends on the arguments only. What does not fit is a note, not an exception.
 *
 * @throws Error when the traces are empty
 */
export function readProgram(network: Network, traces: Traces, options: ReadOptions): Reading {
  const { kernels } = options;
  if (traces.count < 1 || traces.length < 1) {
    throw new Error(
      `readProgram: the traces hold ${traces.count} sequences of ${traces.length} positions, both must be at least 1`,
    );
  }
  const notes: string[] = [];
  const candidates: Candidate[] = [];
  const linear = readLinear(network, traces, { kernels, notes });
  if (linear.recurrence) {
    candidates.push({ method: "linear", program: recurrenceToProgram(linear.recurrence) });
  }
  const machine = readMachine(network, traces, { ...options, found: candidates.length > 0 });
  if (isRejection(machine)) {
    notes.push(machine.rejected);
  } else if (!machine.machine) {
    notes.push(...recoveryNotes(machine.recovery));
  } else {
    const program = booleanRegression(machine.machine);
    if (isRejection(program)) notes.push(program.rejected);
    else candidates.push({ method: "boolean", program });
  }
  const checked = candidates.filter(({ method, program }) => {
    const mistake = firstDisagreement(program, traces);
    if (mistake) notes.push(`${method} regression: ${mistake}`);
    return mistake === undefined;
  });
  // stable: linear comes first at equal cost
  checked.sort((a, b) => programCost(a.program) - programCost(b.program));
  return {
    ...checked[0],
    ...linear,
    ...(isRejection(machine) ? {} : machine),
    notes,
  };
}

const mostSymbols = 64;
const mostStates = 256;
const mostBlobs = 1024;
/** Whatever program comes out is checked on the traces and after that on fresh sequences. */
const mostWords = 1 << 16;

interface FoundMachine {
  readonly machine?: MooreMachine;
  readonly recovery: Recovery;
}

/** The machine, unless it could give nothing better: its regression needs bits. */
function readMachine(
  network: Network,
  traces: Traces,
  { kernels, seed, found }: ReadOptions & { readonly found: boolean },
): FoundMachine | Rejection {
  const { x, inputDim, length } = traces;
  if (found && x.some((value) => value !== 0 && value !== 1)) {
    return {
      rejected: "machine: not looked for, the recurrence is exact and the inputs are no bits",
    };
  }
  const symbols = observedSymbols(x, inputDim, mostSymbols);
  if (isRejection(symbols)) return symbols;
  const system = networkSystem(network, { symbols, length, kernels });
  const limits = { maximumStates: mostStates, maximumBlobs: mostBlobs, mostWords };
  const recovery = recoverMachines(system, { kernels, seed, ...limits });
  const chosen = recovery.chosen && recovery[recovery.chosen];
  if (!chosen || isRejection(chosen)) return { recovery };
  return { machine: mooreMachine(chosen.machine), recovery };
}

function recoveryNotes({ residual, blobs }: Recovery): string[] {
  const reasons = [residual, blobs].map((found) =>
    isRejection(found)
      ? found.rejected
      : `machine: ${found.agreement.wrong} of ${found.agreement.words} words come out wrong`,
  );
  return [...new Set(reasons)];
}

function readLinear(
  network: Network,
  traces: Traces,
  { kernels, notes }: { readonly kernels: Kernels; readonly notes: string[] },
): { codes?: Codes; recurrence?: Recurrence } {
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
  // hidden states off any lattice may still compute a linear function
  const response = impulseResponse(network, traces, { kernels });
  const realized = isRejection(response) ? response : realizeResponse(response, { kernels });
  if (!isRejection(realized)) return { recurrence: realized.recurrence };
  notes.push(realized.rejected);
  return {};
}

/** Where the program's output first differs from the network's; undefined when it never does. */
function firstDisagreement(program: Program, traces: Traces): string | undefined {
  const { count, length, inputDim, outputDim, x, y } = traces;
  const run = compileProgram(program);
  for (let i = 0; i < count; i++) {
    const outputs = run(x.subarray(i * length * inputDim, (i + 1) * length * inputDim), length);
    for (let j = 0; j < length * outputDim; j++) {
      const expected = y[i * length * outputDim + j];
      if (outputs[j] === expected) continue;
      const position = Math.floor(j / outputDim);
      return `the program gives ${outputs[j]} for sequence ${i} at position ${position}, the network ${expected}`;
    }
  }
  return undefined;
}
