import { InputError } from "./input-error.ts";
import { excerpt } from "./message.ts";

// Tables of examples, CSV and Parquet: one row per position, the columns in any order.

/** What the header of a table must say, for messages. */
export const columnsForm =
  'columns are "sequence", the inputs "x" (or "x1", "x2", ...) and the outputs "y" (or "y1", ' +
  '"y2", ...)';

/** Which column of the file is which. */
export interface Columns {
  readonly sequence: number;
  /** Of each input, [inputDim]. */
  readonly x: readonly number[];
  /** Of each output, [outputDim]. */
  readonly y: readonly number[];
  /** The names, in the file's order. */
  readonly names: readonly string[];
}

/** Throws an InputError at `where` when columns are missing, twice there or unknown. */
export function readColumns(where: string, given: readonly string[]): Columns {
  const names = given.map((name) => name.trim());
  names.forEach((name, i) => {
    if (!/^(sequence|[xy]([1-9]\d*)?)$/.test(name)) {
      throw new InputError(`${where}: unknown column "${excerpt(name)}"; ${columnsForm}`);
    }
    if (names.indexOf(name) < i) throw new InputError(`${where}: two columns "${name}"`);
  });
  const sequence = names.indexOf("sequence");
  if (sequence < 0) throw new InputError(`${where}: column "sequence" is missing; ${columnsForm}`);
  return {
    sequence,
    x: numbered(where, "x", names),
    y: numbered(where, "y", names),
    names,
  };
}

/** The places of `letter` or of letter1, letter2, ... */
function numbered(where: string, letter: "x" | "y", names: readonly string[]): number[] {
  const places = names.flatMap((name, i) => (name.startsWith(letter) ? [i] : []));
  if (places.length === 1 && names[places[0]] === letter) return places;
  if (places.length === 0) {
    throw new InputError(`${where}: column "${letter}" is missing; ${columnsForm}`);
  }
  return places.map((_, i) => {
    const name = `${letter}${i + 1}`;
    if (!names.includes(name)) {
      const all = places.map((place) => names[place]).join(", ");
      throw new InputError(`${where}: column "${name}" is missing beside ${all}; ${columnsForm}`);
    }
    return names.indexOf(name);
  });
}
