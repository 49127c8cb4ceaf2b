import { expect, test } from "vitest";
import { randomProgram } from "../../testing/random-program.ts";
import type { Expression } from "../expression.ts";
import {
  add,
  addAt,
  append,
  argmax,
  at,
  conditional,
  contains,
  equal,
  input,
  integer,
  kindOf,
  listOf,
  minimum,
  modulo,
  multiply,
  reverse,
  shift,
  state,
  subtract,
  sum,
  visitExpression,
  xor,
} from "../expression.ts";
import { runProgram } from "../interpreter/interpreter.ts";
import type { Program } from "../program.ts";
import { listVariables } from "../program.ts";
import { drawIntegers } from "../random.ts";
import { int32, safeIntegers } from "./intervals.ts";
import { canLeaveSafeIntegers, lengthReader, programRanges, rangeReader } from "./ranges.ts";

const x = input(0);
const a = state("a");
const w = state("w");

function rangeOfState(update: Expression, initial = 0, arithmetic: "safe" | "unbounded" = "safe") {
  const program: Program = {
    inputDim: 1,
    state: [{ name: "a", initial }],
    order: "in-place",
    updates: [{ target: "a", value: update }],
    outputs: [a],
  };
  const { state } = programRanges(program, { arithmetic, input: int32 });
  return state.get("a");
}

test("state variables of known programs", () => {
  expect(rangeOfState(x)).toEqual(int32);
  expect(rangeOfState(xor(a, x))).toEqual(int32);
  expect(rangeOfState(modulo(add(a, x), integer(15)))).toEqual({ min: 0, max: 14 });
  expect(rangeOfState(equal(a, x))).toEqual({ min: 0, max: 1 });
  expect(rangeOfState(minimum(add(a, integer(1)), integer(100)))).toEqual({ min: 0, max: 100 });
  expect(rangeOfState(subtract(a, modulo(x, integer(2))), 5)).toEqual({
    min: safeIntegers.min,
    max: 5,
  });
  expect(rangeOfState(add(a, x))).toEqual(safeIntegers);
  expect(rangeOfState(add(a, x), 0, "unbounded")).toEqual({ min: -Infinity, max: Infinity });
  expect(rangeOfState(conditional(a, integer(0), integer(7)))).toEqual({ min: 0, max: 7 });
});

test("bounds beyond the safe integers are not trusted", () => {
  const large = multiply(integer(2 ** 40), integer(2 ** 40));
  const rangeOf = rangeReader({ arithmetic: "unbounded", input: int32, state: new Map() });
  expect(rangeOf(large)).toEqual({ min: Number.MAX_SAFE_INTEGER, max: Infinity });
  expect(canLeaveSafeIntegers(large, rangeOf)).toBe(true);
  expect(canLeaveSafeIntegers(add(x, x), rangeOf)).toBe(false);
  expect(canLeaveSafeIntegers(multiply(x, x), rangeOf)).toBe(true);
});

/** Whether the program's state variables are safe integers at all positions. */
function staysSafe(program: Program, x: readonly number[]): boolean {
  const outputs = [
    integer(0),
    ...program.state.map(({ name, initial }) =>
      typeof initial === "number" ? state(name) : sum(state(name)),
    ),
  ];
  return runProgram({ ...program, outputs }, x, 8).every((value) => typeof value === "number");
}

function listRanges(initial: number[], update: Expression) {
  const program: Program = {
    inputDim: 1,
    state: [{ name: "w", initial }],
    order: "in-place",
    updates: [{ target: "w", value: update }],
    outputs: [sum(w)],
  };
  const ranges = programRanges(program, { arithmetic: "unbounded", input: { min: 0, max: 2 } });
  return { numbers: ranges.state.get("w"), length: ranges.lengths?.get("w") };
}

test("lists of known programs", () => {
  const bits = { min: 0, max: 2 };
  const three = { min: 3, max: 3 };
  expect(listRanges([0, 0, 0], shift(w, x))).toEqual({ numbers: bits, length: three });
  expect(listRanges([-1, 0, 5], reverse(w))).toEqual({
    numbers: { min: -1, max: 5 },
    length: three,
  });
  expect(listRanges([0, 0, 0], addAt(w, x, integer(1)))).toEqual({
    numbers: { min: 0, max: Infinity },
    length: three,
  });
  expect(listRanges([], append(w, x))).toEqual({
    numbers: bits,
    length: { min: 0, max: Infinity },
  });
  expect(listRanges([], reverse(w))).toEqual({
    numbers: { min: Infinity, max: -Infinity },
    length: { min: 0, max: 0 },
  });
});

