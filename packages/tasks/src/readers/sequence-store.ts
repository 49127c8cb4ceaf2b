import { type DrawInteger, drawIntegers, type Examples } from "@latticode/program";
import { InputError } from "./input-error.ts";
import { createIntegerBuffer, type IntegerBuffer } from "./integer-buffer.ts";
import { counted } from "./message.ts";

/** The fewest sequences that a file of examples may hold: fewer cannot be split three ways. */
export const minimumSequences = 10;

/** Bounds what is kept of a file, whatever its size. */
export interface Sampling {
  /**
   * The most numbers, inputs and outputs together, that the examples may hold (4 bytes each), but
   * at least `minimumSequences` sequences.
   */
  readonly numbers: number;
  /** An integer from 0 to 2^53 - 1. */
  readonly seed: number;
  /** Called at the end where sequences were left out. */
  onSample?(kept: number, found: number): void;
}

/** What every reader of examples takes. */
export interface ReadOptions {
  /** The file's name, for messages. */
  readonly name: string;
  /**
   * Keeps a uniform random sample of the sequences where a file has more than fit; without it all
   * are kept. Every sequence is checked, kept or not.
   */
  readonly sampling?: Sampling;
}

/** What all sequences of a file have in common. */
export type SequenceShape = Pick<Examples, "length" | "inputDim" | "outputDim">;

/** Holds sequences of one shape: all, or a uniform sample of bounded size. */
export interface SequenceStore {
  readonly x: IntegerBuffer;
  readonly y: IntegerBuffer;
  /** The numbers pushed since the last call are one sequence. */
  endSequence(): void;
  /**
   * The examples; `where` is the place of the file's end, and the shape undefined where there are
   * none. Throws an InputError for too few.
   */
  finish(where: string, shape: SequenceShape | undefined): Examples;
}

/**
 * The sample is algorithm R of Vitter, "Random sampling with a reservoir" (1985), so it is a
 * function of the file and the seed alone.
 */
export function createSequenceStore(sampling: Sampling | undefined): SequenceStore {
  const x = createIntegerBuffer();
  const y = createIntegerBuffer();
  const draw: DrawInteger | undefined = sampling && drawIntegers(sampling.seed, 0);
  let found = 0;
  let kept = 0;
  let capacity = Number.POSITIVE_INFINITY;

  return {
    x,
    y,
    endSequence() {
      if (found === 0 && sampling) {
        const size = x.size() + y.size();
        capacity = Math.max(minimumSequences, Math.floor(sampling.numbers / size));
      }
      found++;
      if (kept < capacity || !draw) {
        kept++;
        return;
      }
      const slot = draw(0, found - 1);
      for (const buffer of [x, y]) {
        const width = buffer.size() / (capacity + 1);
        if (slot < capacity) buffer.moveEnd(capacity * width, slot * width);
        buffer.truncate(capacity * width);
      }
    },

    finish(where, shape) {
      if (!shape || found < minimumSequences) {
        const few = shape ? `ends after ${counted(found, "sequence")}` : "holds no sequences";
        throw new InputError(`${where}: the file ${few}; at least ${minimumSequences} are needed`);
      }
      if (kept < found) sampling?.onSample?.(kept, found);
      return { count: kept, ...shape, x: x.toArray(), y: y.toArray() };
    },
  };
}
