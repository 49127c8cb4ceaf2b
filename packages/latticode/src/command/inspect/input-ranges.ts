const largest = 2 ** 31 - 1;

/**
 * Ranges of integers, one per input: "0..1,-5..5", or "3" for a single value.
 *
 * @returns both ends of each, included
 * @throws Error that says in one line what is wrong
 */
export function parseInputRanges(text: string): readonly [number, number][] {
  return text.split(",").map((part) => {
    const match = /^\s*(-?\d+)(?:\.\.(-?\d+))?\s*$/.exec(part);
    const range = JSON.stringify(part.trim());
    if (!match) {
      throw new Error(`${range} is not a range; give one per input, such as 0..1,-5..5`);
    }
    const low = Number(match[1]) + 0;
    const high = match[2] === undefined ? low : Number(match[2]) + 0;
    if (Math.max(Math.abs(low), Math.abs(high)) > largest) {
      throw new Error(`${range} goes beyond ${largest}; inputs are 32-bit integers`);
    }
    if (low > high)
      throw new Error(`${range} ends before it begins; write the smaller number first`);
    return [low, high];
  });
}
