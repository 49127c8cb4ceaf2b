import type { Program } from "@latticode/program";
import { integer } from "@latticode/program";
import { expect, test } from "vitest";
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
