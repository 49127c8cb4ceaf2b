import type { Rejection } from "@latticode/machines";
import { blobMachine, isRejection, mooreMachine } from "@latticode/machines";
import { programCost } from "@latticode/program";
import { booleanRegression } from "../boolean/boolean.ts";
import type { ReadingContext } from "../context.ts";
import type { Bound, Finder, Findings, Found } from "../finder.ts";
import { recurrenceToProgram } from "../linear/coordinates.ts";
import { mostBlobs } from "../recovered-machines.ts";
import { symbolicPrograms } from "../symbolic/symbolic-programs.ts";

// The paper's own route (section 4): a lattice of the hidden states, then linear, Boolean and
// symbolic regression. All of it sees hidden states: no output is asked for but those of the
// traces.

/** Symbolic regression computes no more candidates for one network. */
const budget = 15_000_000;
const route = "paper";

export const paperLinear: Finder = {
  name: "linear",
  explanation:
    "Linear regression as in the paper: integer codes of hidden states change by a linear rule.",
  route,
  *find(context, bound) {
    const found = linearSource(context);
    if (isRejection(found)) {
      context.notes.push(found.rejected);
      return;
    }
    yield* told(context, bound, "linear", [
      { program: recurrenceToProgram(found.recurrence), source: found },
    ]);
  },
};

export const paperBoolean: Finder = {
  name: "boolean",
  explanation:
    "Boolean regression as in the paper: formulas relate bits that label the hidden states.",
  route,
  *find(context, bound) {
    const found = booleanProgram(context);
    if (isRejection(found)) context.notes.push(found.rejected);
    else yield* told(context, bound, "boolean", [found]);
  },
};

export const paperSymbolic: Finder = {
  name: "symbolic",
  explanation: "Symbolic regression as in the paper: short expressions relate integer codes.",
  route,
  *find(context, bound) {
    // a recurrence is as short as its symbolic expressions, which take longer to find
    if (!isRejection(linearSource(context))) return;
    const { traces, kernels, notes } = context;
    const lattices = context.paperLattices;
    let left = budget;
    for (const codes of lattices) {
      const { programs, candidates } = symbolicPrograms(traces, codes, { kernels, budget: left });
      left -= candidates;
      if (programs.length > 0) {
        yield* told(
          context,
          bound,
          "symbolic",
          programs.map((program) => ({ program, source: { codes } })),
        );
        return;
      }
      if (left <= 0) break;
    }
    const computed = `${budget - left} candidates on ${lattices.length} lattices`;
    notes.push(`symbolic regression: no expressions among ${computed}`);
  },
};

/** The programs, of one cost the first, with a note of each that differs from the network. */
function* told(
  { notes }: ReadingContext,
  bound: Bound,
  name: string,
  programs: readonly Found[],
): Findings {
  for (const found of programs) {
    if (programCost(found.program) > bound()) continue;
    if ((yield found) !== "wrong") continue;
    notes.push(`${name} regression: the program differs from the network`);
  }
}

/** The first lattice with linear dynamics. */
function linearSource(context: ReadingContext) {
  let rejection: Rejection = { rejected: "linear regression: there is no lattice" };
  for (const codes of context.paperLattices) {
    const recurrence = context.regression(codes);
    if (!isRejection(recurrence)) return { codes, recurrence };
    rejection = recurrence;
  }
  return rejection;
}

function booleanProgram(context: ReadingContext): Found | Rejection {
  const { traces, kernels, seed } = context;
  for (const values of [traces.x, traces.y]) {
    const beyond = values.find((value) => value !== 0 && value !== 1);
    if (beyond !== undefined) {
      return { rejected: `Boolean regression: ${beyond} is no bit` };
    }
  }
  const { system } = context;
  if (isRejection(system)) return system;
  const clusters = blobMachine(system, { kernels, seed, maximumBlobs: mostBlobs });
  if (isRejection(clusters)) return clusters;
  const machine = mooreMachine(clusters.machine);
  const program = booleanRegression(machine);
  return isRejection(program) ? program : { program, source: { machine } };
}
