import type { Expression, Program } from "@latticode/program";
import { visitExpression } from "@latticode/program";

/** Calls `visit` on everything that a program computes. */
export function visitProgram(program: Program, visit: (e: Expression) => void): void {
  for (const e of [...program.updates.map(({ value }) => value), ...program.outputs]) {
    visitExpression(e, visit);
  }
}

/** The inputs that the program's expressions mention, by index. */
export function inputsRead(program: Program): Set<number> {
  const read = new Set<number>();
  visitProgram(program, (e) => e.op === "input" && read.add(e.index));
  return read;
}

/** The arguments of which an expression's value may be one, or hold their numbers unchanged. */
export function passedOn(e: Expression): readonly Expression[] {
  switch (e.op) {
    case "min":
    case "max":
    case "shift":
    case "append":
      return e.args;
    case "if":
      return e.args.slice(1);
    case "add-at":
    case "reverse":
    case "at":
      return [e.args[0]];
    default:
      return [];
  }
}

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
