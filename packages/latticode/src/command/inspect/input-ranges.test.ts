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
  ["", '"" is not a range; give one per input, such as 0..1,-5..5'],
  ["0..1,", '"" is not a range; give one per input, such as 0..1,-5..5'],
  ["0-1", '"0-1" is not a range; give one per input, such as 0..1,-5..5'],
  ["0..1.5", "is not a range"],
  ["0..1;0..1", "is not a range"],
  ["a..b", "is not a range"],
  ["5..3", '"5..3" ends before it begins; write the smaller number first'],
  ["0..2147483648", "goes beyond 2147483647"],
])("%j is refused", (text, message) => {
  expect(() => parseInputRanges(text)).toThrow(message);
});
