import type { Machine } from "@latticode/machines";
import type { Traces } from "@latticode/network";

/**
 * Steps of a system whose state is given by integers: what a program with that state must do. Plain
 * data, no step twice.
 */
export interface Steps {
  readonly inputDim: number;
  readonly outputDim: number;
  readonly stateDim: number;
  readonly rows: number;
  /** The state before: [stateDim][rows] */
  readonly before: readonly Int32Array[];
  /** [inputDim][rows] */
  readonly x: readonly Int32Array[];
  /** The state after: [stateDim][rows] */
  readonly after: readonly Int32Array[];
  /** [outputDim][rows] */
  readonly y: readonly Int32Array[];
  /** The state before the first position, [stateDim]; absent where it is not known. */
  readonly initial?: readonly number[];
}

/** More rows than this say nothing new: a program is checked on whole sequences at the end. */
const mostRows = 4000;

/** Collects steps; the first of equal ones counts. */
interface Collector {
  /** [before, x, after, y], in that order. */
  add(row: readonly number[]): void;
  finish(initial?: readonly number[]): Steps;
}

function collectSteps(sizes: Pick<Steps, "inputDim" | "outputDim" | "stateDim">): Collector {
  const { inputDim, outputDim, stateDim } = sizes;
  const rows: (readonly number[])[] = [];
  const seen = new Set<string>();
  return {
    add(row) {
      if (rows.length >= mostRows) return;
      const key = row.join();
      if (seen.has(key)) return;
      seen.add(key);
      rows.push(row);
    },
    finish(initial) {
      const columns = Array.from({ length: 2 * stateDim + inputDim + outputDim }, (_, c) =>
        Int32Array.from(rows, (row) => row[c]),
      );
      return {
        ...sizes,
        rows: rows.length,
        before: columns.splice(0, stateDim),
        x: columns.splice(0, inputDim),
        after: columns.splice(0, stateDim),
        y: columns,
        ...(initial && { initial }),
      };
    },
  };
}

/** Steps from rows of [before, x, after, y]. */
export function stepsOf(
  rows: readonly (readonly number[])[],
  {
    initial,
    ...sizes
  }: Pick<Steps, "inputDim" | "outputDim" | "stateDim"> & { readonly initial: readonly number[] },
): Steps {
  const collector = collectSteps(sizes);
  for (const row of rows) collector.add(row);
  return collector.finish(initial);
}

/**
 * The steps of traces whose states have known values.
 *
 * @param values after each position: [count * length, stateDim]
 * @param initial before the first; first positions are left out where it is absent
 */
export function stepsOfTraces(
  traces: Traces,
  values: ArrayLike<number>,
  stateDim: number,
  initial?: readonly number[],
): Steps {
  const { count, length, inputDim, outputDim, x, y } = traces;
  const collector = collectSteps({ inputDim, outputDim, stateDim });
  for (let i = 0; i < count * length; i++) {
    const isFirst = i % length === 0;
    if (isFirst && !initial) continue;
    const row: number[] = [];
    for (let k = 0; k < stateDim; k++) {
      row.push(isFirst ? initial![k] : values[(i - 1) * stateDim + k]);
    }
    for (let k = 0; k < inputDim; k++) row.push(x[i * inputDim + k]);
    for (let k = 0; k < stateDim; k++) row.push(values[i * stateDim + k]);
    for (let k = 0; k < outputDim; k++) row.push(y[i * outputDim + k]);
    collector.add(row);
  }
  return collector.finish(initial);
}

/** The known steps of a machine whose states have integers for labels: [stateCount] */
export function stepsOfMachine(machine: Machine, labels: ArrayLike<number>): Steps {
  const { inputDim, outputDim, symbols, stateCount, initial } = machine;
  const symbolCount = symbols.length / inputDim;
  const collector = collectSteps({ inputDim, outputDim, stateDim: 1 });
  for (let state = 0; state < stateCount; state++) {
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const target = machine.transitions[state * symbolCount + symbol];
      const output = machine.outputs[state * symbolCount + symbol];
      if (target < 0 || output < 0) continue;
      collector.add([
        labels[state],
        ...symbols.subarray(symbol * inputDim, (symbol + 1) * inputDim),
        labels[target],
        ...machine.outputVectors.subarray(output * outputDim, (output + 1) * outputDim),
      ]);
    }
  }
  return collector.finish([labels[initial]]);
}

/** Whether the columns decide the target: no two rows with the same of the former differ in it. */
export function decides(columns: readonly Int32Array[], target: Int32Array): boolean {
  const known = new Map<string | number, number>();
  for (let row = 0; row < target.length; row++) {
    const key = columns.length === 1 ? columns[0][row] : columns.map((c) => c[row]).join();
    const value = known.get(key);
    if (value === undefined) known.set(key, target[row]);
    else if (value !== target[row]) return false;
  }
  return true;
}

/**
 * Integers that programs of these steps may need: 0, 1, 2, the bounds of the inputs, the number of
 * states, the range of the outputs, and the inputs between which the behaviour changes where there
 * are few of those.
 */
export function harvestConstants(steps: Steps): number[] {
  const constants = new Set([0, 1, 2]);
  const add = (value: number) => {
    if (Math.abs(value) <= 1000 && constants.size < mostConstants) constants.add(value);
  };
  for (const column of steps.x) {
    const { least, most } = boundsOf(column);
    add(most);
    add(most + 1);
    if (least < 0) add(-least);
  }
  for (const change of changePoints(steps)) add(change);
  for (const column of steps.after) {
    const { least, most } = boundsOf(column);
    add(most);
    add(most + 1);
    if (least < 0) add(least);
  }
  for (const column of steps.y) {
    const { most } = boundsOf(column);
    add(most);
    add(most + 1);
  }
  return [...constants];
}

const mostConstants = 9;
const mostChangePoints = 3;

function boundsOf(column: Int32Array): { least: number; most: number } {
  let [least, most] = [0, 0];
  if (column.length > 0) least = most = column[0];
  for (const value of column) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}

/**
 * Inputs of which the one below does something else from the same state; none where they are many.
 */
function changePoints({ before, x, after, y, rows }: Steps): number[] {
  const found = new Set<number>();
  for (const [c, column] of x.entries()) {
    const others = [...before, ...x.filter((_, i) => i !== c)];
    const results = new Map<string, string>();
    const keyOf = (row: number, value: number) => `${others.map((o) => o[row]).join()};${value}`;
    const resultOf = (row: number) => [...after, ...y].map((o) => o[row]).join();
    for (let row = 0; row < rows; row++) results.set(keyOf(row, column[row]), resultOf(row));
    for (let row = 0; row < rows; row++) {
      const below = results.get(keyOf(row, column[row] - 1));
      if (below === undefined || below === resultOf(row)) continue;
      found.add(column[row]);
      if (found.size > mostChangePoints) return [];
    }
  }
  return [...found].sort((a, b) => a - b);
}
