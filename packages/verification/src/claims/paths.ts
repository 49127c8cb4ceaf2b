import type { Expression, Integer, Program, Update } from "@latticode/program";
import {
  conditional,
  equal,
  floorDivide,
  integer,
  less,
  mapArguments,
  maximum,
  minimum,
  not,
  state,
} from "@latticode/program";

// A path through a step says which way every comparison, minimum, maximum, choice, membership test
// and wrap of a remainder goes. The program is written once more with a variable for each of these,
// written just before the update that it is in, so that the plain interpreter tells the path.

/** The program with the ways that its steps take as its outputs. */
export interface PathProgram {
  /** Its outputs: first those of the program, then one number for each decision. */
  readonly program: Program;
  readonly decisions: number;
}

/** Not on the path: a decision in a branch that was not chosen. */
const untaken = -1;

/** Rewrites a program so that it puts out the way that each decision goes. */
export function pathProgram(program: Program): PathProgram {
  const names: string[] = [];
  const before = (e: Expression): Update[] =>
    decisionsOf(e).map((value) => {
      const target = `decision${names.length}`;
      names.push(target);
      return { target, value };
    });
  const updates: Update[] = [];
  if (program.order === "in-place") {
    for (const update of program.updates) updates.push(...before(update.value), update);
  } else {
    for (const { value } of program.updates) updates.push(...before(value));
    updates.push(...program.updates);
  }
  // outputs read the state after all updates, so that their decisions can't be variables of a
  // simultaneous program: they are outputs themselves
  const ofOutputs = program.outputs.flatMap(decisionsOf);
  const outputs = [...program.outputs, ...names.map((name) => state(name)), ...ofOutputs];
  return {
    program: {
      ...program,
      state: [...program.state, ...names.map((name) => ({ name, initial: untaken }))],
      updates,
      outputs,
    },
    decisions: names.length + ofOutputs.length,
  };
}

/** For every decision in an expression, an expression for the way that it goes, a small integer. */
function decisionsOf(e: Expression): Expression[] {
  switch (e.op) {
    case "if": {
      const [condition, then, otherwise] = e.args;
      const way = not(condition);
      return [
        ...decisionsOf(condition),
        ...(isComparison(condition) ? [] : [way]),
        ...decisionsOf(then).map((d) => conditional(condition, d, integer(untaken))),
        ...decisionsOf(otherwise).map((d) => conditional(condition, integer(untaken), d)),
      ];
    }
    case "and":
    case "or": {
      const [first, second] = e.args;
      const inSecond = decisionsOf(second).map((d) =>
        e.op === "and"
          ? conditional(first, d, integer(untaken))
          : conditional(first, integer(untaken), d),
      );
      return [...decisionsOf(first), ...inSecond, not(e)];
    }
    case "<":
    case "==":
    case "in":
      return [...inArguments(e), e];
    case "not":
      return [...inArguments(e), e];
    case "min":
    case "max": {
      const [a, b] = e.args;
      // which of them it is, or that they are equal
      return [...inArguments(e), signOf(a, b)];
    }
    case "abs":
      return [...inArguments(e), signOf(e.args[0], integer(0))];
    case "%":
      // 0 where nothing wraps, else on which side
      return [
        ...inArguments(e),
        maximum(integer(-1), minimum(integer(1), floorDivide(e.args[0], e.args[1]))),
      ];
    case "argmax":
      return [...inArguments(e), e];
    default:
      return inArguments(e);
  }
}

function inArguments(e: Expression): Expression[] {
  const found: Expression[] = [];
  mapArguments(e, (argument) => {
    found.push(...decisionsOf(argument));
    return argument;
  });
  return found;
}

function isComparison(e: Expression): boolean {
  return e.op === "<" || e.op === "==" || e.op === "in" || e.op === "not";
}

/** 1 for a < b, 2 for a == b, 0 for a > b */
function signOf(a: Expression, b: Expression): Expression {
  return conditional(less(a, b), integer(1), conditional(equal(a, b), integer(2), integer(0)));
}

/** The path of one step among the outputs of a path program. */
export function pathKey(outputs: readonly Integer[], outputDim: number): string {
  return outputs.slice(outputDim).join();
}
