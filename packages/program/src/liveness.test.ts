import { expect, test } from "vitest";
import { randomProgram } from "../testing/random-program.ts";
import type { Expression } from "./expression.ts";
import { add, input, shift, state, sum } from "./expression.ts";
import { runProgram } from "./interpreter/interpreter.ts";
import { carriedVariables } from "./liveness.ts";
import type { Program } from "./program.ts";

const [a, b, x] = [state("a"), state("b"), input(0)];

function carried(
  updates: readonly (readonly [string, Expression])[],
  outputs: readonly Expression[],
  order: Program["order"] = "in-place",
): string[] {
  const names = new Set([...updates.map(([target]) => target), "a", "b"]);
  const program: Program = {
    ...{ inputDim: 1, order, outputs },
    state: [...names].map((name) => ({ name, initial: 0 })),
    updates: updates.map(([target, value]) => ({ target, value })),
  };
  return [...carriedVariables(program)].sort();
}

test("a variable that is written before it is read carries nothing", () => {
  const updates = [
    ["a", add(b, x)],
    ["b", add(a, a)],
  ] as const;
  expect(carried(updates, [a])).toEqual(["b"]);
  // side by side both are read as they were
  expect(carried(updates, [a], "simultaneous")).toEqual(["a", "b"]);
  expect(carried([["a", x]], [a])).toEqual([]);
  expect(carried([["a", add(a, x)]], [a])).toEqual(["a"]);
});

test("outputs read what the updates left, or what was never written", () => {
  expect(carried([["a", x]], [add(a, b)])).toEqual(["b"]);
  expect(carried([["a", x]], [add(a, b)], "simultaneous")).toEqual(["b"]);
});

test("lists are variables like others", () => {
  const program: Program = {
    ...{ inputDim: 1, order: "in-place", outputs: [sum(state("w"))] },
    state: [{ name: "w", initial: [0, 0] }],
    updates: [{ target: "w", value: shift(state("w"), x) }],
  };
  expect([...carriedVariables(program)]).toEqual(["w"]);
});

test("where the others start makes no difference to random programs", () => {
  let changed = 0;
  for (let seed = 0; seed < 200; seed++) {
    const program = randomProgram({ seed });
    const live = carriedVariables(program);
    const moved: Program = {
      ...program,
      state: program.state.map((variable) =>
        live.has(variable.name) || typeof variable.initial !== "number"
          ? variable
          : { ...variable, initial: variable.initial + 5 },
      ),
    };
    if (JSON.stringify(moved) !== JSON.stringify(program)) changed++;
    const word = Int32Array.from({ length: 6 * program.inputDim }, (_, i) => (i * 5) % 7);
    const run = (p: Program) => {
      try {
        return runProgram(p, word, 6).join();
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(run(moved)).toBe(run(program));
  }
  expect(changed).toBeGreaterThan(20);
});
