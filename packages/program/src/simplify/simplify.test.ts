import { expect, test } from "vitest";
import { randomExpression } from "../../testing/random-program.ts";
import type { Expression } from "../expression.ts";
import {
  absolute,
  add,
  addAt,
  and,
  append,
  argmax,
  at,
  conditional,
  contains,
  countNodes,
  equal,
  floorDivide,
  input,
  integer,
  less,
  listOf,
  maximum,
  minimum,
  modulo,
  multiply,
  negate,
  not,
  or,
  reverse,
  sameExpression,
  shift,
  state,
  subtract,
  sum,
  xor,
} from "../expression.ts";
import { compileProgram } from "../interpreter/interpreter.ts";
import { drawIntegers } from "../random.ts";
import type { Range } from "./intervals.ts";
import { simplifyExpression } from "./simplify.ts";

const [x, y] = [input(0), input(1)];
const [p, q] = [state("p"), state("q")];
const one = integer(1);
const zero = integer(0);
const bits: { state: ReadonlyMap<string, Range> } = {
  state: new Map([
    ["p", { min: 0, max: 1 }],
    ["q", { min: 0, max: 1 }],
  ]),
};

test.each<[Expression, Expression]>([
  [add(integer(2), integer(3)), integer(5)],
  [floorDivide(integer(-7), integer(2)), integer(-4)],
  [add(x, zero), x],
  [add(integer(3), x), add(x, integer(3))],
  [add(x, integer(-3)), subtract(x, integer(3))],
  [subtract(x, negate(y)), add(x, y)],
  [subtract(zero, x), negate(x)],
  [subtract(x, x), zero],
  [multiply(zero, x), zero],
  [multiply(x, one), x],
  [multiply(x, integer(-1)), negate(x)],
  [multiply(x, integer(2)), multiply(integer(2), x)],
  [add(multiply(integer(2), x), x), multiply(integer(3), x)],
  [
    subtract(multiply(integer(2), x), multiply(integer(2), y)),
    multiply(integer(2), subtract(x, y)),
  ],
  [subtract(add(x, integer(5)), add(y, integer(2))), add(subtract(x, y), integer(3))],
  [negate(negate(x)), x],
  [floorDivide(x, one), x],
  [floorDivide(floorDivide(x, integer(2)), integer(3)), floorDivide(x, integer(6))],
  [modulo(x, one), zero],
  [modulo(add(modulo(x, integer(6)), multiply(integer(3), y)), integer(3)), modulo(x, integer(3))],
  [modulo(modulo(x, integer(2)), integer(5)), modulo(x, integer(2))],
  [absolute(negate(x)), absolute(x)],
  [minimum(minimum(x, integer(3)), integer(5)), minimum(x, integer(3))],
  [maximum(integer(3), x), maximum(x, integer(3))],
  [not(not(less(x, y))), less(x, y)],
  [not(less(x, integer(3))), less(integer(2), x)],
  [equal(subtract(x, y), zero), equal(x, y)],
  [equal(add(x, integer(1)), integer(4)), equal(x, integer(3))],
  [less(zero, subtract(x, y)), less(y, x)],
  [less(negate(x), integer(2)), less(integer(-2), x)],
  [and(not(not(x)), absolute(y)), and(x, y)],
  [or(not(x), not(y)), not(and(x, y))],
  [xor(x, x), zero],
  [conditional(one, x, y), x],
  [conditional(x, y, y), y],
  [conditional(less(x, y), one, zero), less(x, y)],
  [conditional(not(x), x, y), conditional(x, y, x)],
  [conditional(less(x, y), x, y), minimum(x, y)],
  [conditional(less(zero, x), x, zero), maximum(x, zero)],
  [conditional(less(x, zero), negate(x), x), absolute(x)],
])("%j becomes %j", (given, expected) => {
  expect(simplifyExpression(given)).toEqual(expected);
});

test.each<[Expression, Expression]>([
  [not(not(p)), p],
  [equal(p, zero), not(p)],
  [equal(p, one), p],
  [subtract(one, p), not(p)],
  [xor(p, one), not(p)],
  [not(equal(p, q)), xor(p, q)],
  [xor(not(p), q), equal(p, q)],
  [less(zero, p), p],
  [modulo(p, integer(2)), p],
  [conditional(p, q, zero), and(p, q)],
  [conditional(p, one, q), or(p, q)],
  [multiply(p, p), p],
  [less(add(p, q), integer(3)), one],
])("with bits, %j becomes %j", (given, expected) => {
  expect(simplifyExpression(given, bits)).toEqual(expected);
});

test("what may divide by zero stays", () => {
  const fails = floorDivide(one, x);
  for (const e of [
    multiply(zero, fails),
    subtract(fails, fails),
    equal(fails, fails),
    and(fails, zero),
    conditional(fails, y, y),
    modulo(modulo(y, x), one),
    floorDivide(x, zero),
  ]) {
    expect(simplifyExpression(e)).toEqual(e);
  }
  expect(simplifyExpression(and(zero, fails))).toEqual(zero);
  expect(simplifyExpression(multiply(zero, floorDivide(x, integer(2))))).toEqual(zero);
});

test("constants that would leave the safe integers are not computed", () => {
  const most = integer(Number.MAX_SAFE_INTEGER);
  expect(simplifyExpression(add(most, one))).toEqual(add(most, one));
  const e = subtract(add(add(x, most), integer(2)), most);
  const run = (program: Expression) =>
    compileProgram({
      inputDim: 1,
      state: [],
      order: "in-place",
      updates: [],
      outputs: [program],
    })([5], 1);
  expect(run(simplifyExpression(e))).toEqual([7]);
});

