import type { Expression, Program } from "@latticode/program";
import {
  add,
  conditional,
  input,
  integer,
  multiply,
  not,
  state,
  subtract,
  xor,
} from "@latticode/program";
import { expect, test } from "vitest";
import { assignment, scheduleUpdates, statementsOf } from "./statements.ts";

const x = input(0);
const [a, b, c] = ["a", "b", "c"].map(state);

function program(order: Program["order"], updates: Record<string, Expression>): Program {
  return {
    inputDim: 1,
    state: Object.keys(updates).map((name) => ({ name, initial: 0 })),
    order,
    updates: Object.entries(updates).map(([target, value]) => ({ target, value })),
    outputs: [integer(0)],
  };
}

function targets(given: Program): string {
  return scheduleUpdates(given)
    .map((group) => group.map(({ target }) => target).join("+"))
    .join(" ");
}

test("simultaneous updates are ordered so that readers come before writers", () => {
  expect(targets(program("simultaneous", { a: x, b: a, c: b }))).toBe("c b a");
  expect(targets(program("simultaneous", { a: b, b: c, c: x }))).toBe("a b c");
  expect(targets(program("simultaneous", { a: add(a, x), b: add(b, x) }))).toBe("a b");
  expect(targets(program("simultaneous", { a: b, b: a, c: x }))).toBe("c a+b");
  expect(targets(program("simultaneous", { a: b, b: a, c: add(a, c) }))).toBe("c a+b");
  expect(targets(program("in-place", { a: x, b: a, c: b }))).toBe("a b c");
});

test("augmented assignments, with and without regrouping", () => {
  const values: [Expression, string, Expression][] = [
    [add(a, x), "+", x],
    [subtract(a, x), "-", x],
    [subtract(subtract(a, x), b), "-", add(x, b)],
    [add(subtract(b, x), a), "+", subtract(b, x)],
    [xor(xor(b, a), x), "xor", xor(b, x)],
    [multiply(integer(2), a), "*", integer(2)],
  ];
  for (const [value, op, rest] of values) {
    expect(assignment({ target: "a", value }, true)).toEqual({
      kind: "augment",
      target: "a",
      op,
      value: rest,
    });
  }
  expect(assignment({ target: "a", value: add(a, x) }, false).kind).toBe("augment");
  for (const value of [add(x, a), add(add(a, x), b), subtract(x, a), x]) {
    expect(assignment({ target: "a", value }, false).kind).toBe("assign");
  }
  expect(assignment({ target: "a", value: subtract(x, a) }, true).kind).toBe("assign");
});

test("choices become statements where a variable stays as it is, or in chains", () => {
  const kinds = (value: Expression) =>
    statementsOf(program("in-place", { a: value, b: x, c: x }), { regroup: true })[0];
  expect(kinds(conditional(x, b, c)).kind).toBe("assign");
  expect(kinds(conditional(x, b, a))).toMatchObject({ kind: "choose", otherwise: undefined });
  expect(kinds(conditional(x, a, b))).toMatchObject({
    kind: "choose",
    cases: [{ condition: not(x), body: { value: b } }],
    otherwise: undefined,
  });
  expect(kinds(conditional(x, b, conditional(c, x, integer(1))))).toMatchObject({
    kind: "choose",
    cases: [{ condition: x }, { condition: c }],
    otherwise: { value: integer(1) },
  });
  expect(kinds(conditional(x, b, conditional(c, a, b))).kind).toBe("assign");
});
