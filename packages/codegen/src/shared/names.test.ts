import type { Program } from "@latticode/program";
import { add, input, integer, state } from "@latticode/program";
import { expect, test } from "vitest";
import { functionText, program } from "../../testing/emitted-text.ts";
import { javascript } from "../languages/javascript/javascript.ts";
import { python } from "../languages/python/python.ts";
import { chooseNames } from "./names.ts";

function named(inputDim: number, ...names: string[]) {
  const program: Program = {
    inputDim,
    state: names.map((name) => ({ name, initial: 0 })),
    order: "in-place",
    updates: [],
    outputs: [integer(0)],
  };
  const { parameters, inputs, state } = chooseNames(program, ["for", "ys"]);
  return { parameters, inputs, state: names.map((name) => state.get(name)) };
}

test("inputs are letters while they last", () => {
  expect(named(2)).toMatchObject({ parameters: ["s", "t"], inputs: ["x", "y"] });
  expect(named(4)).toMatchObject({
    parameters: ["s", "t", "u", "v"],
    inputs: ["x0", "x1", "x2", "x3"],
  });
  expect(named(6).parameters).toEqual(["s0", "s1", "s2", "s3", "s4", "s5"]);
});

test("state variables keep their names where these are free identifiers", () => {
  expect(named(1, "a", "carry_1", "_b").state).toEqual(["a", "carry_1", "_b"]);
  expect(named(1, "for", "for_", "s", "x", "ys", "t").state).toEqual([
    "for__",
    "for_",
    "s_",
    "x_",
    "ys_",
    "t",
  ]);
});

test("other names become identifiers, all different", () => {
  expect(named(1, "a b", "a-b", "a_b", "1st", "é", "", "a\n", "x;import os").state).toEqual([
    "a_b_",
    "a_b__",
    "a_b",
    "_1st",
    "state",
    "state_",
    "a_",
    "x_import_os",
  ]);
});

test("names and docstrings from elsewhere stay what they are", () => {
  const name = '"""\nimport os #*/';
  const given = program(
    1,
    "in-place",
    { [name]: 0, class: 1, exact: 2 },
    { [name]: add(state(name), state("class")), class: input(0), exact: state("class") },
    [state(name), state("exact")],
  );
  const docstring = 'x"""\nimport os\n*/ import "os"; /*\\';
  expect(python.emit(given, { docstring })).toBe(`\
def f(s):
    """x\\"\\"\\"
    import os
    */ import "os"; /*\\\\
    """
    ____import_os____ = 0
    class_ = 1
    exact = 2
    ys = []
    for x in s:
        ____import_os____ += class_
        class_ = x
        exact = class_
        ys.append((____import_os____, exact))
    return ys
`);
  expect(functionText(javascript, given, docstring)).toContain(`\
/**
 * x"""
 * import os
 * *\\/ import "os"; /*\\
 */
export function f(s) {
  checkInputs(s);
`);
});
