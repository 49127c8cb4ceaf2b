import type { Kernels } from "@latticode/kernels";
import type { Traces } from "@latticode/network";
import type { Expression, Program } from "@latticode/program";
import { input, programCost, simplifyProgram, state } from "@latticode/program";
import { closedCodes, codeVariants, isClosed } from "../lattice/closed-codes.ts";
import type { Codes } from "../lattice/codes.ts";
import { clearUnreadStarts } from "../unread-starts.ts";
import { symbolicRegression } from "./symbolic.ts";

// From integer coordinates of the hidden states to programs: expressions for the next value of
// every coordinate over old coordinates and inputs, and for the outputs over the new ones.
// Coordinates may point either way (z or max - z, paper section 4.3) and count from the start or
// from their least.

/** Closed functionals tried for a code. */
const mostFunctionals = 6;
/** Most coordinates of a code as a whole: more than the paper's two cost too much. */
const mostCoordinates = 3;
/** Of one enumeration. */
const mostCandidates = 3_000_000;
/** Rows that tables are made of. */
const mostRows = 6000;
const names = "abcdefgh";

/** Coordinates that are a state: their values after every position, and before the first. */
interface Coordinates {
  /** [dimension][count * length] */
  readonly values: readonly Float64Array[];
  /** [dimension] */
  readonly initial: readonly number[];
}

export interface SymbolicPrograms {
  /** The cheapest first; programs may be wrong on positions beyond the first thousands. */
  readonly programs: readonly Program[];
  /** Candidate expressions computed. */
  readonly candidates: number;
}

/**
 * Programs by symbolic regression on the coordinates of a code: each closed functional of it alone,
 * the simplest machines first, then the code as a whole.
 */
export function symbolicPrograms(
  traces: Traces,
  codes: Codes,
  { kernels, budget }: { readonly kernels: Kernels; readonly budget: number },
): SymbolicPrograms {
  let candidates = 0;
  const programs: Program[] = [];
  for (const views of coordinateViews(traces, codes)) {
    for (const coordinates of views()) {
      if (candidates >= budget) break;
      const options = { kernels, budget: Math.min(mostCandidates, budget - candidates) };
      const found = programFor(traces, coordinates, options);
      candidates += found.candidates;
      if (found.program) programs.push(found.program);
    }
    if (programs.length > 0) break;
  }
  return { programs: programs.sort((a, b) => programCost(a) - programCost(b)), candidates };
}

/** Coordinates to try, those of one group in different clothes. */
function* coordinateViews(traces: Traces, codes: Codes): Generator<() => Coordinates[]> {
  for (const code of closedCodes(traces, codes).slice(0, mostFunctionals)) {
    const { initial, values } = code;
    if (initial === undefined) continue;
    yield () =>
      codeVariants(code).map(({ sign, shift }) => ({
        values: [values.map((value) => value * sign + shift)],
        initial: [initial * sign + shift],
      }));
  }
  const { dimension, z } = codes;
  const { initial } = codes;
  if (dimension < 2 || dimension > mostCoordinates || !initial || !isClosed(traces, codes)) {
    return;
  }
  yield () => {
    const columns = Array.from({ length: dimension }, (_, k) =>
      z.filter((_, i) => i % dimension === k),
    );
    const variants = columns.map((column, k) => {
      const [least, most] = column.reduce(
        ([low, high], v) => [Math.min(low, v), Math.max(high, v)],
        [initial[k], initial[k]],
      );
      return codeVariants({ least, most });
    });
    // all upwards, all downwards and every mixture, from the start and from the least
    return [0, 1].flatMap((from) =>
      Array.from({ length: 1 << dimension }, (_, signs) => {
        const chosen = variants.map(
          (v, k) => v[Math.min(v.length - 1, 2 * from + ((signs >> k) & 1))],
        );
        return {
          values: columns.map((column, k) =>
            column.map((value) => value * chosen[k].sign + chosen[k].shift),
          ),
          initial: initial.map((value, k) => value * chosen[k].sign + chosen[k].shift),
        };
      }),
    );
  };
}