/**
 * Values of an expression over p and q on the given rows (x, y, p, q), "fails" for division by 0.
 */
function values(e: Expression, rows: readonly number[][]): string[] {
  const run = compileProgram({
    inputDim: 4,
    state: [
      { name: "p", initial: 0 },
      { name: "q", initial: 0 },
    ],
    order: "in-place",
    updates: [
      { target: "p", value: input(2) },
      { target: "q", value: input(3) },
    ],
    outputs: [e],
  });
  return rows.map((row) => {
    try {
      return String(run(row, 1)[0]);
    } catch (error) {
      return (error as Error).message.includes("division by zero") ? "fails" : String(error);
    }
  });
}

const lists = {
  state: new Map([
    ["p", { min: 0, max: 1 }],
    ["w", { min: -5, max: 5 }],
    ["one", { min: 4, max: 4 }],
  ]),
  lengths: new Map([
    ["w", { min: 2, max: 3 }],
    ["one", { min: 1, max: 1 }],
    ["any", { min: 0, max: 9 }],
  ]),
};
const [w, any] = [state("w"), state("any")];
const table = listOf([4, 9, 1]);

test.each<[Expression, Expression]>([
  [equal(reverse(reverse(w)), any), equal(w, any)],
  [sum(reverse(w)), sum(w)],
  [sum(table), integer(14)],
  [argmax(table), one],
  [at(table, integer(-1)), one],
  [at(table, integer(3)), at(table, integer(3))],
  [at(any, p), at(any, p)],
  [at(reverse(any), zero), at(any, integer(-1))],
  [at(shift(w, x), integer(-1)), x],
  [at(shift(any, x), integer(-1)), at(shift(any, x), integer(-1))],
  [at(shift(w, x), zero), at(w, one)],
  [at(shift(w, x), integer(-2)), at(w, integer(-1))],
  [at(shift(w, x), one), at(shift(w, x), one)],
  [at(append(any, x), integer(-1)), x],
  [at(append(any, x), integer(-3)), at(any, integer(-2))],
  [at(addAt(any, one, x), one), add(at(any, one), x)],
  [at(addAt(w, one, x), zero), at(w, zero)],
  [sum(addAt(w, p, x)), add(sum(w), x)],
  [sum(addAt(any, p, x)), sum(addAt(any, p, x))],
  [sum(addAt(w, p, zero)), sum(w)],
  [at(addAt(addAt(any, x, y), x, one), p), at(addAt(any, x, add(y, one)), p)],
  [at(shift(append(table, integer(2)), integer(3)), p), at(listOf([9, 1, 2, 3]), p)],
  [at(listOf([7, 7]), p), integer(7)],
  [at(listOf([0, 1, 2]), modulo(x, integer(3))), modulo(x, integer(3))],
  [at(state("one"), x), at(listOf([4]), x)],
  [contains(integer(9), table), one],
  [contains(integer(8), table), zero],
  [contains(x, listOf([3])), equal(x, integer(3))],
  [contains(x, listOf([3, 1, 3])), contains(x, listOf([1, 3]))],
  [contains(add(x, one), table), contains(x, listOf([0, 3, 8]))],
  [contains(subtract(integer(5), x), table), contains(x, listOf([-4, 1, 4]))],
  [contains(p, listOf([5, 1])), p],
  [contains(p, listOf([5, 1, 0])), one],
  [contains(x, reverse(w)), contains(x, w)],
  [equal(table, w), equal(w, table)],
  [equal(w, w), one],
  [equal(table, reverse(table)), zero],
  [equal(reverse(w), reverse(any)), equal(w, any)],
])("with lists, %j becomes %j", (given, expected) => {
  expect(simplifyExpression(given, lists)).toEqual(expected);
});

test("5,000 random expressions keep their values and do not grow", { timeout: 300_000 }, () => {
  const draw = drawIntegers(3, 0);
  const random = (n: number) => draw(0, n - 1);
  const largest = Number.MAX_SAFE_INTEGER;
  const constants = [-7, -3, -2, -1, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 6, largest, -largest];
  let shorter = 0;
  for (let i = 0; i < 5000; i++) {
    const known = i % 2 === 0 ? bits : {};
    const depth = 1 + (i % 5);
    const e = randomExpression(draw, { depth, inputDim: 2, state: ["p", "q"], constants });
    const simple = simplifyExpression(e, known);
    const again = simplifyExpression(simple, known);
    if (countNodes(simple) > countNodes(e) || !sameExpression(simple, again)) {
      throw new Error(`${JSON.stringify(e)} became ${JSON.stringify(simple)}`);
    }
    shorter += countNodes(simple) < countNodes(e) ? 1 : 0;
    const rows = Array.from({ length: 6 }, (_, k) => {
      const span = k < 5 ? 9 : 2 ** 31;
      const number = () => random(span) - (span >>> 1);
      const stateNumber = () => (known === bits ? random(2) : number());
      return [number(), number(), stateNumber(), stateNumber()];
    });
    const [before, after] = [values(e, rows), values(simple, rows)];
    if (before.join() !== after.join()) {
      throw new Error(`${JSON.stringify(e)} became ${JSON.stringify(simple)}: ${before} ${after}`);
    }
  }
  expect(shorter).toBeGreaterThan(2000);
});
