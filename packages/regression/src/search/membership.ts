import type { Expression } from "@latticode/program";
import { contains, countNodes, listOf, not } from "@latticode/program";
import type { Variable } from "./fitting.ts";

const mostValues = 32;

/**
 * `v in [...]`, or its negation, for a target of zeros and ones that one variable decides; of all
 * variables and both ways the one of fewest nodes. Undefined where no variable decides the target.
 *
 * @param target [rows]
 */
export function cheapestMembership(
  variables: readonly Variable[],
  target: Int32Array,
): Expression | undefined {
  if (!target.every((value) => value === 0 || value === 1)) return undefined;
  let cheapest: Expression | undefined;
  for (const { expression, values } of variables) {
    const known = new Map<number, number>();
    const isDecided = target.every((value, row) => {
      const before = known.get(values[row]);
      if (before === undefined) known.set(values[row], value);
      return before === undefined || before === value;
    });
    if (!isDecided) continue;
    const of = (wanted: number) =>
      [...known].flatMap(([key, value]) => (value === wanted ? [key] : [])).sort((a, b) => a - b);
    const [zeros, ones] = [of(0), of(1)];
    if (zeros.length === 0 || ones.length === 0) continue;
    const isNegated = zeros.length + 1 < ones.length;
    const listed = isNegated ? zeros : ones;
    if (listed.length > mostValues) continue;
    const member = contains(expression, listOf(listed));
    const found = isNegated ? not(member) : member;
    if (!cheapest || countNodes(found) < countNodes(cheapest)) cheapest = found;
  }
  return cheapest;
}
