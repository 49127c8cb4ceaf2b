import type { Examples } from "@latticode/program";
import { drawIntegers } from "@latticode/program";

/** Input sequences without labels. */
export interface Inputs {
  readonly count: number;
  readonly length: number;
  /** [count, length, inputDim] */
  readonly x: Int32Array;
}

/** Columns with more distinct values than this are drawn from their range instead. */
const mostDistinctValues = 256;

/** One input column's values: an explicit list, or all integers of a range (both ends included). */
export type InputColumn =
  | { readonly kind: "values"; readonly values: readonly number[] }
  | { readonly kind: "range"; readonly min: number; readonly max: number };

/**
 * What was observed in each input column: the distinct values in ascending order where there are at
 * most 256, else the range from the smallest to the largest.
 *
 * @throws RangeError when there are no examples
 */
export function observeInputs(examples: Examples): readonly InputColumn[] {
  const { inputDim, x } = examples;
  if (x.length === 0) throw new RangeError("no examples to observe inputs in");
  return Array.from({ length: inputDim }, (_, column) => {
    const values = new Set<number>();
    let min = x[column];
    let max = x[column];
    for (let i = column; i < x.length; i += inputDim) {
      if (values.size <= mostDistinctValues) values.add(x[i]);
      if (x[i] < min) min = x[i];
      if (x[i] > max) max = x[i];
    }
    return values.size <= mostDistinctValues
      ? { kind: "values", values: [...values].sort((a, b) => a - b) }
      : { kind: "range", min, max };
  });
}

/**
 * Keeps these streams apart from those of `sampleTask` and `splitExamples` for the same seed:
 * otherwise a sampled task would be verified on the very sequences it was sampled from.
 */
const keyOffset = 2 ** 32 * 0x1a77;

/**
 * Fresh input sequences, every number drawn uniformly and independently from its column. Sequence i
 * is a function of columns, length, seed and i alone (Philox, stream i), the same on every runtime.
 *
 * @param options.seed an integer from 0 to 2^32 - 1
 * @param options.first the number of the first sequence; 0 unless given
 * @returns x: [count, length, columns.length]
 */
export function drawInputs(
  columns: readonly InputColumn[],
  options: {
    readonly count: number;
    readonly length: number;
    readonly seed: number;
    readonly first?: number;
  },
): Inputs {
  const { count, length, seed, first = 0 } = options;
  const x = new Int32Array(count * length * columns.length);
  let at = 0;
  for (let sequence = 0; sequence < count; sequence++) {
    const draw = drawIntegers(seed + keyOffset, first + sequence);
    for (let t = 0; t < length; t++) {
      for (const column of columns) {
        x[at++] =
          column.kind === "values"
            ? column.values[draw(0, column.values.length - 1)]
            : draw(column.min, column.max);
      }
    }
  }
  return { count, length, x };
}
