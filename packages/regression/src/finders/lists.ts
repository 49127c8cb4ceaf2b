import type { Kernels } from "@latticode/kernels";
import type { Traces } from "@latticode/network";
import type { Expression, Program, Update } from "@latticode/program";
import {
  addAt,
  append,
  argmax,
  at,
  equal,
  input,
  integer,
  reverse,
  shift,
  simplifyProgram,
  state,
  sum,
} from "@latticode/program";
import type { Bound, Finder, Findings } from "../finder.ts";
import type { FittingOptions, Variable } from "../search/fitting.ts";
import { fitExpressions } from "../search/fitting.ts";
import { majorityOf } from "../search/majority.ts";
import { fitOne, inputVariables } from "../search/step-program.ts";
import { decides, harvestConstants } from "../search/steps.ts";

// Programs that keep a list: of the last inputs, of how often each value was seen, of all inputs.
// Its sum, an element, the place of the largest, whether it reads the same backwards are what an
// output is looked for among.

/** A way to keep a list of one input, with what may be asked of it. */
interface ListKind {
  readonly initial: readonly number[];
  readonly update: Expression;
  readonly cost: number;
  readonly features: readonly {
    readonly expression: Expression;
    readonly weight: number;
    /** What is asked, of the inputs up to a position. */
    readonly value: (seen: Int32Array) => number;
  }[];
}

const name = "w";
const list = state(name);
const mostRows = 2000;
const mostVoting = 8000;
const mostWindow = 10;
const mostCounted = 16;
const mostWeight = 7;

/** Programs with one list. */
export const lists: Finder = {
  name: "lists",
  explanation: "The program keeps a list of its inputs, or of how often each was seen.",
  route: "black-box",
  find: ({ traces, kernels }, bound) => listPrograms(traces, bound, { kernels }),
};

/**
 * Programs with one list, found on traces.
 *
 * @param bound asked anew for every list
 * @param options with `isTolerant` one thing is asked of a list, and wrong outputs are outvoted
 */
export function* listPrograms(
  traces: Traces,
  bound: Bound,
  { kernels, isTolerant = false }: { readonly kernels: Kernels; readonly isTolerant?: boolean },
): Findings {
  const { inputDim, outputDim, length } = traces;
  if (outputDim !== 1) return;
  const sequences = Math.min(
    traces.count,
    Math.ceil((isTolerant ? mostVoting : mostRows) / length),
  );
  const rows = sequences * length;
  const y = Int32Array.from({ length: rows }, (_, row) => traces.y[row]);
  const x = Array.from({ length: inputDim }, (_, i) =>
    Int32Array.from({ length: rows }, (_, row) => traces.x[row * inputDim + i]),
  );
  const constants = harvestConstants({
    ...{ inputDim, outputDim, stateDim: 0, rows, x, y: [y], before: [], after: [] },
  });
  for (let i = 0; i < inputDim; i++) {
    for (const kind of listKinds(x[i], input(i), length)) {
      if (bound() - kind.cost - 1 < 2) continue;
      const features = kind.features.map(
        ({ expression, weight, value }): Variable => ({
          ...{ expression, weight },
          values: Int32Array.from({ length: rows }, (_, row) =>
            value(x[i].subarray(row - (row % length), row + 1)),
          ),
        }),
      );
      for (const asked of isTolerant ? features.map((feature) => [feature]) : [features]) {
        const most = Math.min(mostWeight, bound() - kind.cost - 1);
        const variables = [...asked, ...inputVariables(x)];
        const table = isTolerant ? majorityOf(variables, y) : decidedBy(variables, y);
        if (!table) continue;
        const output = shortestOutput(table, most, { kernels, constants });
        if (!output) continue;
        const updates: Update[] = [{ target: name, value: kind.update }];
        const variable = { name, initial: kind.initial };
        const program: Program = {
          ...{ inputDim, state: [variable], order: "in-place", updates, outputs: [output] },
        };
        yield { program: simplifyProgram(program) };
      }
    }
  }
}

interface Table {
  readonly variables: readonly Variable[];
  readonly target: Int32Array;
}

function decidedBy(variables: readonly Variable[], target: Int32Array): Table | undefined {
  const columns = variables.map(({ values }) => values);
  return decides(columns, target) ? { variables, target } : undefined;
}

function shortestOutput(
  { variables, target }: Table,
  most: number,
  options: FittingOptions,
): Expression | undefined {
  const fitter = fitExpressions(variables, options);
  try {
    return fitOne(fitter, variables, target, most);
  } finally {
    fitter.dispose();
  }
}

function* listKinds(x: Int32Array, read: Expression, length: number): Generator<ListKind> {
  const last = (seen: Int32Array, m: number) =>
    seen.length > m ? seen.subarray(seen.length - m) : seen;
  for (let m = 2; m <= Math.min(mostWindow, length - 1); m++) {
    yield {
      initial: new Array<number>(m).fill(0),
      update: shift(list, read),
      cost: 4,
      features: [
        {
          expression: sum(list),
          weight: 2,
          value: (seen) => last(seen, m).reduce((a, b) => a + b, 0),
        },
        {
          expression: at(list, integer(0)),
          weight: 3,
          value: (seen) => (seen.length < m ? 0 : seen[seen.length - m]),
        },
      ],
    };
  }
  const least = x.reduce((a, b) => Math.min(a, b));
  const most = x.reduce((a, b) => Math.max(a, b));
  if (least >= 0 && most < mostCounted) {
    const size = most + 1;
    const count = (seen: Int32Array, value: number) =>
      seen.reduce((n, v) => n + (v === value ? 1 : 0), 0);
    yield {
      initial: new Array<number>(size).fill(0),
      update: addAt(list, read, integer(1)),
      cost: 5,
      features: [
        {
          expression: argmax(list),
          weight: 2,
          value: (seen) => {
            const counts = Array.from({ length: size }, (_, value) => count(seen, value));
            return counts.indexOf(Math.max(...counts));
          },
        },
        {
          expression: at(list, read),
          weight: 3,
          value: (seen) => count(seen, seen[seen.length - 1]),
        },
        ...Array.from({ length: Math.min(size, 4) }, (_, value) => ({
          expression: at(list, integer(value)),
          weight: 3,
          value: (seen: Int32Array) => count(seen, value),
        })),
      ],
    };
  }
  yield {
    initial: [],
    update: append(list, read),
    cost: 4,
    features: [
      {
        expression: equal(list, reverse(list)),
        weight: 4,
        value: (seen) => (seen.every((v, i) => v === seen[seen.length - 1 - i]) ? 1 : 0),
      },
    ],
  };
}
