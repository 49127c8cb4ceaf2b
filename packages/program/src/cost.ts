import { countNodes } from "./expression.ts";
import type { Program } from "./program.ts";

/**
 * Length of a program: nodes of its expression trees plus 1 for every statement, that is every
 * update and every output. Start values cost nothing. A running sum, `a = a + x; y = a`, costs 6.
 */
export function programCost(program: Program): number {
  let cost = program.updates.length + program.outputs.length;
  for (const update of program.updates) {
    cost += countNodes(update.value);
  }
  for (const output of program.outputs) {
    cost += countNodes(output);
  }
  return cost;
}
