import { expect, test } from "vitest";
import { parseInputRanges } from "./input-ranges.ts";

test("ranges of inputs, both ends included", () => {
  expect(parseInputRanges("0..1")).toEqual([[0, 1]]);
  expect(parseInputRanges("-5..5, 3,-0..0")).toEqual([
    [-5, 5],
    [3, 3],
    [0, 0],
  ]);
  expect(parseInputRanges("-2147483647..2147483647")).toHaveLength(1);
});

test.each([
  ["", 'range 1, "", is no range'],
  ["0..1,", 'range 2, "", is no range'],
  ["0-1", 'range 1, "0-1", is no range'],
  ["0..1.5", "is no range"],
  ["0..1;0..1", "is no range"],
  ["a..b", "is no range"],
  ["5..3", 'range 1, "5..3", ends before it begins'],
  ["0..2147483648", "goes beyond 2147483647"],
])("%j is refused", (text, message) => {
  expect(() => parseInputRanges(text)).toThrow(message);
});
