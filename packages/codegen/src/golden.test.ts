// The text of a dozen programs in every language, whole, beside what it was: `UPDATE_GOLDEN=1` writes
// it anew.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Expression, Program } from "@latticode/program";
import {
  add,
  addAt,
  append,
  argmax,
  at,
  conditional,
  contains,
  equal,
  floorDivide,
  input,
  integer,
  less,
  listOf,
  maximum,
  minimum,
  modulo,
  multiply,
  negate,
  reverse,
  shift,
  state,
  subtract,
  sum,
} from "@latticode/program";
import { expect, test } from "vitest";
import { emit, fileExtensions, languages } from "./languages.ts";
import { recurrenceLatex } from "./latex.ts";
import { machineDot, machineMermaid } from "./machine-graph.ts";
import { chooseNames } from "./names.ts";

const directory = fileURLToPath(new URL("../golden", import.meta.url));
const [x, y] = [input(0), input(1)];
const n = integer;
const [a, p, q, t, v, w] = ["a", "p", "q", "t", "v", "w"].map(state);
const zeros = (count: number) => new Array<number>(count).fill(0);

type Start = Record<string, number | number[]>;

function program(
  dim: number,
  start: Start,
  updates: [string, Expression][],
  outputs: Expression[],
) {
  return {
    inputDim: dim,
    state: Object.entries(start).map(([name, initial]) => ({ name, initial })),
    order: "in-place",
    updates: updates.map(([target, value]) => ({ target, value })),
    outputs,
  } satisfies Program;
}

const digits = { min: 0, max: 9 };
const bits = { min: 0, max: 1 };
const golden: Record<string, [Program, { min: number; max: number }?]> = {
  adder: [
    program(2, { t: 0 }, [["t", add(add(x, y), floorDivide(t, n(3)))]], [modulo(t, n(3))]),
    { min: 0, max: 2 },
  ],
  majority: [program(1, { v: zeros(2) }, [["v", addAt(v, x, n(1))]], [argmax(v)]), bits],
  window: [program(1, { w: zeros(3) }, [["w", shift(w, x)]], [sum(w)]), digits],
  membership: [program(1, {}, [], [contains(x, listOf([0, 1, 4, 9, 16]))])],
  dithering: [
    program(1, { t: 0 }, [["t", add(modulo(t, n(16)), x)]], [less(n(15), t)]),
    { min: 0, max: 16 },
  ],
  "newton-spring": [
    program(
      1,
      { v: 0, p: 0 },
      [
        ["v", add(v, subtract(x, p))],
        ["p", add(p, v)],
      ],
      [p],
    ),
    { min: -9, max: 9 },
  ],
  magnetic: [
    program(
      2,
      { v: 0, w: 0, p: 0, q: 0 },
      [
        ["v", add(subtract(v, w), x)],
        ["w", add(add(w, v), y)],
        ["p", add(p, v)],
        ["q", add(q, w)],
      ],
      [p, q],
    ),
    { min: -9, max: 9 },
  ],
  palindrome: [program(1, { w: [] }, [["w", append(w, x)]], [equal(w, reverse(w))]), digits],
  parenthesis: [
    program(
      1,
      { a: 0, t: 0 },
      [
        ["a", add(a, conditional(x, n(-1), n(1)))],
        ["t", minimum(t, a)],
      ],
      [equal(maximum(a, negate(t)), n(0))],
    ),
    bits,
  ],
  "min-seen": [program(1, { a: 9 }, [["a", minimum(a, x)]], [a]), digits],
  table: [
    program(
      1,
      { q: 0 },
      [["q", at(listOf([1, 0, 2, 1, 0, 2]), add(multiply(q, n(2)), x))]],
      [at(listOf([0, 1, 1]), q)],
    ),
    bits,
  ],
  doubling: [program(1, { a: 1 }, [["a", add(multiply(n(2), a), x)]], [a])],
};

