import { programCost } from "../cost.ts";
import type { Expression } from "../expression.ts";
import { replaceStates, sameExpression, sameNumbers, state, stateNames } from "../expression.ts";
import type { Program, StateVariable, Update } from "../program.ts";
import { checkProgram } from "../program.ts";
import { otherGauges } from "./gauge.ts";
import { everything } from "./intervals.ts";
import { lengthReader, programRanges, rangeReader } from "./ranges.ts";
import { failureReader, simplifier } from "./simplify.ts";

/** Every expression simplified, given where the state variables can be. */
function simplifyExpressions(program: Program): Program {
  const simplify = simplifier(
    programRanges(program, { arithmetic: "unbounded", input: everything }),
  );
  const updates = program.updates
    .map(({ target, value }) => ({ target, value: simplify(value) }))
    .filter(({ target, value }) => !(value.op === "state" && value.name === target));
  return { ...program, updates, outputs: program.outputs.map(simplify) };
}

/**
 * Without the variables on which no output depends. An update that may fail stays, with all
 * that it reads, since it decides whether the program gives outputs at all.
 */
function removeUnreadState(program: Program): Program {
  const ranges = programRanges(program, { arithmetic: "unbounded", input: everything });
  const cannotFail = failureReader(rangeReader(ranges), lengthReader(ranges));
  const live = new Set(program.outputs.flatMap((output) => [...stateNames(output)]));
  for (const { target, value } of program.updates) {
    if (!cannotFail(value)) {
      live.add(target);
    }
  }
  for (let before = -1; before !== live.size; ) {
    before = live.size;
    for (const { target, value } of program.updates) {
      if (live.has(target)) {
        for (const name of stateNames(value)) {
          live.add(name);
        }
      }
    }
  }
  if (program.state.every(({ name }) => live.has(name))) {
    return program;
  }
  return {
    ...program,
    state: program.state.filter(({ name }) => live.has(name)),
    updates: program.updates.filter(({ target }) => live.has(target)),
  };
}

/** The program with every variable replaced by the one that `chosen` names for it. */
function mergeState(program: Program, chosen: ReadonlyMap<string, string>): Program {
  const keeps = (name: string) => chosen.get(name) === name;
  const merge = (e: Expression) => replaceStates(e, (name) => state(chosen.get(name)!));
  return {
    ...program,
    state: program.state.filter(({ name }) => keeps(name)),
    updates: program.updates
      .filter(({ target }) => keeps(target))
      .map(({ target, value }) => ({ target, value: merge(value) })),
    outputs: program.outputs.map(merge),
  };
}

function sameStart(a: StateVariable, b: StateVariable): boolean {
  return typeof a.initial === "number" || typeof b.initial === "number"
    ? a.initial === b.initial
    : sameNumbers(a.initial, b.initial);
}

/**
 * Variables of a simultaneous program that are always equal: start with all that begin alike as one
 * class and split a class while its members' updates, read up to classes, differ (Moore's partition
 * refinement). Maps each variable to the first of its class.
 */
function equalVariables(program: Program): Map<string, string> {
  const updateOf = new Map(program.updates.map(({ target, value }) => [target, value]));
  let chosen = new Map<string, string>();
  for (const variable of program.state) {
    const first = program.state.find((other) => sameStart(other, variable))!;
    chosen.set(variable.name, first.name);
  }
  for (let classes = -1, count = 0; classes !== count; ) {
    classes = new Set(chosen.values()).size;
    const merged = new Map<string, Expression>();
    for (const { name } of program.state) {
      const value = updateOf.get(name) ?? state(name);
      merged.set(
        name,
        replaceStates(value, (read) => state(chosen.get(read)!)),
      );
    }
    const next = new Map<string, string>();
    for (const { name } of program.state) {
      const first = program.state.find(
        (other) =>
          chosen.get(other.name) === chosen.get(name) &&
          sameExpression(merged.get(other.name)!, merged.get(name)!),
      )!;
      next.set(name, first.name);
    }
    chosen = next;
    count = new Set(chosen.values()).size;
  }
  return chosen;
}

