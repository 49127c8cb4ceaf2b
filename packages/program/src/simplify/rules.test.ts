import { expect, test } from "vitest";
import { rules } from "./rules.ts";

const letters = (text: string) => text.match(/(?<=[ (])[a-zA-Z](?=[ :!)\]])|^[a-zA-Z]$/g) ?? [];

test("no two rules share a name", () => {
  const names = rules.map(([name]) => name);
  expect(names).toEqual([...new Set(names)]);
});

test("no two rules of an operator share a pattern, unless one of them is a function", () => {
  const patterns = rules.filter((rule) => typeof rule[2] === "string").map((rule) => rule[1]);
  expect(patterns).toEqual([...new Set(patterns)]);
});

const named = rules.map(([name, pattern, replacement]) => ({ name, pattern, replacement }));

test.each(named)("$name replaces by what its pattern has", ({ pattern, replacement }) => {
  const known = letters(pattern);
  expect(known.length).toBeGreaterThan(0);
  if (typeof replacement === "string") {
    expect(known).toEqual(expect.arrayContaining(letters(replacement)));
  }
});
