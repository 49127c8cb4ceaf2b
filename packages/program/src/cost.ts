// The cost of a program is its description length (Rissanen's minimum description length, with a
// node as the unit): of two programs that agree with everything seen, the shorter is the likelier
// to be right elsewhere too, and the easier to read.
//
//   - Every node costs 1, whichever operator, variable or constant it is. The choices at a node
//     (about 25 operators, a handful of variables, the constants at hand) take 3 to 5 bits
//     whichever is taken; weights would only tell which programs somebody expected.
//   - Every update and output costs 1 more, for what it assigns to. Without that, cutting an
//     expression in two would be free.
//   - Start values cost nothing: a variable has one anyway, it is read off the network and never
//     searched for, and what differs only in where a variable starts should cost the same.
//   - A literal list costs its numbers. A table is thereby as long as what it tabulates; at 1 a
//     table every finite function would be as cheap as a variable.
//
// How large a constant is does not count here. It decides between programs of one cost:
// readability.ts.

import { countNodes } from "./expression.ts";
import type { Program } from "./program.ts";

/**
 * Length of a program: nodes of its expression trees, literal lists by their numbers, plus 1 for
 * every statement, that is every update and every output. Start values cost nothing. A running sum,
 * `a = a + x; y = a`, costs 6.
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
