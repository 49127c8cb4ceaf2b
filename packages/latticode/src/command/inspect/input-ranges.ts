const largest = 2 ** 31 - 1;

/**
 * Ranges of integers, one an input: "0..1,-5..5", or "3" for a single value.
 *
 * @returns both ends of each, included
 * @throws Error that says in one line what is wrong
 */
export function parseInputRanges(text: string): readonly [number, number][] {
  return text.split(",").map((part, i) => {
    const match = /^\s*(-?\d+)(?:\.\.(-?\d+))?\s*$/.exec(part);
    const where = `range ${i + 1}, ${JSON.stringify(part.trim())},`;
    if (!match) {
      throw new Error(`${where} is no range; give one an input, as in 0..1,-5..5`);
    }
    const low = Number(match[1]) + 0;
    const high = match[2] === undefined ? low : Number(match[2]) + 0;
    if (Math.max(Math.abs(low), Math.abs(high)) > largest) {
      throw new Error(`${where} goes beyond ${largest}`);
    }
    if (low > high) throw new Error(`${where} ends before it begins`);
    return [low, high];
  });
}
