import type { Kernels } from "@latticode/kernels";
import type { Recurrence } from "@latticode/machines";
import type { Traces } from "@latticode/network";
import type { Program } from "@latticode/program";
import { comparePrograms, programCost } from "@latticode/program";
import type { Repair } from "../candidates.ts";
import type { ReadingContext } from "../context.ts";
import { disagreement, mostDisagreement } from "../disagreement.ts";
import type { Bound, Finder } from "../finder.ts";
import { recurrenceToProgram } from "../linear/coordinates.ts";
import { delayListProgram } from "../linear/delay-list.ts";
import { observablePart } from "../linear/recurrence.ts";
import { majorityRows, pickRows } from "../search/majority.ts";
import { startProgram } from "../search/start-value.ts";
import { programOfSteps } from "../search/step-program.ts";
import type { Steps } from "../search/steps.ts";
import { harvestConstants } from "../search/steps.ts";
import { majorityWindow, mostLags, programOfWindow } from "../search/window.ts";
import { listPrograms } from "./lists.ts";

// The finders of behaviour once more for a network that errs now and then, where none of them found
// a program that it follows everywhere. Wrong outputs are outvoted, or rounded away by least
// squares.

/** Sequences looked at; a repair is checked on all. */
const mostRows = 20_000;
/** An output that is more frequent may be the network's rule, and the others what is rare in it. */
const mostFrequent = 0.9;
/** First outputs that may be wrong: few sequences may have more than their share. */
const mostWrongFirst = 0.03;
/** Inputs back that an output without memory of outputs is a sum of. */
const mostSummed = 9;
/** Outputs back that it may be a sum of. */
const mostOrder = 2;

/** A program this many times as wrong as the one that is least is wrong for a reason of its own. */
const mostTimes = 3;

const route = "black-box";

/** Finders of programs that may differ from the network at a few positions. */
export const tolerantFinders: readonly Finder[] = [
  {
    name: "linear",
    explanation: "The outputs are nearly everywhere a sum of the last outputs and inputs.",
    route,
    *find({ traces, kernels }) {
      const program = linearProgram(fewOf(traces), traces, { kernels });
      if (program) yield { program };
    },
  },
  {
    name: "window",
    explanation: "The outputs depend nearly everywhere on the last few inputs alone.",
    route,
    *find({ traces, kernels }, bound) {
      for (let lags = 0; lags <= mostLags; lags++) {
        const window = majorityWindow(fewOf(traces), lags);
        if (!window) continue;
        const program = programOfWindow(window, { kernels, bound: bound() });
        if (program) yield { program };
        return;
      }
    },
  },
  {
    name: "lists",
    explanation:
      "The outputs follow nearly everywhere from a list of the inputs, or of their counts.",
    route,
    find: ({ traces, kernels }, bound) =>
      listPrograms(fewOf(traces), bound, { kernels, isTolerant: true }),
  },
  {
    name: "autoregressive",
    explanation: "The next output follows nearly everywhere from the last output and the input.",
    route,
    *find({ traces, kernels }, bound) {
      const steps = majoritySteps(fewOf(traces));
      const step = steps && programOfSteps(steps, { kernels, bound: bound() });
      const program = step && startProgram(step, traces, harvestConstants(steps), mostWrongFirst);
      if (program) yield { program };
    },
  },
];

/** The cheapest program found that differs from the network at a few positions. */
export function tolerantRepair(context: ReadingContext, bound: Bound): Repair | undefined {
  const { traces } = context;
  if (frequency(traces) > mostFrequent) return undefined;
  const found: Repair[] = [];
  for (const finder of tolerantFinders) {
    for (const { program } of finder.find(context, bound)) {
      const cost = programCost(program);
      const wrong = cost > bound() ? 0 : disagreement(program, traces);
      if (wrong > 0 && wrong < 1) {
        found.push({ program, stage: finder.name, cost, disagreement: wrong });
      }
    }
  }
  const least = Math.min(...found.map(({ disagreement }) => disagreement));
  const [cheapest] = found
    .filter(({ disagreement }) => disagreement <= mostTimes * least)
    .sort((a, b) => comparePrograms(a.program, b.program));
  return cheapest;
}

function fewOf(traces: Traces): Traces {
  return { ...traces, count: Math.min(traces.count, Math.ceil(mostRows / traces.length)) };
}

/** How often the most frequent output comes, as a share of all. */
function frequency({ count, length, outputDim, y }: Traces): number {
  const counts = new Map<string, number>();
  let most = 0;
  for (let i = 0; i < count * length; i++) {
    const key = y.subarray(i * outputDim, (i + 1) * outputDim).join();
    const seen = (counts.get(key) ?? 0) + 1;
    counts.set(key, seen);
    most = Math.max(most, seen);
  }
  return most / (count * length);
}

