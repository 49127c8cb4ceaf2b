import { machineDot, machineMermaid } from "@latticode/codegen";
import type { MooreMachine } from "@latticode/machines";
import { expect, test } from "vitest";
import { digitMachine } from "../packages/machines/testing/digit-machine.ts";

test("a machine in Graphviz' language has an edge for each pair of states", () => {
  expect(machineDot(digitMachine).split("\n").slice(5)).toEqual([
    '  s0 [label="s0\\ny = -"];',
    '  s1 [label="s1\\ny = -1"];',
    "  start -> s0;",
    '  s0 -> s0 [label=" 1..7 "];',
    '  s0 -> s1 [label=" 0, 8 "];',
    '  s1 -> s0 [label=" 1..8 "];',
    '  s1 -> s1 [label=" 0 "];',
    "}",
    "",
  ]);
});

test("a machine as a Mermaid diagram", () => {
  expect(machineMermaid(digitMachine)).toBe(
    `stateDiagram-v2
    direction LR
    state "s0, y = -" as s0
    state "s1, y = -1" as s1
    [*] --> s0
    s0 --> s0 : 1..7
    s0 --> s1 : 0, 8
    s1 --> s0 : 1..8
    s1 --> s1 : 0
`,
  );
});

test("two inputs are a pair, many of them lines", () => {
  const pairs: MooreMachine = {
    ...digitMachine,
    inputDim: 2,
    symbols: Int32Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? i >> 1 : -1)),
    transitions: new Int32Array(20),
  };
  expect(machineDot(pairs)).toContain(
    'label=" (0, -1) \\n (1, -1) \\n (2, -1) \\n (3, -1) \\n (4, -1) \\n (5, -1) \\n (6, -1) \\n 3 more "',
  );
});
