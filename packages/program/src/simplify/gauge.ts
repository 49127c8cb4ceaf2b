// A state variable may hold any affine image s z + c of what it holds, s being 1 or -1, when its
// start, its updates and what reads it change along: a choice of gauge. Counting from 1 what is
// read as count - 1 costs more than counting from 0. Lists and what they hold keep their gauge.

import type { Expression } from "../expression.ts";
import {
  add,
  integer,
  replaceStates,
  state,
  stateNames,
  subtract,
  visitExpression,
} from "../expression.ts";
import type { Program } from "../program.ts";

/** More constants than a program that is worth reading has around one variable. */
const mostConstants = 8;

/**
 * The constants and their opposites in what reads or writes the variable, behind 0 and 1, which
 * `not` hides.
 */
function constantsAround(program: Program, name: string): number[] {
  const found = new Set([0, 1]);
  const { updates, outputs } = program;
  const around = [
    ...updates.filter(({ target, value }) => target === name || stateNames(value).has(name)),
    ...outputs.filter((value) => stateNames(value).has(name)).map((value) => ({ value })),
  ];
  for (const { value } of around) {
    visitExpression(value, (node) => {
      if (node.op === "integer" && found.size < 2 * mostConstants) {
        found.add(node.value);
        found.add(-node.value + 0);
      }
    });
  }
  return [...found];
}

/** The program with z in the variable's place, where the variable is sign z + offset. */
function inGauge(program: Program, name: string, sign: 1 | -1, offset: number): Program {
  const constant = integer(offset);
  const read = sign === 1 ? add(state(name), constant) : subtract(constant, state(name));
  const change = (e: Expression) =>
    replaceStates(e, (other) => (other === name ? read : state(other)));
  return {
    ...program,
    state: program.state.map((variable) =>
      variable.name === name && typeof variable.initial === "number"
        ? { name, initial: sign * (variable.initial - offset) + 0 }
        : variable,
    ),
    updates: program.updates.map(({ target, value }) => {
      const changed = change(value);
      if (target !== name) {
        return { target, value: changed };
      }
      return {
        target,
        value: sign === 1 ? subtract(changed, constant) : subtract(constant, changed),
      };
    }),
    outputs: program.outputs.map(change),
  };
}

/**
 * Programs with the same outputs on all inputs, not simplified, in which one variable holds an
 * affine image of what it holds in the given one, with offsets that occur around the variable.
 */
export function* otherGauges(program: Program): Generator<Program> {
  for (const { name, initial } of program.state) {
    if (typeof initial !== "number") {
      continue;
    }
    for (const offset of constantsAround(program, name)) {
      if (!Number.isSafeInteger(initial - offset)) {
        continue;
      }
      if (offset !== 0) {
        yield inGauge(program, name, 1, offset);
      }
      yield inGauge(program, name, -1, offset);
    }
  }
}
