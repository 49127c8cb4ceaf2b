import { machineDot, machineMermaid } from "@latticode/codegen";
import type { MooreMachine } from "@latticode/machines";
import { expect, test } from "vitest";
import { outsideReferences, xmlMistake } from "../../../../test/xml.ts";
import { graphSvg } from "./machine-svg.ts";
import { machineTable } from "./machine-text.ts";

/** Whether the last digit was 0, and what follows a 9 is unknown. */
const digits: MooreMachine = {
  inputDim: 1,
  outputDim: 1,
  symbols: Int32Array.from({ length: 10 }, (_, i) => i),
  stateCount: 2,
  initial: 0,
  transitions: Int32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 1, -1, 1, 0, 0, 0, 0, 0, 0, 0, 0, -1),
  outputs: Int32Array.of(0, -1),
  outputKnown: Uint8Array.of(0, 1),
};

test("a machine in Graphviz' language has an edge for each pair of states", () => {
  expect(machineDot(digits).split("\n").slice(5)).toEqual([
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
  expect(machineMermaid(digits)).toBe(
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

test("a machine is drawn, twice the same, and refers to nothing", async () => {
  const svg = await graphSvg(machineDot(digits));
  expect(await graphSvg(machineDot(digits))).toBe(svg);
  expect(xmlMistake(svg)).toBe("");
  expect(outsideReferences(svg)).toEqual([]);
  for (const text of ["y = &#45;1", "1..7", "0, 8"]) expect(svg).toContain(text);
  // labels lie on top of the last edge
  expect(svg.indexOf(" 1..7 <")).toBeGreaterThan(svg.lastIndexOf("<path"));
});

test("two inputs are a pair, many of them lines", () => {
  const pairs: MooreMachine = {
    ...digits,
    inputDim: 2,
    symbols: Int32Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? i >> 1 : -1)),
    transitions: new Int32Array(20),
  };
  expect(machineDot(pairs)).toContain(
    'label=" (0, -1) \\n (1, -1) \\n (2, -1) \\n (3, -1) \\n (4, -1) \\n (5, -1) \\n (6, -1) \\n 3 more "',
  );
});

test("a table of transitions marks start and what is unknown", () => {
  const few = { ...digits, symbols: Int32Array.of(0, 9), transitions: Int32Array.of(1, -1, 0, 1) };
  expect(machineTable(few)).toEqual([
    "  state       output  on 0  on 9",
    "  s0 (start)       -  s1    ?",
    "  s1              -1  s0    s1",
  ]);
  const many = { ...digits, symbols: Int32Array.from({ length: 13 }, (_, i) => i) };
  expect(machineTable(many)).toEqual(["  2 states, 13 symbols: too large to show"]);
});