/** Steps of a state that is the last output. */
function majoritySteps({ count, length, inputDim, outputDim, x, y }: Traces): Steps | undefined {
  if (length < 2) return undefined;
  const positions = Int32Array.from({ length: count * (length - 1) }, (_, row) => {
    return row + 1 + Math.floor(row / (length - 1));
  });
  const column = (values: Int32Array, width: number, back: number) =>
    Array.from({ length: width }, (_, k) => positions.map((i) => values[(i - back) * width + k]));
  const [before, inputs, after] = [
    column(y, outputDim, 1),
    column(x, inputDim, 0),
    column(y, outputDim, 0),
  ];
  // a wrong output is met twice: as what comes out, and as what came out last
  const rows = majorityRows([...before, ...inputs], after, 2 * mostDisagreement);
  if (!rows) return undefined;
  const outputs = pickRows(after, rows);
  return {
    ...{ inputDim, outputDim, stateDim: outputDim, rows: rows.length },
    ...{ before: pickRows(before, rows), x: pickRows(inputs, rows), after: outputs, y: outputs },
  };
}

/** Outputs as sums of the last outputs and inputs, or of more inputs. */
function linearProgram(
  few: Traces,
  traces: Traces,
  options: { readonly kernels: Kernels },
): Program | undefined {
  const most = few.length - 1;
  const sizes = [
    // outputs first: within the trained length they are sums of all inputs too
    ...Array.from({ length: Math.min(mostOrder, most) }, (_, k) => ({ order: k + 1, lags: k + 1 })),
    ...Array.from({ length: Math.min(mostSummed, most) + 1 }, (_, lags) => ({ order: 0, lags })),
  ];
  for (const size of sizes) {
    const recurrence = fitSum(few, size, options);
    if (!recurrence) continue;
    const program = delayListProgram(recurrence) ?? recurrenceToProgram(recurrence);
    const started = startProgram(program, traces, [], mostWrongFirst);
    if (started && disagreement(started, traces) < 1) return started;
  }
  return undefined;
}

/**
 * Least squares, rounded; undefined where a step is wrong more often than wrong outputs explain.
 */
function fitSum(
  { count, length, inputDim, outputDim, x, y }: Traces,
  { order, lags }: { readonly order: number; readonly lags: number },
  { kernels }: { readonly kernels: Kernels },
): Recurrence | undefined {
  const perSequence = length - order;
  const rows = count * perSequence;
  const columns = order * outputDim + (lags + 1) * inputDim + 1;
  const a = new Float64Array(rows * columns);
  const b = new Float64Array(rows * outputDim);
  for (let row = 0; row < rows; row++) {
    const t = order + (row % perSequence);
    const position = Math.floor(row / perSequence) * length + t;
    let at = row * columns;
    for (let k = 1; k <= order; k++) {
      for (let o = 0; o < outputDim; o++) a[at++] = y[(position - k) * outputDim + o];
    }
    for (let k = 0; k <= lags; k++) {
      for (let i = 0; i < inputDim; i++) a[at++] = t < k ? 0 : x[(position - k) * inputDim + i];
    }
    a[at] = 1;
    for (let o = 0; o < outputDim; o++) b[row * outputDim + o] = y[position * outputDim + o];
  }
  const fit = kernels.leastSquares(a, rows, columns, b, outputDim).map((v) => Math.round(v) + 0);
  if (!fit.every(Number.isSafeInteger)) return undefined;
  let wrong = 0;
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < outputDim; o++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += fit[c * outputDim + o] * a[row * columns + c];
      if (sum === b[row * outputDim + o]) continue;
      wrong++;
      break;
    }
  }
  if (wrong > (order + 1) * mostDisagreement * rows) return undefined;
  return recurrenceOf(fit, { order, lags, inputDim, outputDim });
}

/** The state is the last outputs, the current one first, and after them the last inputs. */
function recurrenceOf(
  fit: Float64Array,
  sizes: Pick<Recurrence, "inputDim" | "outputDim"> & { order: number; lags: number },
): Recurrence {
  const { order, lags, inputDim, outputDim } = sizes;
  const outputs = Math.max(1, order) * outputDim;
  const stateDim = outputs + lags * inputDim;
  const matrix = (columns: number) =>
    Array.from({ length: stateDim }, () => new Array<number>(columns).fill(0));
  const transition = matrix(stateDim);
  const input = matrix(inputDim);
  const offset = new Array<number>(stateDim).fill(0);
  for (let o = 0; o < outputDim; o++) {
    const coefficient = (column: number) => fit[column * outputDim + o];
    const current = order * outputDim;
    for (let k = 0; k < current; k++) transition[o][k] = coefficient(k);
    for (let i = 0; i < inputDim; i++) input[o][i] = coefficient(current + i);
    for (let k = 0; k < lags * inputDim; k++) {
      transition[o][outputs + k] = coefficient(current + inputDim + k);
    }
    offset[o] = coefficient(current + (lags + 1) * inputDim);
  }
  for (let k = outputDim; k < outputs; k++) transition[k][k - outputDim] = 1;
  for (let k = outputs; k < stateDim; k++) {
    if (k < outputs + inputDim) input[k][k - outputs] = 1;
    else transition[k][k - inputDim] = 1;
  }
  return observablePart({
    ...{ stateDim, inputDim, outputDim, transition, input, offset },
    initial: new Array<number>(stateDim).fill(0),
    output: Array.from({ length: outputDim }, (_, o) => {
      return Array.from({ length: stateDim }, (_, k) => (k === o ? 1 : 0));
    }),
    outputOffset: new Array<number>(outputDim).fill(0),
  });
}