/** Whether `names` has one of the targets of updates from one position to before another. */
function writesBetween(
  updates: readonly Update[],
  from: number,
  to: number,
  names: ReadonlySet<string>,
): boolean {
  return updates.slice(from, to).some(({ target }) => names.has(target));
}

/**
 * Two variables of an in-place program that are equal whenever one of them is read: same start, one
 * update each, at i < j, which differ in the names only, nothing that they read changing from i to
 * j, and the second variable not read while it lags behind.
 */
function equalPair(program: Program): Map<string, string> | undefined {
  const { updates } = program;
  const updated = updates.map(({ target }) => target);
  const variables = new Map(program.state.map((variable) => [variable.name, variable]));
  for (let j = 1; j < updates.length; j++) {
    for (let i = 0; i < j; i++) {
      const a = updates[i].target;
      const b = updates[j].target;
      if (
        a === b ||
        !sameStart(variables.get(a)!, variables.get(b)!) ||
        updated.filter((target) => target === a).length > 1 ||
        updated.filter((target) => target === b).length > 1
      ) {
        continue;
      }
      const reads = stateNames(updates[i].value);
      const renamed = replaceStates(updates[j].value, (name) => state(name === b ? a : name));
      const othersRead = new Set([...reads].filter((name) => name !== a));
      if (
        sameExpression(renamed, updates[i].value) &&
        !reads.has(b) &&
        !stateNames(updates[j].value).has(a) &&
        !writesBetween(updates, i, j, othersRead) &&
        !updates.slice(i + 1, j).some(({ value }) => stateNames(value).has(b))
      ) {
        return new Map(program.state.map(({ name }) => [name, name === b ? a : name]));
      }
    }
  }
  return undefined;
}

function removeDuplicateState(program: Program): Program {
  if (program.order === "simultaneous") {
    return mergeState(program, equalVariables(program));
  }
  let current = program;
  for (let pair = equalPair(current); pair !== undefined; pair = equalPair(current)) {
    current = mergeState(current, pair);
  }
  return current;
}

/** Whether two programs over the same inputs are the same, variable by variable. */
function sameProgram(a: Program, b: Program): boolean {
  return (
    a.state.length === b.state.length &&
    a.updates.length === b.updates.length &&
    a.state.every(({ name }, i) => name === b.state[i].name) &&
    a.updates.every(
      ({ target, value }, i) =>
        target === b.updates[i].target && sameExpression(value, b.updates[i].value),
    ) &&
    a.outputs.every((output, i) => sameExpression(output, b.outputs[i]))
  );
}

/** The cheapest of the programs in another gauge of a variable, where one is cheaper. */
function cheaperGauge(program: Program): Program | undefined {
  let best: Program | undefined;
  let cost = programCost(program);
  for (const other of otherGauges(program)) {
    const simple = simplifyExpressions(other);
    if (programCost(simple) < cost) {
      best = simple;
      cost = programCost(simple);
    }
  }
  return best;
}

/**
 * A program that gives the same outputs on all inputs, of at most the same cost: expressions
 * simplified with what is known of the state's ranges, variables merged that are always equal,
 * moved and turned around where that is shorter, and removed where no output depends on them.
 * Order, inputs and the names of what remains stay. It fails (divides by 0, finds no such index)
 * exactly where the given program does.
 *
 * @throws Error as `checkProgram` when the program is not one
 */
export function simplifyProgram(program: Program): Program {
  checkProgram(program);
  // A round's result may tell more about the state than its beginning did.
  for (let current = program; ; ) {
    const next = removeUnreadState(removeDuplicateState(simplifyExpressions(current)));
    if (!sameProgram(next, current)) {
      current = next;
      continue;
    }
    const cheaper = cheaperGauge(current);
    if (cheaper === undefined) {
      return current;
    }
    current = cheaper;
  }
}
