import type { Program } from "@latticode/program";
import { programCost } from "@latticode/program";

/** A search for the cheapest program for something, up to a bound of its cost. */
export type BoundedSearch<Input> = (input: Input, bound: number) => Program | undefined;

/**
 * A search that does not look again for what it has looked for up to the same bound or a higher
 * one: what was found then is the answer where it is within the bound, and else there is none.
 *
 * @param keyOf the same for inputs that have the same programs
 */
export function searchOnce<Input>(
  search: BoundedSearch<Input>,
  keyOf: (input: Input) => string,
): BoundedSearch<Input> {
  const known = new Map<string, { readonly bound: number; readonly program?: Program }>();
  return (input, bound) => {
    const key = keyOf(input);
    const before = known.get(key);
    if (before && before.bound >= bound) {
      const { program } = before;
      return program && programCost(program) <= bound ? program : undefined;
    }
    const program = search(input, bound);
    known.set(key, { bound, ...(program && { program }) });
    return program;
  };
}

/** Columns of numbers as text. */
export function keyOfColumns(columns: readonly ArrayLike<number>[]): string {
  return columns.map((column) => Array.prototype.join.call(column)).join(";");
}
