import { expect, test } from "vitest";
import { randomExpression, randomList, randomProgram } from "../../testing/random-program.ts";
import { programCost } from "../cost.ts";
import type { Expression } from "../expression.ts";
import {
  add,
  append,
  at,
  equal,
  floorDivide,
  input,
  integer,
  less,
  mapArguments,
  modulo,
  multiply,
  not,
  reverse,
  shift,
  state,
  subtract,
  sum,
  xor,
} from "../expression.ts";
import { compileProgram } from "../interpreter/interpreter.ts";
import type { Program } from "../program.ts";
import { checkProgram } from "../program.ts";
import { drawIntegers } from "../random.ts";
import { simplifyProgram } from "./simplify-program.ts";

const x = input(0);
const [a, b, c, d] = ["a", "b", "c", "d"].map(state);

function program(
  order: Program["order"],
  initial: Record<string, number>,
  updates: Record<string, Expression>,
  outputs: Expression[],
): Program {
  return {
    inputDim: 1,
    state: Object.entries(initial).map(([name, initial]) => ({ name, initial })),
    order,
    updates: Object.entries(updates).map(([target, value]) => ({ target, value })),
    outputs,
  };
}

test("the cost is nodes plus statements", () => {
  expect(programCost(program("in-place", { a: 0 }, { a: add(a, x) }, [a]))).toBe(6);
});

test("state that nothing reads goes, with what only it read", () => {
  const given = program(
    "simultaneous",
    { a: 0, b: 0, c: 0, d: 4 },
    { a: add(a, x), b: add(c, x), c: subtract(b, x), d: d },
    [a],
  );
  expect(simplifyProgram(given)).toEqual(program("simultaneous", { a: 0 }, { a: add(a, x) }, [a]));
});

test("unread state that may divide by zero stays", () => {
  const given = program("in-place", { a: 1, b: 0 }, { a: subtract(a, x), b: modulo(x, a) }, [x]);
  expect(simplifyProgram(given)).toEqual(given);
});

test("variables that never change become constants", () => {
  const given = program("in-place", { a: 3, b: 2, c: 0 }, { b: b, c: modulo(add(c, x), a) }, [
    multiply(b, c),
  ]);
  expect(simplifyProgram(given)).toEqual(
    program("in-place", { c: 0 }, { c: modulo(add(c, x), integer(3)) }, [multiply(integer(2), c)]),
  );
});

test("variables that are always equal become one", () => {
  const crossed = program(
    "simultaneous",
    { a: 0, b: 0, c: 0, d: 0 },
    { a: add(b, x), b: add(a, x), c: xor(d, a), d: xor(c, b) },
    [subtract(a, c), subtract(b, d)],
  );
  expect(simplifyProgram(crossed)).toEqual(
    program("simultaneous", { a: 0, c: 0 }, { a: add(a, x), c: xor(c, a) }, [
      subtract(a, c),
      subtract(a, c),
    ]),
  );
  const inPlace = program(
    "in-place",
    { a: 0, c: 1, b: 0 },
    { a: add(a, x), c: add(c, a), b: add(b, x) },
    [add(c, b)],
  );
  expect(simplifyProgram(inPlace)).toEqual(
    program("in-place", { a: 0, c: 1 }, { a: add(a, x), c: add(c, a) }, [add(c, a)]),
  );
});

test("in-place variables that differ while they are read stay apart", () => {
  const lagging = program("in-place", { a: 0, c: 0, b: 0 }, { a: add(a, x), c: b, b: add(b, x) }, [
    subtract(a, c),
    b,
  ]);
  expect(simplifyProgram(lagging).state).toHaveLength(3);
});

test("ranges of the state reach the expressions", () => {
  const given = program("in-place", { a: 0 }, { a: xor(a, modulo(x, integer(2))) }, [
    subtract(integer(1), modulo(a, integer(2))),
  ]);
  // 1 - a % 2 is `not a`, which starting from 1 is a itself.
  const bit = modulo(x, integer(2));
  expect(simplifyProgram(given)).toEqual(program("in-place", { a: 1 }, { a: xor(a, bit) }, [a]));
});

test("variables are moved and turned around where that is shorter", () => {
  const moved = program("in-place", { a: 1 }, { a: add(a, x) }, [subtract(a, integer(1))]);
  expect(simplifyProgram(moved)).toEqual(program("in-place", { a: 0 }, { a: add(a, x) }, [a]));
  const turned = program("in-place", { a: 2 }, { a: subtract(a, x) }, [subtract(integer(5), a)]);
  expect(simplifyProgram(turned)).toEqual(program("in-place", { a: 3 }, { a: add(a, x) }, [a]));
  const bit = modulo(x, integer(2));
  const flipped = program("in-place", { a: 1 }, { a: equal(a, bit) }, [not(a)]);
  expect(simplifyProgram(flipped)).toEqual(
    program("in-place", { a: 0 }, { a: equal(a, bit) }, [a]),
  );
});

