import { checkInteger, checkShaped, mostNumbers } from "../check.ts";
import { checkShape, maxLength, type NetworkShape } from "../tensors/network.ts";

/** What every trainer takes: the network's shape, and the sequences to learn from. */
export interface TrainingOptions {
  readonly shape: NetworkShape;
  /** Inputs [count, length, inputDim]. */
  readonly x: Int32Array;
  /** Labels [count, length, outputDim]. */
  readonly y: Int32Array;
  /** Sequences, 1 to 2^24. */
  readonly count: number;
  /** Positions of a sequence, 1 to 4,096. */
  readonly length: number;
  /** Numbers every draw of the run; an integer from 0 to 2^32 - 1. Default 0. */
  readonly seed?: number;
}

/**
 * The fields that begin every trainer's options in WebAssembly. Throws RangeError for a size out of
 * its range, and unless x and y have the lengths that the sizes ask for.
 */
export function trainingFields({ shape, x, y, count, length, seed = 0 }: TrainingOptions) {
  checkShape(shape);
  checkInteger("count", count, 1, 2 ** 24);
  checkInteger("length", length, 1, maxLength);
  const positions = count * length;
  checkInteger("count * length * inputDim", positions * shape.inputDim, 1, mostNumbers);
  checkInteger("count * length * outputDim", positions * shape.outputDim, 1, mostNumbers);
  checkShaped("x", x, Int32Array, "[count, length, inputDim]", positions * shape.inputDim);
  checkShaped("y", y, Int32Array, "[count, length, outputDim]", positions * shape.outputDim);
  checkInteger("seed", seed, 0, 2 ** 32 - 1);
  return { ...shape, count, length, seed };
}

/** A job's handle, so that nothing reaches WebAssembly after `dispose`. */
export function openHandle(
  kind: string,
  pointer: number,
  dispose: (pointer: number) => void,
): { pointer(): number; dispose(): void } {
  let open = true;
  return {
    pointer() {
      if (!open) throw new Error(`${kind} was disposed`);
      return pointer;
    },
    dispose() {
      if (open) dispose(pointer);
      open = false;
    },
  };
}
