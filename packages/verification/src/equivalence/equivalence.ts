// Proofs that two descriptions of a computation give the same outputs on all sequences, of any length:
// by the product of their states where it closes, by Markov parameters where both are affine.

import type { Machine, ProductResult, Recurrence } from "@latticode/machines";
import { machineWalker, numberOutputs, programWalker, searchProduct } from "@latticode/machines";
import type { Program } from "@latticode/program";
import { compileProgram } from "@latticode/program";
import { affineDimension } from "./affine-program.ts";

/** What is known of two descriptions of a computation. */
export type Equality =
  | {
      readonly equal: true;
      /** One line, as in "all 14 reachable pairs of states agree". */
      readonly proof: string;
      /** Pairs of states in the product, where that is the proof. */
      readonly pairs?: number;
    }
  /** A word on which they differ at the last position: [length, inputDim] */
  | { readonly equal: false; readonly counterexample: Int32Array }
  | { readonly equal: undefined; readonly reason: string };

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
 * integers, by their Markov parameters; exact. Of other programs nothing is known, unless one of the
 * words that give the parameters already tells them apart.
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
    `a program of ${program.inputDim} inputs and ${outputs} outputs cannot be compared with one of ${inputDim} inputs and ${outputDim} outputs`,
  );
}

function equalityOf(result: ProductResult, symbols: Int32Array, inputDim: number): Equality {
  if (result.equal === undefined) return result;
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

/** The outputs of a word x: [length, inputDim] to [length, outputDim] */
type Run = (x: Int32Array, length: number) => readonly (number | bigint)[];

interface AffineRun {
  readonly run: Run;
  /** Integers in the state. */
  readonly dimension: number;
}

function affineRun(program: Program): AffineRun | undefined {
  const dimension = affineDimension(program);
  return dimension === undefined ? undefined : { run: compileProgram(program), dimension };
}

/**
 * Affine systems of n integers of state together. Their difference has a response to the inputs that
 * obeys a linear recurrence of order n from its second value on, and a response to the start and the
 * constants of order n + 1 (Cayley and Hamilton); so n + 1 zeros of each make them zero for good. The
 * responses are read off the outputs for a constant input and for one change of its first position.
 */
function compareAffine(
  a: AffineRun,
  b: AffineRun,
  inputDim: number,
  symbols?: Int32Array,
): Equality {
  const order = a.dimension + b.dimension;
  const everywhere = responseWords(unitVectors(inputDim), inputDim, order + 1);
  const difference = firstDifference(a.run, b.run, everywhere, inputDim);
  const proof = `Markov parameters and free responses are equal up to order ${order}`;
  if (!difference) return { equal: true, proof };
  if (!symbols) return { equal: false, counterexample: difference };
  // they may still agree on what the alphabet can spell
  const spelled = responseWords(symbols, inputDim, order + 1);
  const counterexample = firstDifference(a.run, b.run, spelled, inputDim);
  return counterexample
    ? { equal: false, counterexample }
    : { equal: true, proof: `${proof}, on the observed inputs` };
}

/** 0 and the unit vectors: [inputDim + 1, inputDim] */
function unitVectors(inputDim: number): Int32Array {
  const vectors = new Int32Array((inputDim + 1) * inputDim);
  for (let i = 0; i < inputDim; i++) vectors[(i + 1) * inputDim + i] = 1;
  return vectors;
}

/** The first symbol all along, and that with every other symbol in front: [length, inputDim] each. */
function responseWords(symbols: Int32Array, inputDim: number, length: number): Int32Array[] {
  const row = (s: number) => symbols.subarray(s * inputDim, (s + 1) * inputDim);
  const rest = Array.from({ length: length - 1 }, () => row(0));
  return Array.from({ length: symbols.length / inputDim }, (_, s) => joinRows([row(s), ...rest]));
}

/** The shortest beginning of the first of some words on which two runs differ. */
function firstDifference(
  a: Run,
  b: Run,
  words: readonly Int32Array[],
  inputDim: number,
): Int32Array | undefined {
  for (const word of words) {
    const length = word.length / inputDim;
    for (let t = 1, whole = sameOutputs(a, b, word, length); !whole && t <= length; t++) {
      if (!sameOutputs(a, b, word, t)) return word.slice(0, t * inputDim);
    }
  }
  return undefined;
}

function sameOutputs(a: Run, b: Run, word: Int32Array, length: number): boolean {
  const left = outputsOf(a, word, length);
  const right = outputsOf(b, word, length);
  if (!left || !right) return left === right;
  return left.every((value, i) => value === right[i]);
}

/** The outputs; undefined where the run fails. */
function outputsOf(run: Run, word: Int32Array, length: number) {
  try {
    return run(word, length);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A recurrence in integers of any size. */
function recurrenceRun(recurrence: Recurrence): Run {
  const { inputDim, initial, transition, input, offset, output, outputOffset } = recurrence;
  const times = (row: readonly number[], v: readonly bigint[]) =>
    row.reduce((sum, factor, k) => sum + BigInt(factor) * v[k], 0n);
  return (x, length) => {
    const outputs: (number | bigint)[] = [];
    let z = initial.map(BigInt);
    for (let t = 0; t < length; t++) {
      const now = Array.from(x.subarray(t * inputDim, (t + 1) * inputDim), BigInt);
      z = transition.map((row, i) => times(row, z) + times(input[i], now) + BigInt(offset[i]));
      for (const [i, row] of output.entries()) {
        const value = times(row, z) + BigInt(outputOffset[i]);
        const number = Number(value);
        outputs.push(Number.isSafeInteger(number) ? number : value);
      }
    }
    return outputs;
  };
}

function joinRows(rows: readonly Int32Array[]): Int32Array {
  const width = rows[0].length;
  const joined = new Int32Array(rows.length * width);
  rows.forEach((row, t) => {
    joined.set(row, t * width);
  });
  return joined;
}
