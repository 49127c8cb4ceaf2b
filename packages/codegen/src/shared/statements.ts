// The updates of a program as the statements that a person would write, still without the words of
// a language.

import type { Expression, Program, Update } from "@latticode/program";
import { add, binary, not, sameExpression, state, stateNames, subtract } from "@latticode/program";
import { operandsOf } from "./forms.ts";
import type { Arithmetic } from "./infix.ts";

/** The second kind is an operator's own assignment, as in `a += x`. */
export type Assignment =
  | { readonly kind: "assign"; readonly target: string; readonly value: Expression }
  | {
      readonly kind: "augment";
      readonly target: string;
      readonly op: Arithmetic;
      readonly value: Expression;
    };

export type Statement =
  | Assignment
  /** All values are computed before any is assigned. */
  | { readonly kind: "together"; readonly updates: readonly Update[] }
  /** The assignment of the first condition that holds; `otherwise` when none does. */
  | {
      readonly kind: "choose";
      readonly cases: readonly { readonly condition: Expression; readonly body: Assignment }[];
      readonly otherwise: Assignment | undefined;
    };

/**
 * Updates in an order in which they can be run one after the other; several in one group must be
 * run together, since each needs what another overwrites.
 */
export function scheduleUpdates(program: Program): Update[][] {
  if (program.order === "in-place") {
    return program.updates.map((update) => [update]);
  }
  const groups: Update[][] = [];
  let remaining = program.updates.map((update) => ({ update, reads: stateNames(update.value) }));
  while (remaining.length > 0) {
    const next = remaining.find(({ update }) =>
      remaining.every((other) => other.update === update || !other.reads.has(update.target)),
    );
    if (next === undefined) {
      groups.push(remaining.map(({ update }) => update));
      break;
    }
    groups.push([next.update]);
    remaining = remaining.filter((other) => other !== next);
  }
  return groups;
}

const isVariable = (e: Expression, name: string) => e.op === "state" && e.name === name;

/** A sum as the terms added and those subtracted, each in order of appearance. */
function splitSum(e: Expression): { added: Expression[]; subtracted: Expression[] } {
  if (e.op !== "+" && e.op !== "-") {
    return { added: [e], subtracted: [] };
  }
  const a = splitSum(e.args[0]);
  const b = splitSum(e.args[1]);
  return e.op === "+"
    ? { added: [...a.added, ...b.added], subtracted: [...a.subtracted, ...b.subtracted] }
    : { added: [...a.added, ...b.subtracted], subtracted: [...a.subtracted, ...b.added] };
}

function withoutFirst(list: readonly Expression[], e: Expression): Expression[] | undefined {
  const i = list.findIndex((other) => sameExpression(other, e));
  return i < 0 ? undefined : list.filter((_, j) => j !== i);
}

function regroupedSum(target: string, value: Expression): Assignment | undefined {
  const { added, subtracted } = splitSum(value);
  const rest = withoutFirst(added, state(target));
  if (rest === undefined) {
    return undefined;
  }
  if (rest.length === 0) {
    return { kind: "augment", target, op: "-", value: subtracted.reduce(add) };
  }
  return {
    kind: "augment",
    target,
    op: "+",
    value: subtracted.reduce<Expression>(subtract, rest.reduce(add)),
  };
}

/**
 * The assignment of a value, with an augmented operator where the value begins with the target.
 * With `regroup` the target may stand anywhere in a sum, product or exclusive or: the order of
 * operations changes then, which integers of any size do not mind but rounded numbers do.
 */
export function assignment({ target, value }: Update, regroup: boolean): Assignment {
  const plain: Assignment = { kind: "assign", target, value };
  switch (value.op) {
    case "+":
    case "-":
    case "*":
    case "//":
    case "%":
    case "xor":
      break;
    default:
      return plain;
  }
  const [a, b] = value.args;
  if (regroup && (value.op === "+" || value.op === "-")) {
    return regroupedSum(target, value) ?? plain;
  }
  if (regroup && (value.op === "*" || value.op === "xor")) {
    const op = value.op;
    const rest = withoutFirst(operandsOf(op, value), state(target));
    return rest
      ? { kind: "augment", target, op, value: rest.reduce((p, q) => binary(op, p, q)) }
      : plain;
  }
  return isVariable(a, target) ? { kind: "augment", target, op: value.op, value: b } : plain;
}

/**
 * An update by `if`, as statements, where that reads better than an expression: one case that
 * leaves the variable as it is otherwise, or a chain of two cases and more.
 */
function choice({ target, value }: Update, regroup: boolean): Statement | undefined {
  const cases: { condition: Expression; body: Expression }[] = [];
  let rest = value;
  while (rest.op === "if") {
    const [condition, body, otherwise] = rest.args;
    cases.push({ condition, body });
    rest = otherwise;
  }
  const isTarget = (e: Expression) => isVariable(e, target);
  if (cases.length === 1 && isTarget(cases[0].body) && !isTarget(rest)) {
    cases[0] = { condition: not(cases[0].condition), body: rest };
    rest = state(target);
  }
  const reads = isTarget(rest) ? cases.length >= 1 : cases.length >= 2;
  if (!reads || cases.some(({ body }) => isTarget(body))) {
    return undefined;
  }
  return {
    kind: "choose",
    cases: cases.map(({ condition, body }) => ({
      condition,
      body: assignment({ target, value: body }, regroup),
    })),
    otherwise: isTarget(rest) ? undefined : assignment({ target, value: rest }, regroup),
  };
}

/** The updates of a program as statements to be run one after the other. */
export function statementsOf(
  program: Program,
  options: { readonly regroup: boolean },
): Statement[] {
  const { regroup } = options;
  return scheduleUpdates(program).map((updates) =>
    updates.length > 1
      ? { kind: "together", updates }
      : (choice(updates[0], regroup) ?? assignment(updates[0], regroup)),
  );
}

/** What an assignment computes, as one expression. */
export function assignedValue(statement: Assignment): Expression {
  return statement.kind === "assign"
    ? statement.value
    : binary(statement.op, state(statement.target), statement.value);
}

/**
 * Whether the value is made from the list that the variable holds, so that it may change in place.
 */
export function changesOwn(target: string, value: Expression): boolean {
  return "args" in value && isVariable(value.args[0], target);
}
