import { drawIntegers, type Examples } from "@latticode/program";
import type { Integer } from "./integer.ts";
import { labelSequence, type Task } from "./task.ts";

/** How many sequences, of what length, from which seed. */
export interface SampleOptions {
  /** Sequences, 1 to 2^32. */
  readonly count: number;
  /** The first sequence, so that many can be drawn in pieces; 0 by default, to 2^32 - count. */
  readonly first?: number;
  /** Positions a sequence, at least 1; the task's own length by default. */
  readonly length?: number;
  /** An integer from 0 to 2^53 - 1. */
  readonly seed: number;
  /**
   * Every which sequence is drawn in runs, 1 (all) to 2^32: a position repeats the one before with
   * a chance, k in 16 with k from 0 to 15, that the sequence has of its own. Independent inputs
   * hardly ever reach states such as a count of 9. None by default, and none of a task that has its
   * own way of drawing.
   */
  readonly runsEvery?: number;
}

const largestLabel = 2 ** 31 - 1;
/** The chances that a position repeats the one before are multiples of 1 in these. */
const chances = 16;

/**
 * Draws labelled sequences of a task: inputs uniform over the task's range, each independent of the
 * others, unless the task has its own way (Bit_Palindrome) or `runsEvery` asks for runs.
 *
 * Sequence i is a function of the task's inputs, the length, the seed, `runsEvery` and i alone
 * (Philox4x32-10, key = seed, counter = i), the same on every runtime: a larger `count` appends
 * sequences and keeps those before them; where the task has no way of its own, a larger `length`
 * extends each sequence likewise. Tasks with equal inputs share them.
 *
 * Throws a RangeError for an option out of its range, and when a label does not fit the 32 bits of
 * Examples (only Newton_Magnetic's may, from length 52 on; `labelSequence` has no such limit).
 */
export function sampleTask(task: Task, options: SampleOptions): Examples {
  const { count, first = 0, length = task.length, seed, runsEvery } = options;
  checkInteger("count", count, 1, 2 ** 32);
  checkInteger("first", first, 0, 2 ** 32 - count);
  checkInteger("length", length, 1, 2 ** 32);
  checkInteger("seed", seed, 0, Number.MAX_SAFE_INTEGER);
  if (runsEvery !== undefined) checkInteger("runsEvery", runsEvery, 1, 2 ** 32);
  const { inputDim, outputDim } = task;
  const [low, high] = task.inputRange;
  const x = new Int32Array(count * length * inputDim);
  const y = new Int32Array(count * length * outputDim);
  const position = new Array<number>(inputDim).fill(0);
  for (let sequence = 0; sequence < count; sequence++) {
    const draw = drawIntegers(seed, first + sequence);
    const own = task.drawInputs?.(draw, length);
    const isInRuns = !own && runsEvery !== undefined && (first + sequence) % runsEvery === 0;
    const chance = isInRuns ? draw(0, chances - 1) : 0;
    let state = task.initial;
    for (let t = 0; t < length; t++) {
      const isRepeated = isInRuns && t > 0 && draw(0, chances - 1) < chance;
      for (let i = 0; i < inputDim; i++) {
        if (!isRepeated) position[i] = own === undefined ? draw(low, high) : own[t * inputDim + i];
        x[(sequence * length + t) * inputDim + i] = position[i];
      }
      const step = task.step(state, position);
      for (let i = 0; i < outputDim; i++) {
        const label = step.y[i];
        if (label > largestLabel || label < -largestLabel) {
          throw new RangeError(
            `${task.name}: the label at position ${t} of sequence ${first + sequence} is ` +
              `${label}; examples hold magnitudes below 2^31: ask for a length below ${t + 1}`,
          );
        }
        y[(sequence * length + t) * outputDim + i] = label as number;
      }
      state = step.state;
    }
  }
  return { count, length, inputDim, outputDim, x, y };
}

/**
 * The sequences that `sampleTask` draws without `runsEvery`, one after the other and with labels of
 * any size.
 *
 * @returns x: [length, inputDim] and y: [length, outputDim] of each
 */
export function* drawSequences(
  task: Task,
  options: Omit<SampleOptions, "runsEvery">,
): Generator<{ readonly x: readonly number[]; readonly y: Integer[]; readonly length: number }> {
  const { count, first = 0, length = task.length, seed } = options;
  const [low, high] = task.inputRange;
  for (let sequence = first; sequence < first + count; sequence++) {
    const draw = drawIntegers(seed, sequence);
    const x =
      task.drawInputs?.(draw, length) ??
      Array.from({ length: length * task.inputDim }, () => draw(low, high));
    yield { x, y: labelSequence(task, x, length), length };
  }
}

function checkInteger(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} is ${value}, not an integer from ${least} to ${most}`);
  }
}
