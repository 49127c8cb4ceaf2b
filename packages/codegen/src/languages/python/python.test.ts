import type { Program } from "@latticode/program";
import { append, at, input, integer, less, shift, state } from "@latticode/program";
import { expect, test } from "vitest";
import { cases, compare, columns as listColumns, textsIn } from "../../../testing/cases.ts";
import { hasCompiler, runOn } from "../../../testing/compilers.ts";
import { expectHarmless } from "../../../testing/hostile.ts";
import { columns, randomCases, texts } from "../../../testing/number-cases.ts";
import { emitPython, python } from "./python.ts";

/** Runs each text on its lists; bools among the outputs are errors. */
const pythonRunner = `
import json, sys
for line in sys.stdin:
    case = json.loads(line)
    scope = {}
    exec(case["text"], scope)
    try:
        ys = scope["f"](*case["lists"])
        rows = [y if type(y) is tuple else (y,) for y in ys]
        values = [value for row in rows for value in row]
        print(" ".join(hex(v) if type(v) is int else repr(type(v)) for v in values))
    except ZeroDivisionError:
        print("division by zero")
    except (IndexError, ValueError):
        print("error")
`;

test("lists and numbers, against the interpreter", () => {
  if (!hasCompiler("python3")) return;
  const source = textsIn(python);
  const input = cases.map((given) =>
    JSON.stringify({ text: source[given.program], lists: listColumns(given) }),
  );
  const output = runOn("python3", ["-c", pythonRunner], input.join("\n"));
  const decimal = (line: string) =>
    line === "error" || line === "division by zero"
      ? "error"
      : line
          .split(" ")
          .map((text) => (text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text)))
          .join(" ");
  compare(output.trimEnd().split("\n").map(decimal), source);
});

test("emitted Python gives what the interpreter gives, as ints", { timeout: 300_000 }, () => {
  if (!hasCompiler("python3")) return;
  const cases = randomCases(300, 3);
  const text = texts(cases, emitPython);
  const lines = cases.map((given) =>
    JSON.stringify({ text: text.get(given.program), lists: columns(given) }),
  );
  const results = runOn("python3", ["-c", pythonRunner], lines.join("\n")).trimEnd().split("\n");
  expect(results).toHaveLength(cases.length);
  const wrong = cases.findIndex(({ expected }, i) => results[i] !== expected);
  if (wrong >= 0) {
    expect(results[wrong], text.get(cases[wrong].program)).toBe(cases[wrong].expected);
  }
});

test("of hostile names and docstrings nothing is code", () => {
  expectHarmless(python, /(?<=^def f\(s\):\n {4})"""(?:\\[\s\S]|(?!""")[^\\])*"""\n/);
});

test("comparisons that were kept in a list come out as ints", () => {
  const [v, x] = [state("v"), input(0)];
  for (const update of [shift(v, less(x, integer(3))), append(v, less(x, integer(3)))]) {
    const kept: Program = {
      inputDim: 1,
      state: [{ name: "v", initial: [0, 0] }],
      order: "in-place",
      updates: [{ target: "v", value: update }],
      outputs: [at(v, integer(-1))],
    };
    expect(emitPython(kept)).toContain("ys.append(int(v[-1]))");
  }
});
