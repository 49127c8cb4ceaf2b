import type { Expression, Program } from "@latticode/program";

/**
 * The state variables that may come to hold a value with some property that start values lack.
 * `may` tells it of an expression, given the variables that have it so far.
 */
export function variablesThatMay(
  program: Program,
  may: (e: Expression, variables: ReadonlySet<string>) => boolean,
): Set<string> {
  const variables = new Set<string>();
  for (let before = -1; before !== variables.size; ) {
    before = variables.size;
    for (const { target, value } of program.updates) {
      if (may(value, variables)) {
        variables.add(target);
      }
    }
  }
  return variables;
}
