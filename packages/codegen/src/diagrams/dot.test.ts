import { test } from "vitest";
import { block, expectHarmlessDocstrings, rest, string } from "../../testing/hostile.ts";
import { machineDot } from "./dot.ts";

const machine = {
  inputDim: 1,
  outputDim: 1,
  symbols: [0, 1],
  stateCount: 2,
  initial: 0,
  transitions: [0, 1, 1, 0],
  outputs: [0, 1],
  outputKnown: [1, 1],
};

test("of hostile docstrings nothing is code", () => {
  expectHarmlessDocstrings(
    (docstring) => machineDot(machine, docstring),
    new RegExp(`${string}|${block}|//${rest}`, "g"),
  );
});
