import { expect, test } from "vitest";
import { tolerantFinders } from "./finders/tolerant.ts";
import { finderOf, finders, tolerantFinderOf } from "./finders.ts";

test("every finder has a sentence, the same for all of one name and route", () => {
  for (const { name, route, explanation } of finders) {
    expect(explanation).toMatch(/^[A-Z].*\.$/);
    expect(finderOf(name, route).explanation).toBe(explanation);
  }
  for (const { name, explanation } of tolerantFinders) {
    expect(explanation).toMatch(/^[A-Z].*\.$/);
    expect(tolerantFinderOf(name).explanation).toBe(explanation);
  }
});

test("a name that no finder of the route has is an error", () => {
  expect(() => finderOf("codes", "black-box")).toThrow(
    'finderOf: no finder of the black-box route is called "codes"',
  );
});
