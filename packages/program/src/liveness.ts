import type { Expression } from "./expression.ts";
import { stateNames } from "./expression.ts";
import type { Program } from "./program.ts";

/**
 * Names of the variables that carry something from one position to the next: a step reads them
 * before it writes them. What the others hold between positions makes no difference.
 */
export function carriedVariables(program: Program): Set<string> {
  const carried = new Set<string>();
  const written = new Set<string>();
  const read = (e: Expression) => {
    for (const name of stateNames(e)) if (!written.has(name)) carried.add(name);
  };
  for (const { target, value } of program.updates) {
    read(value);
    if (program.order === "in-place") written.add(target);
  }
  for (const { target } of program.updates) written.add(target);
  program.outputs.forEach(read);
  return carried;
}
