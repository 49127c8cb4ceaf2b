import type { Machine } from "@latticode/machines";
import { isComplete } from "@latticode/machines";
import type { Traces } from "@latticode/network";
import type { Expression, Program, StateVariable, Update } from "@latticode/program";
import { input, simplifyProgram, state } from "@latticode/program";
import { keyOfColumns } from "./bounded-search.ts";
import type { FittingOptions, Variable } from "./fitting.ts";
import { fitExpressions } from "./fitting.ts";
import { majorityRows, pickRows } from "./majority.ts";
import { fitOne, inputVariables } from "./step-program.ts";
import { decides, harvestConstants } from "./steps.ts";

// Outputs that depend on the last inputs only: the state is a delay line.

/** Outputs as a function of the inputs of the last positions. */
export interface Window {
  readonly inputDim: number;
  readonly outputDim: number;
  /** Positions before the current one. */
  readonly lags: number;
  /** Input i, k positions back: [lags + 1][inputDim][rows] */
  readonly x: readonly (readonly Int32Array[])[];
  /** [outputDim][rows] */
  readonly y: readonly Int32Array[];
  /** What counts as input before the first position: [inputDim] */
  readonly initial: readonly number[];
}

const mostRows = 4000;
/** Lags of a window on traces that are tried. */
export const mostLags = 3;

/**
 * The window of so many lags on traces, zeros before the start; undefined where it does not decide.
 */
export function windowOfTraces(traces: Traces, lags: number): Window | undefined {
  const window = windowColumns(traces, lags, mostRows);
  const columns = window.x.flat();
  return window.y.every((target) => decides(columns, target)) ? window : undefined;
}

/** The window where outputs that are wrong now and then are outvoted; see `majorityRows`. */
export function majorityWindow(traces: Traces, lags: number): Window | undefined {
  const window = windowColumns(traces, lags, traces.count * traces.length);
  const rows = majorityRows(window.x.flat(), window.y);
  if (!rows) return undefined;
  return {
    ...window,
    x: window.x.map((columns) => pickRows(columns, rows)),
    y: pickRows(window.y, rows),
  };
}

function windowColumns(traces: Traces, lags: number, most: number): Window {
  const { length, inputDim, outputDim, x, y } = traces;
  const rows = Math.min(traces.count * length, most);
  return {
    ...{ inputDim, outputDim, lags },
    x: Array.from({ length: lags + 1 }, (_, k) =>
      Array.from({ length: inputDim }, (_, i) =>
        Int32Array.from({ length: rows }, (_, row) =>
          row % length < k ? 0 : x[(row - k) * inputDim + i],
        ),
      ),
    ),
    y: Array.from({ length: outputDim }, (_, o) =>
      Int32Array.from({ length: rows }, (_, row) => y[row * outputDim + o]),
    ),
    initial: new Array<number>(inputDim).fill(0),
  };
}

/** Most words that a machine's memory is tested on. */
const mostWords = 4096;

/**
 * The window of a machine whose state is decided by the last inputs, however it began (definite
 * events: Perles, Rabin and Shamir 1963); undefined where there is none of up to `most` lags.
 */
export function windowOfMachine(machine: Machine, most: number): Window | undefined {
  const { symbols, inputDim, stateCount, transitions } = machine;
  const symbolCount = symbols.length / inputDim;
  if (!isComplete(machine)) return undefined;
  /** States after each word of the current length, from every state: [words][stateCount] */
  let reached: Int32Array[] = [Int32Array.from({ length: stateCount }, (_, s) => s)];
  for (let lags = 0; lags <= most; lags++) {
    const isDefinite = reached.every((states) => states.every((s) => s === states[0]));
    if (isDefinite) return definiteWindow(machine, lags, reached);
    if (reached.length * symbolCount > mostWords) return undefined;
    reached = reached.flatMap((states) =>
      Array.from({ length: symbolCount }, (_, symbol) =>
        states.map((s) => transitions[s * symbolCount + symbol]),
      ),
    );
  }
  return undefined;
}

