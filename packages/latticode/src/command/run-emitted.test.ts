import { emit } from "@latticode/codegen";
import type { Program } from "@latticode/program";
import { add, input, integer, multiply, state } from "@latticode/program";
import { checkText } from "@latticode/verification";
import { expect, test } from "vitest";
import { runEmitted } from "./run-emitted.ts";

const program: Program = {
  inputDim: 2,
  state: [{ name: "a", initial: 1 }],
  order: "in-place",
  updates: [{ target: "a", value: multiply(add(state("a"), input(0)), input(1)) }],
  outputs: [state("a"), input(0)],
};
const sequences = [
  { count: 2, length: 3, x: Int32Array.of(1, 2, 3, 4, 5, 6, -1, 0, 0, -7, 2, 3) },
  // beyond the safe integers, which Python's text holds and JavaScript's refuses
  { count: 1, length: 3, x: new Int32Array(6).fill(2 ** 30) },
];
const codeOf = (p: Program) => ({ python: emit(p, "python"), javascript: emit(p, "javascript") });

test("Python and JavaScript run in processes of their own, and agree with the interpreter", async () => {
  const runs = await runEmitted(codeOf(program), 2, sequences);
  expect(checkText(program, sequences, runs)).toMatchObject([
    { name: "python", sequences: 3, positions: 9, wrong: 0, passed: true },
    {
      ...{ name: "javascript", sequences: 2, positions: 6, wrong: 0, passed: true },
      outcome: "1 sequence refused: numbers too large for the language",
    },
  ]);
});

test("where a text refuses every sequence, nothing was compared, and it is said", async () => {
  const large = sequences.slice(1);
  const runs = await runEmitted(codeOf(program), 2, large);
  expect(checkText(program, large, runs)).toMatchObject([
    { name: "python", sequences: 1, passed: true },
    {
      ...{ name: "javascript", sequences: 0, informational: true },
      outcome: "1 sequence refused: numbers too large for the language",
    },
  ]);
});

test("a text that says something else is caught, in each language", async () => {
  const other = { ...program, outputs: [add(state("a"), integer(1)), input(0)] };
  const runs = await runEmitted(codeOf(other), 2, sequences);
  expect(checkText(program, sequences, runs)).toMatchObject(
    [
      {
        name: "python",
        wrong: 9,
        passed: false,
        outcome: /^sequence 0 gives 5 1 29 3 199 5, not 4 1 28 3 198 5$/,
      },
      { name: "javascript", wrong: 6, passed: false },
    ].map(({ outcome, ...rest }) => ({
      ...rest,
      ...(outcome && { outcome: expect.stringMatching(outcome) }),
    })),
  );
});

test("a text that fails is an error for each sequence, one that can't be read for all", async () => {
  const code = { python: "def f(s, t):\n    return [1 // 0]\n", javascript: "export const f = 3;" };
  const runs = await runEmitted(code, 2, sequences);
  for (const check of checkText(program, sequences, runs)) {
    expect(check).toMatchObject({ passed: false, wrong: 9 });
    expect(check.outcome).toMatch(/error: /);
  }
  const broken = { ...code, python: "def f(" };
  await expect(runEmitted(broken, 2, sequences)).rejects.toThrow(
    /^the emitted python cannot be run: python3 ended with 1: /,
  );
});
