import type { Kernels } from "@latticode/kernels";
import type { IntegerMatrix, Recurrence, Rejection } from "@latticode/machines";
import { isRejection } from "@latticode/machines";
import type { Recurrent, Traces } from "@latticode/network";
import type { ImpulseResponse } from "./impulse-response.ts";
import { impulseResponse } from "./impulse-response.ts";
import {
  columnEchelon,
  identityMatrix,
  invertUnimodular,
  multiplyMatrices,
  multiplyVector,
  solveIntegers,
} from "./integer-matrix.ts";
import { changeBasis } from "./recurrence.ts";

// From Markov parameters M_k = C A^k B to the recurrence (Ho and Kalman 1966; over the integers
// Rouchaleau, Wyman and Kalman 1972): the columns of the Hankel matrix [M_(i+j)] are what an
// impulse j positions ago does to the outputs from now on. The integer combinations of them are the
// states; a basis is their Hermite form, reduced by LLL, and the step in time is the shift by one
// column.

export interface Realization {
  readonly recurrence: Recurrence;
  /**
   * Whether the parameters determine the recurrence for all lengths ("rank"), or it was assumed
   * that a response that has ended is over ("finite").
   */
  readonly order: "rank" | "finite";
}

/**
 * The least recurrence with these responses; rejected where they determine none over the integers.
 */
export function realizeResponse(
  response: ImpulseResponse,
  { kernels }: { readonly kernels: Kernels },
): Realization | Rejection {
  const { markov, free } = response;
  const realized = realizeParameters(markov, { kernels });
  if (isRejection(realized)) return realized;
  const { system, order } = realized;
  const affine = explainFree(system, free);
  if (affine) return { recurrence: { ...sizesOf(system), ...system, ...affine }, order };
  // What runs by itself is one more input, which fires once: at the first position, if its state
  // has one before, else where an output of 0 would have been before the first.
  const before = free[0].map(() => 0);
  let rejection: Rejection | undefined;
  for (const responses of [free, [before, ...free].slice(0, markov.length)]) {
    const extended = realizeParameters(
      responses.map((row, t) => row.map((v, o) => [...markov[t][o], v])),
      { kernels },
    );
    if (isRejection(extended)) {
      rejection ??= extended;
      continue;
    }
    const { transition, output } = extended.system;
    const input = extended.system.input.map((row) => row.slice(0, -1));
    const fired = extended.system.input.map((row) => row[row.length - 1]);
    const initial =
      responses === free ? solveIntegers(transition, transition.length, fired) : fired;
    if (!initial) continue;
    const driven = { transition, input, output, inputDim: system.inputDim };
    const none = { offset: fired.map(() => 0), outputOffset: output.map(() => 0) };
    const recurrence = { ...sizesOf(driven), ...driven, initial, ...none };
    return { recurrence, order: extended.order };
  }
  return rejection ?? { rejected: "realization: no integer start explains the outputs" };
}

function sizesOf(system: System): Pick<Recurrence, "stateDim" | "inputDim" | "outputDim"> {
  return {
    stateDim: system.transition.length,
    inputDim: system.inputDim,
    outputDim: system.output.length,
  };
}

/** The least system with these Markov parameters. */
function realizeParameters(
  markov: readonly IntegerMatrix[],
  { kernels }: { readonly kernels: Kernels },
): { system: System; order: Realization["order"] } | Rejection {
  let parameters = markov;
  let order: Realization["order"] = "rank";
  let rank = determinedRank(parameters, { kernels });
  if (rank === undefined) {
    const memory = parameters.findLastIndex((m) => m.flat().some((v) => v !== 0)) + 1;
    if (memory === parameters.length) {
      return { rejected: `realization: ${parameters.length} responses do not determine the order` };
    }
    order = "finite";
    const zero = markov[0].map((row) => row.map(() => 0));
    parameters = Array.from({ length: 2 * memory + 2 }, (_, k) => (k < memory ? markov[k] : zero));
    rank = determinedRank(parameters, { kernels });
    if (rank === undefined) return { rejected: "realization: the order stays undetermined" };
  }
  const system = realize(parameters, rank, { kernels });
  if (!system) return { rejected: "realization: the states have no step over the integers" };
  return { system, order };
}

interface System {
  readonly inputDim: number;
  readonly transition: IntegerMatrix;
  readonly input: IntegerMatrix;
  readonly output: IntegerMatrix;
}

/**
 * The rank of the Hankel matrix where fewer rows or columns have the same, so that it is the order.
 */
function determinedRank(
  markov: readonly IntegerMatrix[],
  { kernels }: { readonly kernels: Kernels },
): number | undefined {
  const outputs = markov[0].length;
  const inputs = markov[0][0].length;
  const flat = BigInt64Array.from(markov.flat(2), BigInt);
  const rankOf = (count: number, blocks: number) =>
    kernels.hankelRank(flat.subarray(0, count * outputs * inputs), { outputs, inputs, blocks });
  const blocks = Math.ceil(markov.length / 2);
  if (markov.length < 3) return undefined;
  const rank = rankOf(markov.length, blocks);
  const fewerColumns = rankOf(markov.length - 1, blocks);
  const fewerRows = rankOf(markov.length - 1, blocks - 1);
  return rank === fewerColumns && rank === fewerRows ? rank : undefined;
}

