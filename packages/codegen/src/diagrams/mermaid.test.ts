import { test } from "vitest";
import { expectHarmlessDocstrings, rest } from "../../testing/hostile.ts";
import { machineMermaid } from "./mermaid.ts";

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
    (docstring) => machineMermaid(machine, docstring),
    new RegExp(`^\\s*%%(?!\\{)${rest}`, "gm"),
  );
});
