import { pause } from "@latticode/network";
import { compileProgram, type Examples, type Program, unlessFailed } from "@latticode/program";
import type { Check, CheckTitle } from "./check.ts";
import { batchSizeOf } from "./network.ts";
import type { VerificationOptions } from "./options.ts";
import { newTally } from "./tally.ts";

/** A sequence with the labels that are right for it. */
export interface LabelledSequence {
  /** [length, inputDim] */
  readonly x: ArrayLike<number>;
  /** Of any size: [length, outputDim] */
  readonly y: readonly (number | bigint)[];
  readonly length: number;
}

/**
 * How many sequences a program has wrong at any position. One on which it fails, as by a division
 * by zero, is wrong.
 *
 * @example
 * countWrong(program, [{ x: [1, 2, 3], y: [1, 3, 6], length: 3 }]); // 0 for running sums
 */
export function countWrong(program: Program, sequences: Iterable<LabelledSequence>): number {
  const run = compileProgram(program);
  let wrong = 0;
  for (const { x, y, length } of sequences) {
    const outputs = unlessFailed(() => run(x, length));
    if (outputs?.length !== y.length || outputs.some((value, i) => value !== y[i])) wrong++;
  }
  return wrong;
}

/** Checks a program against the labels of examples. */
export async function checkLabels(
  program: Program,
  examples: Examples,
  { name, description }: CheckTitle,
  options: Pick<VerificationOptions, "signal">,
): Promise<Check> {
  const tally = newTally(program, examples.outputDim);
  for (let from = 0; from < examples.count; from += batchSizeOf(examples.length)) {
    await pause(options.signal);
    const to = Math.min(from + batchSizeOf(examples.length), examples.count);
    tally.compare(sliceExamples(examples, from, to));
  }
  return tally.finish(name, description);
}

function sliceExamples(examples: Examples, from: number, to: number): Examples {
  const inputs = examples.length * examples.inputDim;
  const outputs = examples.length * examples.outputDim;
  return {
    ...examples,
    count: to - from,
    x: examples.x.subarray(from * inputs, to * inputs),
    y: examples.y.subarray(from * outputs, to * outputs),
  };
}

/** The sequences of examples that a program has wrong at any position, by their index. */
export function wrongSequences(program: Program, examples: Examples): number[] {
  const { count, length, inputDim, outputDim, x, y } = examples;
  const run = compileProgram(program);
  const wrong: number[] = [];
  for (let s = 0; s < count; s++) {
    const word = x.subarray(s * length * inputDim, (s + 1) * length * inputDim);
    const outputs = unlessFailed(() => run(word, length));
    const from = s * length * outputDim;
    let isRight = outputs !== undefined;
    for (let i = 0; isRight && i < length * outputDim; i++) isRight = outputs![i] === y[from + i];
    if (!isRight) wrong.push(s);
  }
  return wrong;
}
