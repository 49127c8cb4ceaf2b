// The text of a dozen programs in every language, whole, beside what it was: `UPDATE_GOLDEN=1`
// writes it anew.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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
import type { LanguageName } from "./languages.ts";
import { emit, fileExtensions, languages, registry } from "./languages.ts";

const directory = fileURLToPath(new URL("../../golden", import.meta.url));
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

test("every folder is a language, listed under its name, with a test that runs it", () => {
  const here = fileURLToPath(new URL(".", import.meta.url));
  const entries = readdirSync(here, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect([...languages].sort()).toEqual(folders.sort());
  for (const name of languages) {
    expect(registry[name].name).toBe(name);
    expect(existsSync(join(here, name, `${name}.test.ts`)), name).toBe(true);
  }
  expect(new Set(Object.values(fileExtensions)).size).toBe(languages.length);
});

test("every language by name, no other, and no broken program", () => {
  const [doubling] = golden.doubling;
  for (const language of languages) {
    expect(emit(doubling, language)).toBe(emit(structuredClone(doubling), language));
    expect(() => emit({ ...doubling, state: [] }, language)).toThrow(
      'updates[0].target: unknown state variable "a"',
    );
  }
  expect(() => emit(doubling, "cobol" as LanguageName)).toThrow(
    `language: cobol is not one of python, javascript, ${languages.slice(2).join(", ")}`,
  );
});
