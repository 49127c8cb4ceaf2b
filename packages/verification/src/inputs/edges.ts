import type { InputColumn, Inputs } from "./drawn.ts";

/** Values of a column that are looked at together with those of others. */
const mostValues = 6;
/** Inputs that are repeated, and those that are paired. */
const mostConstant = 256;
const mostPaired = 16;

/** Where a column begins and ends, the values beside, and those around 0. */
function edgesOf(column: InputColumn): number[] {
  const values =
    column.kind === "values"
      ? column.values
      : [column.min, column.min + 1, -1, 0, 1, column.max - 1, column.max].filter(
          (value) => value >= column.min && value <= column.max,
        );
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  if (sorted.length <= mostValues) return sorted;
  const kept = [0, 1, sorted.length - 2, sorted.length - 1].map((i) => sorted[i]);
  return [...new Set([...kept, ...sorted.filter((value) => value === 0 || value === 1)])];
}

/**
 * Sequences that random ones hardly ever are: the same input all along, two in turn, one after the
 * other in halves, and one among others of another kind, all of them at the edges of what was observed.
 */
export function edgeInputs(columns: readonly InputColumn[], length: number): Inputs {
  let inputs: number[][] = [[]];
  for (const column of columns) {
    const edges = edgesOf(column);
    inputs = inputs.slice(0, mostConstant).flatMap((row) => edges.map((value) => [...row, value]));
  }
  inputs = inputs.slice(0, mostConstant);
  const sequences = inputs.map((row) => Array.from({ length }, () => row));
  const few = inputs.length <= mostPaired ? inputs : spread(inputs, mostPaired);
  const half = Math.floor(length / 2);
  for (const a of few) {
    for (const b of few) {
      if (a === b) continue;
      sequences.push(
        Array.from({ length }, (_, t) => (t % 2 === 0 ? a : b)),
        Array.from({ length }, (_, t) => (t < half ? a : b)),
        Array.from({ length }, (_, t) => (t === half ? a : b)),
      );
    }
  }
  return { count: sequences.length, length, x: Int32Array.from(sequences.flat(2)) };
}

/** So many entries, evenly spaced, the first and the last among them. */
function spread<T>(entries: readonly T[], count: number): T[] {
  return Array.from(
    { length: count },
    (_, i) => entries[Math.floor((i * (entries.length - 1)) / (count - 1))],
  );
}
