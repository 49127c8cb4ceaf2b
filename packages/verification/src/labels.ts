import { compileProgram, type Program } from "@latticode/program";

/** A sequence with the labels that are right for it. */
export interface LabelledSequence {
  /** [length, inputDim] */
  readonly x: ArrayLike<number>;
  /** Of any size: [length, outputDim] */
  readonly y: readonly (number | bigint)[];
  readonly length: number;
}

/**
 * How many sequences a program has wrong at any position. One on which it fails, as by a division by
 * zero, is wrong.
 *
 * @example
 * countWrong(program, [{ x: [1, 2, 3], y: [1, 3, 6], length: 3 }]); // 0 for running sums
 */
export function countWrong(program: Program, sequences: Iterable<LabelledSequence>): number {
  const run = compileProgram(program);
  let wrong = 0;
  for (const { x, y, length } of sequences) {
    try {
      const outputs = run(x, length);
      if (outputs.length !== y.length || outputs.some((value, i) => value !== y[i])) wrong++;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      wrong++;
    }
  }
  return wrong;
}