function realize(
  markov: readonly IntegerMatrix[],
  rank: number,
  { kernels }: { readonly kernels: Kernels },
): System | undefined {
  const outputs = markov[0].length;
  const inputs = markov[0][0].length;
  if (rank === 0)
    return { inputDim: inputs, transition: [], input: [], output: markov[0].map(() => []) };
  const blocks = Math.ceil(markov.length / 2);
  const width = markov.length - blocks;
  // block row i, block column j + from: M_(i + j + from)
  const hankel = (from: number) =>
    Array.from({ length: blocks * outputs }, (_, row) =>
      Array.from({ length: width * inputs }, (_, column) => {
        const k = Math.floor(row / outputs) + Math.floor(column / inputs) + from;
        return markov[k][row % outputs][column % inputs];
      }),
    );
  const now = hankel(0);
  const { echelon, change } = columnEchelon(now, width * inputs);
  const states = echelon.map((row) => row.slice(0, rank).map(Number));
  const combination = change.map((row) => row.slice(0, rank).map(Number));
  if (![...states.flat(), ...combination.flat()].every(Number.isSafeInteger)) return undefined;
  const shifted = multiplyMatrices(hankel(1), combination);
  const transition = solveColumns(states, rank, shifted);
  const firstBlock = now.map((row) => row.slice(0, inputs));
  const input = solveColumns(states, rank, firstBlock);
  if (!transition || !input) return undefined;
  const output = states.slice(0, outputs);
  return reduced({ inputDim: inputs, transition, input, output }, states, rank, { kernels });
}

/** X with states X = right, over the integers. */
function solveColumns(
  states: IntegerMatrix,
  rank: number,
  right: IntegerMatrix,
): number[][] | undefined {
  const columns: number[][] = [];
  for (let j = 0; j < right[0].length; j++) {
    const column = solveIntegers(
      states,
      rank,
      right.map((row) => row[j]),
    );
    if (!column) return undefined;
    columns.push(column);
  }
  return identityMatrix(rank).map((_, i) => columns.map((column) => column[i]));
}

/** The system in coordinates in which the states' effects on the outputs are short. */
function reduced(
  system: System,
  states: IntegerMatrix,
  rank: number,
  { kernels }: { readonly kernels: Kernels },
): System {
  // LLL works on rows: one a state
  const rows = BigInt64Array.from(
    identityMatrix(rank).flatMap((_, k) => states.map((row) => row[k])),
    BigInt,
  );
  const { transform } = kernels.lll(rows, rank, states.length);
  // states' = transform states', so states Z = (states T) Z' with T the transpose
  const t = identityMatrix(rank).map((row, i) =>
    row.map((_, j) => Number(transform[j * rank + i])),
  );
  const none = new Array<number>(rank).fill(0);
  const recurrence: Recurrence = {
    stateDim: rank,
    outputDim: system.output.length,
    initial: none,
    offset: none,
    outputOffset: system.output.map(() => 0),
    ...system,
  };
  const { transition, input, output } = changeBasis(recurrence, invertUnimodular(t), t);
  return { inputDim: system.inputDim, transition, input, output };
}

/** Start and constants that give the outputs for zero inputs, as few of them as will do. */
function explainFree(
  { transition, output }: System,
  free: IntegerMatrix,
): Pick<Recurrence, "initial" | "offset" | "outputOffset"> | undefined {
  const n = transition.length;
  const outputs = output.length;
  // C A^t for the start, C + C A + ... + C A^(t-1) for the constant
  let power: IntegerMatrix = output;
  let sum: IntegerMatrix = output.map((row) => row.map(() => 0));
  const starts: number[][] = [];
  const constants: number[][] = [];
  for (let t = 0; t < free.length; t++) {
    const before = power;
    sum = sum.map((row, o) => row.map((v, k) => v + before[o][k]));
    power = multiplyMatrices(power, transition);
    if (!power.flat().every(Number.isSafeInteger)) return undefined;
    starts.push(...power.map((row) => [...row]));
    constants.push(...sum.map((row) => [...row]));
  }
  const target = free.flat();
  const zero = new Array<number>(n).fill(0);
  const unit = (row: number) => identityMatrix(outputs)[row % outputs];
  for (const [withStart, withConstant] of [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ]) {
    const rows = target.map((_, row) => [
      ...unit(row),
      ...(withStart ? starts[row] : []),
      ...(withConstant ? constants[row] : []),
    ]);
    const columns = outputs + (withStart ? n : 0) + (withConstant ? n : 0);
    const found = solveIntegers(rows, columns, target);
    if (!found) continue;
    return {
      outputOffset: found.slice(0, outputs),
      initial: withStart ? found.slice(outputs, outputs + n) : zero,
      offset: withConstant ? found.slice(columns - n) : zero,
    };
  }
  return undefined;
}

/** The recurrence that a network's impulse responses realise. */
export function respondedRecurrence(
  recurrent: Recurrent,
  traces: Traces,
  options: { readonly kernels: Kernels },
): Realization | Rejection {
  const response = impulseResponse(recurrent, traces);
  return isRejection(response) ? response : realizeResponse(response, options);
}

/** Whether a recurrence gives all outputs of traces, in exact integers. */
export function reproduces(
  recurrence: Recurrence,
  traces: {
    readonly count: number;
    readonly length: number;
    readonly x: Int32Array;
    readonly y: Int32Array;
  },
): boolean {
  const { initial, transition, input, offset, output, outputOffset } = recurrence;
  const { inputDim, outputDim } = recurrence;
  const { count, length, x, y } = traces;
  for (let i = 0; i < count; i++) {
    let z = [...initial];
    for (let t = 0; t < length; t++) {
      const at = i * length + t;
      const driven = input.map((row) =>
        row.reduce((sum, v, c) => sum + v * x[at * inputDim + c], 0),
      );
      z = multiplyVector(transition, z).map((v, k) => v + driven[k] + offset[k]);
      if (!z.every(Number.isSafeInteger)) return false;
      const given = multiplyVector(output, z);
      for (let o = 0; o < outputDim; o++) {
        if (given[o] + outputOffset[o] !== y[at * outputDim + o]) return false;
      }
    }
  }
  return true;
}