function definiteWindow(
  machine: Machine,
  lags: number,
  reached: readonly Int32Array[],
): Window | undefined {
  const { symbols, inputDim, outputDim, outputs, outputVectors, initial } = machine;
  const symbolCount = symbols.length / inputDim;
  // words are numbered in order, the last symbol varying fastest
  const same = Array.from({ length: symbolCount }, (_, symbol) => {
    let word = 0;
    for (let k = 0; k < lags; k++) word = word * symbolCount + symbol;
    return word;
  });
  const zero = [...same.keys()].find((s) =>
    symbols.subarray(s * inputDim, (s + 1) * inputDim).every((v) => v === 0),
  );
  const candidates = zero === undefined ? same.keys() : [zero, ...same.keys()];
  const start = [...candidates].find((s) => lags === 0 || reached[same[s]][0] === initial);
  if (start === undefined) return undefined;
  const rows = reached.length * symbolCount;
  const at = (row: number, k: number) => {
    let word = row;
    for (let i = 0; i < k; i++) word = Math.floor(word / symbolCount);
    return word % symbolCount;
  };
  return {
    ...{ inputDim, outputDim, lags },
    x: Array.from({ length: lags + 1 }, (_, k) =>
      Array.from({ length: inputDim }, (_, i) =>
        Int32Array.from({ length: rows }, (_, row) => symbols[at(row, k) * inputDim + i]),
      ),
    ),
    y: Array.from({ length: outputDim }, (_, o) =>
      Int32Array.from({ length: rows }, (_, row) => {
        const from = reached[Math.floor(row / symbolCount)][0];
        return outputVectors[outputs[from * symbolCount + at(row, 0)] * outputDim + o];
      }),
    ),
    initial: Array.from({ length: inputDim }, (_, i) => symbols[start * inputDim + i]),
  };
}

const mostWeight = 9;

/** The cheapest program found for a window; undefined where none is within the bound. */
export function programOfWindow(
  window: Window,
  { kernels, bound }: Pick<FittingOptions, "kernels"> & { readonly bound: number },
): Program | undefined {
  const { inputDim, lags, x, y, initial } = window;
  const name = (i: number, k: number) => `${inputDim === 1 ? "p" : `p${i + 1}_`}${k}`;
  const variables: Variable[] = [
    ...inputVariables(x[0]),
    ...x
      .slice(1)
      .flatMap((columns, k) =>
        columns.map((values, i) => ({ expression: state(name(i, k + 1)), values })),
      ),
  ];
  // a delay line costs 2 a position, the current one included; other inputs may need none
  const delays = lags === 0 ? 0 : 2 * (lags + 1);
  const most = Math.min(mostWeight, bound - delays - 2 * (y.length - 1) - 1);
  const rows = y[0].length;
  const constants = harvestConstants({
    ...{ inputDim, outputDim: y.length, stateDim: 0, rows, y },
    ...{ before: [], after: [], x: x[0] },
  });
  const fitter = fitExpressions(variables, { kernels, constants });
  try {
    const outputs: Expression[] = [];
    for (const target of y) {
      const output = fitOne(fitter, variables, target, most);
      if (!output) return undefined;
      outputs.push(output);
    }
    const held: StateVariable[] = [];
    const updates: Update[] = [];
    for (let i = 0; i < inputDim && lags > 0; i++) {
      for (let k = lags; k >= 0; k--) {
        held.push({ name: name(i, k), initial: initial[i] });
        updates.push({ target: name(i, k), value: k === 0 ? input(i) : state(name(i, k - 1)) });
      }
    }
    const program: Program = { inputDim, state: held, order: "in-place", updates, outputs };
    return simplifyProgram(program);
  } finally {
    fitter.dispose();
  }
}

/** The same for windows that have the same programs. */
export function keyOfWindow({ lags, x, y, initial }: Window): string {
  return `${lags} ${keyOfColumns([...x.flat(), ...y, initial])}`;
}
