import { expect, test } from "vitest";
import { digitMachine } from "../../../machines/testing/digit-machine.ts";
import { machineTable } from "./machine-text.ts";

test("a table of transitions marks start and what is unknown", () => {
  const few = {
    ...digitMachine,
    symbols: Int32Array.of(0, 9),
    transitions: Int32Array.of(1, -1, 0, 1),
  };
  expect(machineTable(few)).toEqual([
    "  state       output  on 0  on 9",
    "  s0 (start)       -  s1    ?",
    "  s1              -1  s0    s1",
  ]);
  const many = { ...digitMachine, symbols: Int32Array.from({ length: 13 }, (_, i) => i) };
  expect(machineTable(many)).toEqual(["  2 states, 13 symbols: too large to show"]);
});
