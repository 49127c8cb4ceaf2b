// Proofs that two descriptions of a computation give the same outputs on all sequences, of any
// length: by the product of their states where it closes, by Markov parameters where both are
// affine.

import type { Machine, ProductResult, Recurrence } from "@latticode/machines";
import { machineWalker, numberOutputs, programWalker, searchProduct } from "@latticode/machines";
import { compileProgram, type Program } from "@latticode/program";
import type { Equality } from "./equality.ts";
import {
  affineRun,
  compareAffine,
  firstDifference,
  joinRows,
  recurrenceRun,
  responseWords,
  unitVectors,
} from "./markov-parameters.ts";

export type { Equality } from "./equality.ts";

export interface EqualityOptions {
  /** Most pairs of states that the product may have; 2^14 unless told. */
  readonly pairs?: number;
  /** Most steps from a pair by a symbol; 2^19 unless told. */
  readonly steps?: number;
}

const limitsOf = ({ pairs = 2 ** 14, steps = 2 ** 19 }: EqualityOptions) => ({ pairs, steps });

/**
 * Whether two programs give the same outputs on all words over an alphabet. Two that are affine by
 * their form are compared by Markov parameters, all others by the product of their states. Programs
 * that fail (divide by zero, for one) are equal where both do.
 *
 * @param symbols [n, inputDim]
 * @throws RangeError when the programs differ in their numbers of inputs or outputs
 */
export function proveEqual(
  a: Program,
  b: Program,
  symbols: Int32Array,
  options: EqualityOptions = {},
): Equality {
  checkSizes(a, { inputDim: b.inputDim, outputDim: b.outputs.length });
  const left = affineRun(a);
  const right = affineRun(b);
  if (left && right) return compareAffine(left, right, a.inputDim, symbols);
  const outputNumber = numberOutputs();
  const result = searchProduct(
    programWalker(a, symbols, outputNumber),
    programWalker(b, symbols, outputNumber),
    symbols.length / a.inputDim,
    limitsOf(options),
  );
  return equalityOf(result, symbols, a.inputDim);
}

/**
 * Whether a program gives the outputs of a machine on all words over the machine's alphabet. A
 * machine that does not know every step that the product takes proves nothing.
 *
 * @throws RangeError when they differ in their numbers of inputs or outputs
 */
export function proveAgainstMachine(
  program: Program,
  machine: Machine,
  options: EqualityOptions = {},
): Equality {
  checkSizes(program, machine);
  const { symbols, inputDim } = machine;
  const outputNumber = numberOutputs();
  const result = searchProduct(
    programWalker(program, symbols, outputNumber),
    machineWalker(machine, outputNumber),
    symbols.length / inputDim,
    limitsOf(options),
  );
  return equalityOf(result, symbols, inputDim);
}

/**
 * Whether a program that is affine by its form gives the outputs of a recurrence on all words of
 * integers, by their Markov parameters; exact. Of other programs nothing is known, unless one of
 * the words that give the parameters already tells them apart.
 *
 * @throws RangeError when they differ in their numbers of inputs or outputs
 */
export function proveAgainstRecurrence(program: Program, recurrence: Recurrence): Equality {
  checkSizes(program, recurrence);
  const { inputDim, stateDim } = recurrence;
  const right = { run: recurrenceRun(recurrence), dimension: stateDim };
  const left = affineRun(program);
  if (left) return compareAffine(left, right, inputDim);
  const words = responseWords(unitVectors(inputDim), inputDim, 2 * stateDim + 1);
  const counterexample = firstDifference(compileProgram(program), right.run, words, inputDim);
  if (counterexample) return { equal: false, counterexample };
  return { equal: undefined, reason: "the program is not written in affine form" };
}

function checkSizes(
  program: Program,
  { inputDim, outputDim }: { readonly inputDim: number; readonly outputDim: number },
): void {
  const outputs = program.outputs.length;
  if (program.inputDim === inputDim && outputs === outputDim) return;
  throw new RangeError(
    `a program of ${program.inputDim} inputs and ${outputs} outputs cannot be ` +
      `compared with one of ${inputDim} inputs and ${outputDim} outputs`,
  );
}

function equalityOf(result: ProductResult, symbols: Int32Array, inputDim: number): Equality {
  if (result.equal === undefined) return { equal: undefined, reason: result.reason };
  if (result.equal) {
    const { pairs } = result;
    const proof =
      pairs === 1
        ? "the only reachable pair of states agrees"
        : `all ${pairs} reachable pairs of states agree`;
    return { equal: true, proof, pairs };
  }
  const rows = result.word.map((s) => symbols.subarray(s * inputDim, (s + 1) * inputDim));
  return { equal: false, counterexample: joinRows(rows) };
}
