import type { Kernels } from "@latticode/kernels";
import type { MooreMachine, Recurrence, Rejection } from "@latticode/machines";
import {
  blobMachine,
  isRejection,
  mooreMachine,
  observedSymbols,
  systemOf,
} from "@latticode/machines";
import type { Network, Traces } from "@latticode/network";
import { recurrentOf } from "@latticode/network";
import type { Program } from "@latticode/program";
import { compileProgram, programCost } from "@latticode/program";
import { booleanRegression } from "./boolean/boolean.ts";
import type { Codes } from "./lattice/codes.ts";
import { filledDimensions, findLattice } from "./lattice/lattice.ts";
import { paperLattice } from "./lattice/paper-lattice.ts";
import { recurrenceToProgram } from "./linear/coordinates.ts";
import { linearRegression } from "./linear/linear.ts";
import { symbolicPrograms } from "./symbolic/symbolic-programs.ts";

// The paper's own route (section 4): a lattice of the hidden states, then linear, Boolean and symbolic
// regression. All of it sees hidden states: no output is asked for but those of the traces.

export type PaperStage = "linear" | "boolean" | "symbolic";

/** The cheapest program that the paper's regressions find. */
export interface PaperReading {
  readonly program: Program;
  readonly stage: PaperStage;
  /** See programCost. */
  readonly cost: number;
  /** The lattice that the program's state comes from, where it is one. */
  readonly codes?: Codes;
  readonly recurrence?: Recurrence;
  /** The clusters of hidden states that Boolean regression labelled. */
  readonly machine?: MooreMachine;
  /** What failed, one line each. */
  readonly notes: readonly string[];
}

type Candidate = Omit<PaperReading, "notes" | "cost">;

/** Directions that are narrower than these shares of the widest are left out, the strictest first. */
const RANK_TOLERANCES = [1e-4, 1e-2, 0.05, 0.2];
/** Symbolic regression computes no more candidates for one network. */
const BUDGET = 15_000_000;
const MOST_SYMBOLS = 64;
const MOST_BLOBS = 1024;

/**
 * Reads a program as the paper does: linear, Boolean and symbolic regression on integer coordinates
 * or clusters of the hidden states. Each program found must give the rounded outputs of all traces;
 * the cheapest is the answer.
 *
 * @throws Error when the traces are empty
 */
export function readByPaper(
  network: Network,
  traces: Traces,
  { kernels, seed }: { readonly kernels: Kernels; readonly seed: number },
): PaperReading | Rejection {
  if (traces.count < 1 || traces.length < 1) {
    throw new Error(
      `readByPaper: the traces hold ${traces.count} sequences of ${traces.length} positions, both must be at least 1`,
    );
  }
  const notes: string[] = [];
  const candidates: (Candidate | Rejection)[] = [];
  const lattices = allLattices(network, traces, { kernels, notes });
  const linear = linearCandidate(traces, lattices, { kernels });
  candidates.push(linear, booleanCandidate(network, traces, { kernels, seed }));
  // a recurrence is as short as its symbolic expressions, which take longer to find
  if (isRejection(linear)) {
    let budget = BUDGET;
    let found = false;
    for (const codes of lattices) {
      const { programs, candidates: computed } = symbolicPrograms(traces, codes, {
        kernels,
        budget,
      });
      candidates.push(
        ...programs.map((program) => ({ stage: "symbolic" as const, program, codes })),
      );
      budget -= computed;
      found = programs.length > 0;
      if (found || budget <= 0) break;
    }
    if (!found) {
      const computed = `${BUDGET - budget} candidates on ${lattices.length} lattices`;
      notes.push(`symbolic regression: no expressions among ${computed}`);
    }
  }
  let best: (Candidate & { readonly cost: number }) | undefined;
  for (const candidate of candidates) {
    if (isRejection(candidate)) {
      notes.push(candidate.rejected);
      continue;
    }
    const cost = programCost(candidate.program);
    if (best && best.cost <= cost) continue;
    if (agrees(candidate.program, traces)) best = { ...candidate, cost };
    else notes.push(`${candidate.stage} regression: the program differs from the network`);
  }
  return best ? { ...best, notes } : { rejected: notes.join("; ") || "no regression fitted" };
}

/** The lattices of all finders, the surest first. */
function allLattices(
  network: Network,
  traces: Traces,
  { kernels, notes }: { readonly kernels: Kernels; readonly notes: string[] },
): Codes[] {
  const found: Codes[] = [];
  const take = (codes: Codes | Rejection) => {
    if (isRejection(codes)) notes.push(codes.rejected);
    else found.push(codes);
  };
  const tried = new Set<number>();
  for (const rankTolerance of RANK_TOLERANCES) {
    const dimension = filledDimensions(traces, rankTolerance, { kernels });
    if (tried.has(dimension)) continue;
    tried.add(dimension);
    take(findLattice(traces, { kernels, network, rankTolerance }));
  }
  if (network.shape.hiddenDepth === 1) {
    take(findLattice(traces, { kernels, network, observable: true }));
  }
  take(paperLattice(traces, { kernels }));
  return found;
}

function linearCandidate(
  traces: Traces,
  lattices: readonly Codes[],
  options: { readonly kernels: Kernels },
): Candidate | Rejection {
  let rejection: Rejection = { rejected: "linear regression: there is no lattice" };
  for (const codes of lattices) {
    const recurrence = linearRegression(traces, codes, options);
    if (isRejection(recurrence)) {
      rejection = recurrence;
      continue;
    }
    return { stage: "linear", program: recurrenceToProgram(recurrence), codes, recurrence };
  }
  return rejection;
}

function booleanCandidate(
  network: Network,
  traces: Traces,
  { kernels, seed }: { readonly kernels: Kernels; readonly seed: number },
): Candidate | Rejection {
  const { x, inputDim, length } = traces;
  for (const values of [x, traces.y]) {
    const beyond = values.find((value) => value !== 0 && value !== 1);
    if (beyond !== undefined) {
      return { rejected: `Boolean regression: ${beyond} is no bit` };
    }
  }
  const symbols = observedSymbols(x, inputDim, MOST_SYMBOLS);
  if (isRejection(symbols)) return symbols;
  const system = systemOf(recurrentOf(network, { kernels }), { symbols, length });
  const clusters = blobMachine(system, { kernels, seed, maximumBlobs: MOST_BLOBS });
  if (isRejection(clusters)) return clusters;
  const machine = mooreMachine(clusters.machine);
  const program = booleanRegression(machine);
  return isRejection(program) ? program : { stage: "boolean", program, machine };
}

function agrees(program: Program, traces: Traces): boolean {
  const { count, length, inputDim, outputDim, x, y } = traces;
  const run = compileProgram(program);
  for (let i = 0; i < count; i++) {
    let outputs: ArrayLike<number | bigint>;
    try {
      outputs = run(x.subarray(i * length * inputDim, (i + 1) * length * inputDim), length);
    } catch (error) {
      // a division by zero on an input that regression did not see
      if (error instanceof RangeError) return false;
      throw error;
    }
    for (let j = 0; j < length * outputDim; j++) {
      if (outputs[j] !== y[i * length * outputDim + j]) return false;
    }
  }
  return true;
}
