import { expect, test } from "vitest";
import { productDomain } from "./domain.ts";
import { prefixesOf } from "./prefixes.ts";

const bits = productDomain([[0, 1]], 3);
const of = (words: readonly string[]) => ({
  ...{ count: words.length, length: words[0].length, inputDim: 1, outputDim: 1 },
  x: Int32Array.from(words.flatMap((word) => Array.from(word, Number))),
  y: new Int32Array(words.length * words[0].length),
});

test("words are prefixes up to where an example ends or differs", () => {
  const { has } = prefixesOf(bits, of(["010", "011", "110"]));
  expect(has([])).toBe(true);
  expect([[0], [0, 1], [0, 1, 0], [0, 1, 1], [1, 1]].every(has)).toBe(true);
  expect(
    [
      [0, 0],
      [1, 0],
      [1, 1, 1],
      [0, 1, 0, 0],
    ].some(has),
  ).toBe(false);
});

test("what is missing is listed from the shortest on, and only once where it begins", () => {
  const { missing } = prefixesOf(bits, of(["010", "011", "110"]));
  expect(missing(10)).toEqual([
    [0, 0],
    [1, 0],
    [1, 1, 1],
  ]);
  expect(missing(2)).toEqual([
    [0, 0],
    [1, 0],
  ]);
  const all = ["000", "001", "010", "011", "100", "101", "110", "111"];
  expect(prefixesOf(bits, of(all)).missing(10)).toEqual([]);
});

test("what cannot occur is not missing", () => {
  // a one is never followed by another
  const order = { starts: Uint8Array.of(1, 1), follows: Uint8Array.of(1, 1, 1, 0) };
  const { missing } = prefixesOf({ ...bits, order }, of(["010", "001", "000", "100"]));
  expect(missing(10)).toEqual([[1, 0, 1]]);
});

test("an example's rows beyond the domain end it", () => {
  const { has } = prefixesOf(bits, of(["021", "110"]));
  expect(has([0])).toBe(true);
  expect(has([0, 1])).toBe(false);
});
