// Systems that are affine: their outputs are those of a linear recurrence, which a few words
// decide.

import type { Recurrence } from "@latticode/machines";
import { compileProgram, type Program, unlessFailed } from "@latticode/program";
import { affineDimension } from "./affine-program.ts";
import type { Equality } from "./equality.ts";

/** The outputs of a word x: [length, inputDim] to [length, outputDim] */
type Run = (x: Int32Array, length: number) => readonly (number | bigint)[];

interface AffineRun {
  readonly run: Run;
  /** Integers in the state. */
  readonly dimension: number;
}

export function affineRun(program: Program): AffineRun | undefined {
  const dimension = affineDimension(program);
  return dimension === undefined ? undefined : { run: compileProgram(program), dimension };
}

/**
 * Affine systems of n integers of state together. Their difference has a response to the inputs
 * that obeys a linear recurrence of order n from its second value on, and a response to the start
 * and the constants of order n + 1 (Cayley and Hamilton); so n + 1 zeros of each make them zero for
 * good. The responses are read off the outputs for a constant input and for one change of its first
 * position.
 */
export function compareAffine(
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
export function unitVectors(inputDim: number): Int32Array {
  const vectors = new Int32Array((inputDim + 1) * inputDim);
  for (let i = 0; i < inputDim; i++) vectors[(i + 1) * inputDim + i] = 1;
  return vectors;
}

/**
 * The first symbol all along, and that with every other symbol in front: [length, inputDim] each.
 */
export function responseWords(symbols: Int32Array, inputDim: number, length: number): Int32Array[] {
  const row = (s: number) => symbols.subarray(s * inputDim, (s + 1) * inputDim);
  const rest = Array.from({ length: length - 1 }, () => row(0));
  return Array.from({ length: symbols.length / inputDim }, (_, s) => joinRows([row(s), ...rest]));
}

/** The shortest beginning of the first of some words on which two runs differ. */
export function firstDifference(
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
  const [left, right] = [a, b].map((run) => unlessFailed(() => run(word, length)));
  if (!left || !right) return left === right;
  return left.every((value, i) => value === right[i]);
}

/** A recurrence in integers of any size. */
export function recurrenceRun(recurrence: Recurrence): Run {
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

export function joinRows(rows: readonly Int32Array[]): Int32Array {
  const width = rows[0].length;
  const joined = new Int32Array(rows.length * width);
  rows.forEach((row, t) => {
    joined.set(row, t * width);
  });
  return joined;
}