/** Old and new coordinates, inputs and outputs by positions, each a column. */
interface Columns {
  readonly before: Float64Array[];
  readonly after: Float64Array[];
  readonly inputs: Float64Array[];
  readonly outputs: Float64Array[];
}

function columnsOf(traces: Traces, { values, initial }: Coordinates): Columns {
  const { length, inputDim, outputDim, x, y } = traces;
  const sequences = Math.min(traces.count, Math.max(1, Math.floor(mostRows / length)));
  const rows = sequences * length;
  const pick = (from: Int32Array, width: number) =>
    Array.from({ length: width }, (_, k) =>
      Float64Array.from({ length: rows }, (_, i) => from[i * width + k]),
    );
  return {
    before: values.map((column, k) =>
      Float64Array.from({ length: rows }, (_, i) =>
        i % length === 0 ? initial[k] : column[i - 1],
      ),
    ),
    after: values.map((column) => column.subarray(0, rows)),
    inputs: pick(x, inputDim),
    outputs: pick(y, outputDim),
  };
}

function programFor(
  traces: Traces,
  coordinates: Coordinates,
  options: { readonly kernels: Kernels; readonly budget: number },
): { program?: Program; candidates: number } {
  const { before, after, inputs, outputs } = columnsOf(traces, coordinates);
  if (![...before, ...after].every((column) => column.every((v) => v === (v | 0)))) {
    return { candidates: 0 };
  }
  const states = after.map((_, k) => state(names[k]));
  const x = inputs.map((_, k) => input(k));
  const constants = [
    ...new Set([...after, ...inputs].map((column) => 1 + column.reduce((m, v) => Math.max(m, v)))),
  ].filter((c) => c > 2 && c < 100);
  const variables = [...states, ...x];
  const search = (columns: Float64Array[], targets: Float64Array[]) =>
    symbolicRegression({ variables, columns, targets }, { ...options, constants });
  const updates = search([...before, ...inputs], after);
  let candidates = updates.candidates;
  if (!updates.expressions.every((e) => e !== undefined)) return { candidates };
  const shown = search([...after, ...inputs], outputs);
  candidates += shown.candidates;
  const missing = outputs.flatMap((_, k) => (shown.expressions[k] ? [] : [k]));
  let early: readonly (Expression | undefined)[] = [];
  if (missing.length > 0) {
    const found = search(
      [...before, ...inputs],
      missing.map((k) => outputs[k]),
    );
    candidates += found.candidates;
    if (!found.expressions.every((e) => e !== undefined)) return { candidates };
    early = found.expressions;
  }
  const program = writeProgram(traces.inputDim, coordinates.initial, {
    updates: updates.expressions as readonly Expression[],
    outputs: outputs.map((_, k) => shown.expressions[k] ?? early[missing.indexOf(k)]!),
    early: new Set(missing),
  });
  return { program, candidates };
}

/** Outputs of `early` read the old state: a variable takes them before it changes. */
function writeProgram(
  inputDim: number,
  initial: readonly number[],
  {
    updates,
    outputs,
    early,
  }: {
    readonly updates: readonly Expression[];
    readonly outputs: readonly Expression[];
    readonly early: ReadonlySet<number>;
  },
): Program {
  const held = [...early].map((k) => ({ k, name: `y${k}` }));
  const write = (order: Program["order"]): Program => ({
    inputDim,
    state: [
      ...initial.map((value, k) => ({ name: names[k], initial: value })),
      ...held.map(({ name }) => ({ name, initial: 0 })),
    ],
    order,
    updates: [
      ...held.map(({ k, name }) => ({ target: name, value: outputs[k] })),
      ...updates.map((value, k) => ({ target: names[k], value })),
    ],
    outputs: outputs.map((e, k) => (early.has(k) ? state(`y${k}`) : e)),
  });
  const order = initial.length === 1 ? "in-place" : "simultaneous";
  return clearUnreadStarts(simplifyProgram(write(order)));
}
