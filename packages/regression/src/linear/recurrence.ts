import type { IntegerMatrix, Recurrence } from "@latticode/machines";
import {
  columnEchelon,
  invertUnimodular,
  multiplyMatrices,
  multiplyVector,
} from "./integer-matrix.ts";

/**
 * The recurrence in the coordinates z' = U z.
 *
 * @param u U: [stateDim, stateDim], unimodular
 * @param inverse the inverse of U
 */
export function changeBasis(
  recurrence: Recurrence,
  u: IntegerMatrix,
  inverse: IntegerMatrix,
): Recurrence {
  const { transition, input, initial, offset, output } = recurrence;
  return {
    ...recurrence,
    initial: multiplyVector(u, initial),
    transition: multiplyMatrices(multiplyMatrices(u, transition), inverse),
    input: multiplyMatrices(u, input),
    offset: multiplyVector(u, offset),
    output: multiplyMatrices(output, inverse),
  };
}

/**
 * Adds `sign` times coordinate j to coordinate i (i and j different): the elementary change of
 * basis.
 */
export function shear(recurrence: Recurrence, i: number, j: number, sign: 1 | -1): Recurrence {
  const plus = <T extends number>(values: readonly T[]) =>
    values.map((v, k) => (k === i ? v + sign * values[j] : v));
  const addRow = (rows: IntegerMatrix) =>
    rows.map((row, k) => (k === i ? row.map((v, l) => v + sign * rows[j][l]) : row));
  const subtractColumn = (rows: IntegerMatrix) =>
    rows.map((row) => (row[i] === 0 ? row : row.map((v, k) => (k === j ? v - sign * row[i] : v))));
  return {
    ...recurrence,
    initial: plus(recurrence.initial),
    transition: subtractColumn(addRow(recurrence.transition)),
    input: addRow(recurrence.input),
    offset: plus(recurrence.offset),
    output: subtractColumn(recurrence.output),
  };
}

/** Changes the sign of coordinate i. */
export function reverse(recurrence: Recurrence, i: number): Recurrence {
  // 0 - v, so that no -0 arises
  const entry = (values: readonly number[]) => values.map((v, k) => (k === i ? 0 - v : v));
  const row = (rows: IntegerMatrix) =>
    rows.map((values, k) => (k === i ? values.map((v) => 0 - v) : values));
  return {
    ...recurrence,
    initial: entry(recurrence.initial),
    transition: row(recurrence.transition).map(entry),
    input: row(recurrence.input),
    offset: entry(recurrence.offset),
    output: recurrence.output.map(entry),
  };
}

/** Moves the coordinates: z' = z + s, s: [stateDim]. */
export function translate(recurrence: Recurrence, s: readonly number[]): Recurrence {
  // z_t + s = M (z_(t-1) + s) + N x_t + (c + s - M s)
  const moved = multiplyVector(recurrence.transition, s);
  const read = multiplyVector(recurrence.output, s);
  return {
    ...recurrence,
    initial: recurrence.initial.map((z, i) => z + s[i]),
    offset: recurrence.offset.map((c, i) => c + s[i] - moved[i]),
    outputOffset: recurrence.outputOffset.map((d, i) => d - read[i]),
  };
}

/**
 * Leaves out what no output, now or later, depends on: the coordinates are changed so that the
 * observable ones come first (echelon form of C, C M, C M^2, ...), and the others are dropped.
 */
export function observablePart(recurrence: Recurrence): Recurrence {
  const { stateDim, transition, output } = recurrence;
  const rows: number[][] = [];
  let power: IntegerMatrix = output;
  for (let k = 0; k < stateDim; k++) {
    rows.push(...power.map((row) => [...row]));
    power = multiplyMatrices(power, transition);
    if (!power.flat().every(Number.isSafeInteger)) return recurrence;
  }
  const { change, pivots } = columnEchelon(rows, stateDim);
  const rank = pivots.length;
  if (rank === stateDim) return recurrence;
  const inverse = change.map((row) => row.map(Number));
  const changed = changeBasis(recurrence, invertUnimodular(inverse), inverse);
  return {
    ...changed,
    stateDim: rank,
    initial: changed.initial.slice(0, rank),
    transition: changed.transition.slice(0, rank).map((row) => row.slice(0, rank)),
    input: changed.input.slice(0, rank),
    offset: changed.offset.slice(0, rank),
    output: changed.output.map((row) => row.slice(0, rank)),
  };
}
