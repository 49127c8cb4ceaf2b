import type { Domain } from "../claims/domain.ts";
import { isWordOf, rowCountOf } from "../claims/domain.ts";
import type { Inputs } from "./drawn.ts";

/** Values of a column that are looked at together with those of others. */
const mostValues = 6;
/** Inputs that are repeated, and those that are paired. */
const mostConstant = 256;
const mostPaired = 16;

/** Where a range begins and ends, the values beside, and those around 0. */
function edgesOf({ min, max }: Domain["ranges"][number]): number[] {
  const values = [min, min + 1, -1, 0, 1, max - 1, max].filter((v) => v >= min && v <= max);
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  if (sorted.length <= mostValues) return sorted;
  const kept = [0, 1, sorted.length - 2, sorted.length - 1].map((i) => sorted[i]);
  return [...new Set([...kept, ...sorted.filter((value) => value === 0 || value === 1)])];
}

/** Rows at the edges of a domain, evenly spread where there are many. */
function edgeRows(domain: Domain): number[][] {
  const { rows, ranges, inputDim } = domain;
  if (rows) {
    const all = Array.from({ length: rowCountOf(domain) }, (_, row) => [
      ...rows.subarray(row * inputDim, (row + 1) * inputDim),
    ]);
    return all.length <= mostConstant ? all : spread(all, mostConstant);
  }
  let inputs: number[][] = [[]];
  for (const range of ranges) {
    const edges = edgesOf(range);
    inputs = inputs.slice(0, mostConstant).flatMap((row) => edges.map((value) => [...row, value]));
  }
  return inputs.slice(0, mostConstant);
}

/**
 * Sequences that random ones hardly ever are: the same input all along, two in turn, one after the
 * other in halves, and one among others of another kind, all of them at the edges of the domain.
 */
export function edgeInputs(domain: Domain, length: number): Inputs {
  const inputs = edgeRows(domain);
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
  const words = sequences.map((rows) => Int32Array.from(rows.flat()));
  const possible = domain.order ? words.filter((word) => isWordOf(domain, word)) : words;
  const x = new Int32Array(possible.length * length * domain.inputDim);
  possible.forEach((word, i) => {
    x.set(word, i * word.length);
  });
  return { count: possible.length, length, x };
}

/** So many entries, evenly spaced, the first and the last among them. */
function spread<T>(entries: readonly T[], count: number): T[] {
  return Array.from(
    { length: count },
    (_, i) => entries[Math.floor((i * (entries.length - 1)) / (count - 1))],
  );
}