test.each(Object.keys(golden))("%s is written as it was", (name) => {
  const [given, inputs] = golden[name];
  for (const language of languages) {
    const file = join(directory, `${name}.${fileExtensions[language]}.txt`);
    const docstring = `Golden text: ${name}.`;
    const text = emit(given, language, inputs ? { docstring, inputs } : { docstring });
    if (process.env.UPDATE_GOLDEN) {
      mkdirSync(directory, { recursive: true });
      writeFileSync(file, text);
    }
    expect(existsSync(file), file).toBe(true);
    expect(text).toBe(readFileSync(file, "utf8"));
  }
});

const hostile = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template would take up must not be one
  'a """ */ ;; -- \n ${x} ` \\ // /* ??/ " \u202e\u2066 #{ \\u002a/ %%{init}%% \\',
  'a*/\nb = 1; /*\nc"""\nimport os\n;)(;\n(data)',
  'a"""\rb\u2028c\u2029d\u0085e\vf\fg\\\r\nh ??/\ni \\',
  "```\npanic!();\n```\n    x\n\\end{document}%\n%%{init: {}}%%\n---\nb: c\n---",
  '*/ // """" "',
  "\\",
];

const harmless = "A harmless text.";

/** What a line comment holds, which any character ends that some language takes for a line's end. */
const rest = "[^\\n\\r\\v\\f\\u0085\\u2028\\u2029]*\\n";
const string = '"(?:\\\\[^]|[^"\\\\])*"';
const block = "\\/\\*(?:(?!\\*\\/)[^])*\\*\\/";

/** Strings, which stay, and comments, which go, as the languages have them. */
const comments = {
  python: /(?<=^def f\(s\):\n {4})"""(?:\\[\s\S]|(?!""")[^\\])*"""\n/,
  javascript: new RegExp(`${string}|\`[^\`]*\`|${block}|//${rest}`, "g"),
  typescript: new RegExp(`${string}|\`[^\`]*\`|${block}|//${rest}`, "g"),
  c: new RegExp(`${string}|${block}|//${rest}`, "g"),
  rust: new RegExp(`${string}|${block}|//${rest}`, "g"),
  wat: new RegExp(`${string}|;;${rest}`, "g"),
  dot: new RegExp(`${string}|${block}|//${rest}`, "g"),
  mermaid: new RegExp(`^\\s*%%(?!\\{)${rest}`, "gm"),
  latex: new RegExp(`%${rest}`, "g"),
};

/** The text without its comments. */
function code(text: string, language: keyof typeof comments): string {
  // C joins lines before it looks for comments.
  const joined = language === "c" ? text.replaceAll("??/", "\\").replace(/\\\r?\n/g, "") : text;
  const isString = /^["`](?!"")/;
  return joined.replace(comments[language], (found) => (isString.test(found) ? found : ""));
}

test.each(languages)("of hostile names and docstrings nothing is code in %s", (language) => {
  const named = (name: string) =>
    program(1, { [name]: 0 }, [[name, add(state(name), x)]], [state(name)]);
  for (const text of hostile) {
    const variable = `a${text}`;
    const name = chooseNames(named(variable), []).state.get(variable)!;
    expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
    const emitted = emit(named(variable), language, { docstring: text });
    expect(emitted).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    const plain = emit(named("q".repeat(name.length)), language, { docstring: harmless });
    const expected = code(plain, language);
    expect(expected).not.toContain(harmless);
    expect(expected).toMatch(/\bf\b/);
    expect(code(emitted, language), emitted).toBe(expected.replace(/\bq+\b/g, name));
  }
});

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
const recurrence = {
  stateDim: 1,
  inputDim: 1,
  outputDim: 1,
  initial: [0],
  transition: [[1]],
  input: [[1]],
  offset: [0],
  output: [[1]],
  outputOffset: [0],
};

test.each([
  ["dot", (docstring: string) => machineDot(machine, docstring)],
  ["mermaid", (docstring: string) => machineMermaid(machine, docstring)],
  ["latex", (docstring: string) => recurrenceLatex(recurrence, docstring)],
] as const)("of hostile docstrings nothing is code in %s", (language, write) => {
  const expected = write("");
  expect(code(write(harmless), language)).toBe(expected);
  for (const text of hostile) {
    expect(code(write(text), language), write(text)).toBe(expected);
  }
});
