import { countText } from "@latticode/verification";
import { expect, test } from "vitest";
import { measuredText, numberText, tableText } from "./number-text.ts";

test("weights have 4 significant digits, integers none behind the point", () => {
  expect(numberText(3)).toBe("3");
  expect(numberText(-2.0000004)).toBe("-2");
  expect(numberText(-1e-9)).toBe("0");
  expect(numberText(0.99996)).toBe("1.000");
  expect(numberText(-0.123456)).toBe("-0.1235");
  expect(numberText(12345.6)).toBe("1.235e4");
  expect(numberText(0.00001234)).toBe("0.00001234");
});

test("measured numbers lose what is small beside their scale", () => {
  expect(measuredText(0.0000013, 2)).toBe("0");
  expect(measuredText(-0.0000013, 2)).toBe("0");
  expect(measuredText(1.23456, 2)).toBe("1.235");
  expect(measuredText(123.456, 500)).toBe("123.5");
  expect(measuredText(120, 5000)).toBe("120");
  expect(measuredText(0, 0)).toBe("0");
});

test("counts have commas", () => {
  expect([0, 999, 1000, 1234567].map(countText)).toEqual(["0", "999", "1,000", "1,234,567"]);
});

test("columns of numbers end, others begin together", () => {
  expect(
    tableText([
      ["", "n", "what"],
      ["a", "1", "one"],
      ["bb", "-20", "two"],
    ]),
  ).toEqual(["        n  what", "  a     1  one", "  bb  -20  two"]);
});