test("lists that nothing reads go, equal ones become one", () => {
  const [v, w] = [state("v"), state("w")];
  const given: Program = {
    inputDim: 1,
    state: [
      { name: "v", initial: [0, 1] },
      { name: "w", initial: [0, 1] },
      { name: "u", initial: [0] },
      { name: "t", initial: [] },
    ],
    order: "in-place",
    updates: [
      { target: "u", value: append(state("u"), x) },
      { target: "v", value: shift(v, x) },
      { target: "w", value: shift(reverse(reverse(w)), x) },
      { target: "t", value: append(state("t"), at(v, x)) },
    ],
    outputs: [subtract(sum(v), at(w, integer(0)))],
  };
  const simple = simplifyProgram(given);
  // The update of t may find no such index and stays.
  expect(simple.state.map(({ name }) => name)).toEqual(["v", "t"]);
  expect(simple.outputs).toEqual([subtract(sum(v), at(v, integer(0)))]);
});

test("a range that lists of bits have makes no numbers of them", () => {
  const w = state("w");
  const given: Program = {
    inputDim: 1,
    state: [{ name: "w", initial: [0, 0, 1] }],
    order: "in-place",
    updates: [{ target: "w", value: shift(w, less(x, integer(3))) }],
    outputs: [not(equal(w, reverse(w)))],
  };
  expect(simplifyProgram(given)).toEqual(given);
});

/** Lists whose numbers are mostly bits: what rules take for 0 or 1 is often a list of those. */
function randomProgramOfBits(seed: number): Program {
  const draw = drawIntegers(seed, 2);
  const bit = (e: Expression): Expression =>
    e.op === "input" ? less(e, integer(0)) : mapArguments(e, bit);
  const choices = { inputDim: 1, state: ["a"], lists: ["v", "w"], constants: [0, 0, 1] };
  const start = () => Array.from({ length: draw(0, 4) }, () => draw(0, 1));
  return {
    inputDim: 1,
    state: [
      { name: "a", initial: draw(0, 1) },
      { name: "v", initial: start() },
      { name: "w", initial: start() },
    ],
    order: draw(0, 1) === 0 ? "simultaneous" : "in-place",
    updates: [
      { target: "a", value: bit(randomExpression(draw, { ...choices, depth: 1 })) },
      { target: "v", value: bit(randomList(draw, { ...choices, depth: 1 })) },
      { target: "w", value: bit(randomList(draw, { ...choices, depth: 1 })) },
    ],
    outputs: Array.from({ length: 3 }, () => bit(randomExpression(draw, { ...choices, depth: 2 }))),
  };
}

test.each<[number, string, (seed: number) => Program]>([
  [1000, "random programs", (seed) => randomProgram({ seed, depth: 1 + (seed % 3) })],
  [
    1000,
    "random programs with lists",
    (seed) => randomProgram({ seed, depth: 1 + (seed % 3), lists: true }),
  ],
  [3000, "random programs with lists of bits", randomProgramOfBits],
])("%i %s keep their outputs and do not grow", { timeout: 300_000 }, (count, _, randomOf) => {
  const draw = drawIntegers(4, 0);
  const random = (n: number) => draw(0, n - 1);
  let smaller = 0;
  let fails = 0;
  for (let seed = 0; seed < count; seed++) {
    const given = randomOf(seed);
    const simple = simplifyProgram(given);
    checkProgram(simple);
    expect(programCost(simple)).toBeLessThanOrEqual(programCost(given));
    expect(simplifyProgram(simple)).toEqual(simple);
    smaller += simple.state.length < given.state.length ? 1 : 0;
    const [before, after] = [compileProgram(given), compileProgram(simple)];
    for (let k = 0; k < 3; k++) {
      const x = Array.from({ length: 10 * given.inputDim }, () => random(7) - 3);
      const result = (run: typeof before) => {
        try {
          return run(x, 10);
        } catch (error) {
          // Which of several failures comes first may change, not that one does.
          return error instanceof RangeError ? "fails" : String(error);
        }
      };
      const expected = result(before);
      fails += expected === "fails" ? 1 : 0;
      expect(result(after), JSON.stringify({ given, simple })).toEqual(expected);
    }
  }
  expect(smaller).toBeGreaterThan(0.2 * count);
  expect(fails).toBeGreaterThan(0.3 * count);
  expect(fails).toBeLessThan(2.7 * count);
});

test("programs that are not programs are refused", () => {
  const wrong = program("in-place", {}, {}, [floorDivide(a, x)]);
  expect(() => simplifyProgram(wrong)).toThrow(
    'outputs[0].args[0].name: unknown state variable "a"',
  );
});