test("numbers made of lists", () => {
  const environment = {
    arithmetic: "unbounded" as const,
    input: int32,
    state: new Map([["w", { min: -1, max: 4 }]]),
    lengths: new Map([["w", { min: 2, max: 3 }]]),
  };
  const [rangeOf, lengthOf] = [rangeReader(environment), lengthReader(environment)];
  expect(rangeOf(sum(w))).toEqual({ min: -3, max: 12 });
  expect(rangeOf(at(w, x))).toEqual({ min: -1, max: 4 });
  expect(rangeOf(argmax(append(w, x)))).toEqual({ min: 0, max: 3 });
  expect(rangeOf(contains(integer(5), w))).toEqual({ min: 0, max: 0 });
  expect(rangeOf(contains(integer(4), w))).toEqual({ min: 0, max: 1 });
  expect(rangeOf(equal(w, listOf([1])))).toEqual({ min: 0, max: 0 });
  expect(rangeOf(equal(w, listOf([1, 2])))).toEqual({ min: 0, max: 1 });
  expect(lengthOf(reverse(shift(append(w, x), x)))).toEqual({ min: 3, max: 4 });
  expect(canLeaveSafeIntegers(sum(w), rangeOf, lengthOf)).toBe(false);
  expect(canLeaveSafeIntegers(sum(w), rangeOf)).toBe(true);
  const large = addAt(w, x, integer(Number.MAX_SAFE_INTEGER));
  expect(canLeaveSafeIntegers(large, rangeOf, lengthOf)).toBe(true);
  expect(canLeaveSafeIntegers(append(w, x), rangeOf, lengthOf)).toBe(false);
});

/** Numbers that tell of a list what its ranges bound: each number of it, and its length. */
function probes(e: Expression, length: number): Expression[] {
  return Array.from({ length: 2 * length }, (_, i) => at(e, integer(i - length)));
}

test.each([
  ["random programs", false],
  ["random programs with lists", true],
])("every value that occurs in %s lies in its range", { timeout: 300_000 }, (_, withLists) => {
  const draw = drawIntegers(2, 0);
  const random = (n: number) => draw(0, n - 1);
  let seen = 0;
  for (let seed = 0; seed < 400; seed++) {
    const program = randomProgram({ seed, depth: 2, lists: withLists });
    const lists = listVariables(program);
    // Every expression becomes an output, over the state after the updates, where ranges hold too.
    const expressions: Expression[] = [];
    for (const e of [...program.updates.map(({ value }) => value), ...program.outputs]) {
      visitExpression(e, (node) => expressions.push(node));
    }
    const input = { min: -random(6), max: random(6) };
    const rangeOf = rangeReader(programRanges(program, { arithmetic: "unbounded", input }));
    const safeRangeOf = rangeReader(programRanges(program, { arithmetic: "safe", input }));
    const x = Array.from(
      { length: 8 * program.inputDim },
      () => input.min + random(input.max - input.min + 1),
    );
    const numbers = expressions.filter((e) => kindOf(e, lists) === "number");
    for (const list of expressions.filter((e) => kindOf(e, lists) === "list")) {
      const { min, max } = rangeOf(list);
      const length = lengthReader(programRanges(program, { arithmetic: "unbounded", input }))(list);
      for (const [i, probe] of probes(list, 4).entries()) {
        try {
          const values = runProgram({ ...program, outputs: [probe] }, x, 8);
          seen += values.length;
          if (values.some((value) => value < min || value > max)) {
            throw new Error(`${JSON.stringify({ program, probe })}: ${values}, ${min} to ${max}`);
          }
          // All 8 lists have the index, so each was as long as that asks for.
          expect(length.max).toBeGreaterThanOrEqual(i < 4 ? 4 - i : i - 3);
        } catch (error) {
          const message = (error as Error).message;
          if (!(error instanceof RangeError)) throw error;
          const found = /^outputs\[0\]: index .* of a list of (\d+) at/.exec(message);
          if (found !== null) {
            expect(Number(found[1])).toBeGreaterThanOrEqual(length.min);
            expect(Number(found[1])).toBeLessThanOrEqual(length.max);
          }
        }
      }
    }
    for (const e of numbers) {
      let values: (number | bigint)[];
      try {
        values = runProgram({ ...program, outputs: [e] }, x, 8);
      } catch {
        continue;
      }
      const ranges = [rangeOf(e)];
      if (staysSafe(program, x) && values.every((value) => typeof value === "number")) {
        ranges.push(safeRangeOf(e));
      }
      for (const { min, max } of ranges) {
        seen += values.length;
        if (values.some((value) => value < min || value > max)) {
          throw new Error(`${JSON.stringify({ program, e })}: ${values} beyond ${min} to ${max}`);
        }
      }
    }
  }
  expect(seen).toBeGreaterThan(10_000);
});
