import type { InputColumn, Inputs } from "./drawn.ts";

function sizeOf(column: InputColumn): number {
  return column.kind === "values" ? column.values.length : column.max - column.min + 1;
}

/** How many input sequences of a length there are; undefined where they are more than `most`. */
export function countWords(
  columns: readonly InputColumn[],
  length: number,
  most: number,
): number | undefined {
  let symbols = 1;
  for (const column of columns) symbols *= sizeOf(column);
  // one symbol makes one word, however long
  if (symbols === 1) return 1;
  let words = 1;
  for (let t = 0; t < length && words <= most; t++) words *= symbols;
  return words <= most ? words : undefined;
}

/** The greatest length, up to `length`, of which there are at most `most` input sequences; 0 for none. */
export function longestLength(
  columns: readonly InputColumn[],
  length: number,
  most: number,
): number {
  let longest = 0;
  while (longest < length && countWords(columns, longest + 1, most) !== undefined) longest++;
  return longest;
}

/** Every input at a position, the last column changing fastest: [n, columns.length] */
export function allSymbols(columns: readonly InputColumn[]): Int32Array {
  const [symbols] = allWords(columns, 1, countWords(columns, 1, Number.POSITIVE_INFINITY)!);
  return symbols.x;
}

/**
 * All input sequences of a length, the last position changing fastest, and in a position the last
 * column.
 *
 * @param count how many of them a part has
 */
export function* allWords(
  columns: readonly InputColumn[],
  length: number,
  count: number,
): Generator<Inputs, void, undefined> {
  const size = length * columns.length;
  const columnOf = (digit: number) => columns[digit % columns.length];
  // a counter whose digits are places in the columns
  const digits = new Int32Array(size);
  const value = (at: number) => {
    const column = columnOf(at);
    return column.kind === "values" ? column.values[digits[at]] : column.min + digits[at];
  };
  const current = Int32Array.from(digits, (_, at) => value(at));
  const part = new Int32Array(count * size);
  let filled = 0;
  for (let carry = false; !carry; ) {
    part.set(current, filled * size);
    filled++;
    carry = true;
    for (let at = size - 1; carry && at >= 0; at--) {
      digits[at] = (digits[at] + 1) % sizeOf(columnOf(at));
      current[at] = value(at);
      carry = digits[at] === 0;
    }
    if (filled < count && !carry) continue;
    yield { count: filled, length, x: part.slice(0, filled * size) };
    filled = 0;
  }
}
