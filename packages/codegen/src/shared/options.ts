import type { Range } from "@latticode/program";
import { int32, isWithin, safeIntegers } from "@latticode/program";

/** What may be asked of emitted text. */
export interface EmitOptions {
  /**
   * What the function does and what it was found from, put where the language keeps such text. May
   * hold anything: lines stay lines, all else that could end the text or hide in it is escaped.
   */
  readonly docstring?: string;
  /**
   * Between which safe integers the inputs lie, one range for all or one per input; the integers of
   * 32 bits if absent. Emitted text checks it, and is plainer the less it has to expect. Python,
   * whose integers have any size, takes no notice of it.
   */
  readonly inputs?: Range | readonly Range[];
}

/**
 * The range of each input.
 *
 * @throws RangeError when a range is empty or not of safe integers, or there is not one per input
 */
export function inputRanges(inputDim: number, { inputs = int32 }: EmitOptions): readonly Range[] {
  const ranges = "min" in inputs ? new Array<Range>(inputDim).fill(inputs) : inputs;
  if (ranges.length !== inputDim) {
    throw new RangeError(`inputs: ${ranges.length} ranges, the program has ${inputDim} inputs`);
  }
  for (const [i, { min, max }] of ranges.entries()) {
    const isRange = Number.isInteger(min) && Number.isInteger(max) && min <= max;
    if (!isRange || !isWithin({ min, max }, safeIntegers)) {
      throw new RangeError(`inputs[${i}]: ${min} to ${max} is not a range of safe integers`);
    }
  }
  return ranges;
}

/** The smallest range that contains all. */
export function hullOf(ranges: readonly Range[]): Range {
  return {
    min: ranges.reduce((least, { min }) => Math.min(least, min), Infinity),
    max: ranges.reduce((most, { max }) => Math.max(most, max), -Infinity),
  };
}
