import type { Kernels } from "@latticode/kernels";
import { input, integer, multiply, state, subtract } from "@latticode/program";
import type { ExpressionSearch, Leaf } from "./expression-search.ts";
import { searchExpressions } from "./expression-search.ts";

/** Where updates u(a, x) are told apart. */
export interface UpdateGrid {
  /** The state, every integer from `low` to `high`. */
  readonly low: number;
  readonly high: number;
  /** At least one, each [inputDim]. */
  readonly inputs: readonly Int32Array[];
  readonly constants: readonly number[];
}

/**
 * Expressions over the state `a` and the inputs, with values on the grid: [high - low + 1, inputs].
 */
export function searchUpdates(
  { low, high, inputs, constants }: UpdateGrid,
  options: { readonly kernels: Kernels },
): ExpressionSearch {
  const width = inputs.length;
  const column = (value: (a: number, x: Int32Array) => number) =>
    Int32Array.from({ length: (high - low + 1) * width }, (_, row) =>
      value(low + Math.floor(row / width), inputs[row % width]),
    );
  const leaves: Leaf[] = [{ expression: state("a"), values: column((a) => a) }];
  for (let i = 0; i < inputs[0].length; i++) {
    const values = column((_, x) => x[i]);
    leaves.push({ expression: input(i), values });
    if (values.every((value) => value === 0 || value === 1)) {
      // bits as signs: up and down are what counters need
      const sign = subtract(integer(1), multiply(integer(2), input(i)));
      leaves.push({ expression: sign, values: values.map((v) => 1 - 2 * v) });
    }
  }
  for (const value of constants) {
    leaves.push({ expression: integer(value), values: column(() => value) });
  }
  return searchExpressions(leaves, options);
}

/** Whether values on a grid, [states, width], change with the state. */
export function readsState(values: Int32Array, width: number): boolean {
  for (let i = width; i < values.length; i++) if (values[i] !== values[i - width]) return true;
  return false;
}
