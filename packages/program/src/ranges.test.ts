import { expect, test } from "vitest";
import type { Expression } from "./expression.ts";
import {
  add,
  conditional,
  equal,
  input,
  integer,
  minimum,
  modulo,
  multiply,
  state,
  subtract,
  visitExpression,
  xor,
} from "./expression.ts";
import { runProgram } from "./interpreter.ts";
import { int32, safeIntegers } from "./intervals.ts";
import type { Program } from "./program.ts";
import { drawIntegers } from "./random.ts";
import { randomProgram } from "./random-program.ts";
import { canLeaveSafeIntegers, programRanges, rangeReader } from "./ranges.ts";

const x = input(0);
const a = state("a");

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
  const outputs = [integer(0), ...program.state.map(({ name }) => state(name))];
  return runProgram({ ...program, outputs }, x, 8).every((value) => typeof value === "number");
}

test("every value that occurs in random programs lies in its range", { timeout: 300_000 }, () => {
  const draw = drawIntegers(2, 0);
  const random = (n: number) => draw(0, n - 1);
  let seen = 0;
  for (let seed = 0; seed < 400; seed++) {
    const program = randomProgram({ seed, depth: 2 });
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
    for (const e of expressions) {
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
