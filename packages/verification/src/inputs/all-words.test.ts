import { expect, test } from "vitest";
import { allWords, countWords } from "./all-words.ts";

const columns = [
  { kind: "values", values: [5, -1] },
  { kind: "range", min: 0, max: 2 },
] as const;

test("words are counted as long as there are few", () => {
  expect(countWords(columns, 3, 216)).toBe(216);
  expect(countWords(columns, 3, 215)).toBeUndefined();
  expect(countWords(columns, 4096, 2 ** 20)).toBeUndefined();
  const wide = Array.from({ length: 64 }, () => {
    return { kind: "range", min: -(2 ** 31), max: 2 ** 31 - 1 } as const;
  });
  expect(countWords(wide, 2, 2 ** 20)).toBeUndefined();
  expect(countWords([{ kind: "range", min: 7, max: 7 }], 4096, 1)).toBe(1);
});

test("every word comes once, in order, in parts of the size asked for", () => {
  const parts = [...allWords(columns, 2, 10)];
  expect(parts.map(({ count }) => count)).toEqual([10, 10, 10, 6]);
  const words = parts.flatMap(({ count, length, x }) =>
    Array.from({ length: count }, (_, i) => x.slice(i * length * 2, (i + 1) * length * 2).join()),
  );
  expect(words.slice(0, 4)).toEqual(["5,0,5,0", "5,0,5,1", "5,0,5,2", "5,0,-1,0"]);
  expect(words.at(-1)).toBe("-1,2,-1,2");
  expect(new Set(words).size).toBe(36);
  const [whole, ...rest] = allWords(columns, 2, 36);
  expect(whole.x).toEqual(Int32Array.from(parts.flatMap(({ x }) => [...x])));
  expect(rest).toEqual([]);
});
