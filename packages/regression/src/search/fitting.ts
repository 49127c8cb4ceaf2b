import type { Kernels } from "@latticode/kernels";
import type { Expression } from "@latticode/program";
import {
  compileProgram,
  drawIntegers,
  input,
  integer,
  mapArguments,
  unlessFailed,
} from "@latticode/program";
import type { ExpressionLimits, ExpressionSearch, Found, Leaf } from "./expression-search.ts";
import { searchExpressions } from "./expression-search.ts";

// Counterexample-guided search (Solar-Lezama et al. 2006): expressions are enumerated on a few
// rows, and one that is wrong on another row brings that row in.

/** A variable that expressions may read, with its value on every row. */
export interface Variable {
  readonly expression: Expression;
  /** [rows] */
  readonly values: Int32Array;
  /** Weight of reading it; 1 unless told. */
  readonly weight?: number;
}

/** Finds expressions over the same variables for several targets. */
export interface Fitter {
  readonly rows: number;
  /** The lightest expression that has these values on all rows, [rows], up to weight `most`. */
  fit(target: Int32Array, most: number): Found | undefined;
  /** What the rows looked at tell of the terms up to a weight. */
  search(): { readonly search: ExpressionSearch; readonly rows: readonly number[] };
  dispose(): void;
}

export interface FittingOptions extends ExpressionLimits {
  readonly kernels: Kernels;
  readonly constants: readonly number[];
}

const firstRows = 64;
const rowsAdded = 8;
const mostRounds = 8;

/** @param variables at least one, all with the same number of rows */
export function fitExpressions(variables: readonly Variable[], options: FittingOptions): Fitter {
  const rows = variables[0].values.length;
  const chosen = spreadRows(variables, rows);
  let current: ExpressionSearch | undefined;
  const search = () => {
    const pick = (values: Int32Array) => Int32Array.from(chosen, (row) => values[row]);
    current ??= searchExpressions(
      [
        ...variables.map(
          ({ values, weight }, i): Leaf => ({
            ...{ expression: input(i), values: pick(values) },
            ...(weight !== undefined && { weight }),
          }),
        ),
        ...options.constants.map((value) => ({
          expression: integer(value),
          values: new Int32Array(chosen.length).fill(value),
        })),
      ],
      options,
    );
    return current;
  };
  const dispose = () => {
    current?.dispose();
    current = undefined;
  };
  return {
    rows,
    fit(target, most) {
      for (let round = 0; round < mostRounds; round++) {
        const found = search().find(
          Int32Array.from(chosen, (row) => target[row]),
          most,
        );
        if (!found) return undefined;
        const wrong = wrongRows(found.expression, variables, target);
        if (wrong.length === 0) {
          return { ...found, expression: readVariables(found.expression, variables) };
        }
        chosen.push(...wrong);
        dispose();
      }
      return undefined;
    },
    search: () => ({ search: search(), rows: chosen }),
    dispose,
  };
}

/** The expression over inputs that stand for the variables, with the variables in their place. */
export function readVariables(e: Expression, variables: readonly Variable[]): Expression {
  if (e.op === "input") return variables[e.index].expression;
  return mapArguments(e, (argument) => readVariables(argument, variables));
}

/** Values of an expression over inputs that stand for the variables; undefined where it fails. */
export function valuesOn(
  e: Expression,
  variables: readonly Variable[],
): (number | bigint)[] | undefined {
  const rows = variables[0].values.length;
  const width = variables.length;
  const x = new Int32Array(rows * width);
  variables.forEach(({ values }, i) => {
    for (let row = 0; row < rows; row++) x[row * width + i] = values[row];
  });
  const run = compileProgram({
    ...{ inputDim: width, state: [], order: "in-place", updates: [], outputs: [e] },
  });
  return unlessFailed(() => run(x, rows));
}

/** A few rows on which the expression is wrong, or fails. */
function wrongRows(e: Expression, variables: readonly Variable[], target: Int32Array): number[] {
  const values = valuesOn(e, variables);
  if (values) return firstWrong(values, target);
  // one by one, as a division by zero somewhere says nothing of the other rows
  const wrong: number[] = [];
  for (let row = 0; row < target.length && wrong.length < rowsAdded; row++) {
    const one = variables.map((v) => ({ ...v, values: v.values.subarray(row, row + 1) }));
    if (valuesOn(e, one)?.[0] !== target[row]) wrong.push(row);
  }
  return wrong;
}

function firstWrong(values: readonly (number | bigint)[], target: Int32Array): number[] {
  const wrong: number[] = [];
  for (let row = 0; row < target.length && wrong.length < rowsAdded; row++) {
    if (values[row] !== target[row]) wrong.push(row);
  }
  return wrong;
}

/** Rows to begin with: where a variable is least or most, and others spread at random. */
function spreadRows(variables: readonly Variable[], rows: number): number[] {
  if (rows <= firstRows) return Array.from({ length: rows }, (_, row) => row);
  const chosen = new Set<number>();
  for (const { values } of variables) {
    let [least, most] = [0, 0];
    for (let row = 1; row < rows; row++) {
      if (values[row] < values[least]) least = row;
      if (values[row] > values[most]) most = row;
    }
    chosen.add(least).add(most);
  }
  const draw = drawIntegers(0, 0);
  while (chosen.size < firstRows) chosen.add(draw(0, rows - 1));
  return [...chosen];
}
