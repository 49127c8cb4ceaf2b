import type { Examples } from "@latticode/program";
import { drawIntegers } from "@latticode/program";
import { describe, expect, test } from "vitest";
import {
  countWordsOf,
  drawWords,
  observeDomain,
  productDomain,
  rowFinder,
  wordsOf,
} from "./domain.ts";

function examplesOf(words: readonly (readonly (readonly number[])[])[]): Examples {
  const length = words[0].length;
  const inputDim = words[0][0].length;
  const x = Int32Array.from(words.flat(2));
  const y = new Int32Array(words.length * length);
  return { count: words.length, length, inputDim, outputDim: 1, x, y };
}

/** Words whose second column repeats the first one, a position later; 2 before there is one. */
function repeating(count: number, length: number): number[][][] {
  const draw = drawIntegers(7, 0);
  return Array.from({ length: count }, () => {
    let before = 2;
    return Array.from({ length }, () => {
      const row = [draw(0, 1), before];
      before = row[0];
      return row;
    });
  });
}

describe("the domain of examples", () => {
  test("has the rows that occur, not every combination of the columns", () => {
    const domain = observeDomain(
      examplesOf([
        [
          [1, 0],
          [0, 1],
        ],
        [
          [0, 1],
          [0, 1],
        ],
      ]),
    );
    expect(domain.rows).toEqual(Int32Array.of(0, 1, 1, 0));
    expect(domain.order).toBeUndefined();
    expect(countWordsOf(domain, 3, 100)).toBe(8);
  });

  test("has what can follow what where many examples show it", () => {
    const domain = observeDomain(examplesOf(repeating(500, 8)));
    const rows = [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ];
    expect(domain.rows).toEqual(Int32Array.from(rows.flat()));
    rows.forEach(([a], i) => {
      rows.forEach(([, before], j) => {
        expect(domain.order!.follows[i * rows.length + j]).toBe(a === before ? 1 : 0);
      });
    });
    expect([...domain.order!.starts]).toEqual([0, 0, 1, 0, 0, 1]);
    expect(countWordsOf(domain, 5, 100)).toBe(32);
  });

  test("has no order from few examples, however they look", () => {
    expect(observeDomain(examplesOf(repeating(40, 8))).order).toBeUndefined();
  });

  test("keeps a pair of rows that is merely rare", () => {
    const draw = drawIntegers(3, 1);
    const words = Array.from({ length: 300 }, () =>
      Array.from({ length: 4 }, () => [draw(0, 99) === 0 ? 1 : 0]),
    );
    expect(observeDomain(examplesOf(words)).order).toBeUndefined();
  });

  test("is the ranges of its columns where rows are too many", () => {
    const words = Array.from({ length: 5000 }, (_, i) => [[i, -i]]);
    const domain = observeDomain(examplesOf(words));
    expect(domain.rows).toBeUndefined();
    expect(domain.ranges).toEqual([
      { min: 0, max: 4999 },
      { min: -4999, max: 0 },
    ]);
    expect(countWordsOf(domain, 1, 1e9)).toBeUndefined();
  });

  test("takes no examples for an error", () => {
    expect(() => observeDomain({ ...examplesOf([[[0]]]), count: 0, x: new Int32Array(0) })).toThrow(
      "there are no examples to take a domain from",
    );
  });
});

test("all words of a domain are listed once, and only those", () => {
  const domain = observeDomain(examplesOf(repeating(500, 8)));
  const listed = [...wordsOf(domain, 5, 7)].flatMap(({ count, x }) =>
    Array.from({ length: count }, (_, s) => [...x.subarray(s * 10, (s + 1) * 10)].join()),
  );
  expect(listed.length).toBe(32);
  expect(new Set(listed).size).toBe(32);
  for (const word of listed) {
    const x = word.split(",").map(Number);
    expect(x[1]).toBe(2);
    for (let t = 1; t < 5; t++) expect(x[2 * t + 1]).toBe(x[2 * t - 2]);
  }
});

test("words come in order, in parts of the size asked for, and are counted as long as they are few", () => {
  const domain = productDomain([[5, -1], { min: 0, max: 2 }], 2);
  const parts = [...wordsOf(domain, 2, 10)];
  expect(parts.map(({ count }) => count)).toEqual([10, 10, 10, 6]);
  const words = parts.flatMap(({ count, length, x }) =>
    Array.from({ length: count }, (_, i) => x.slice(i * length * 2, (i + 1) * length * 2).join()),
  );
  expect(words.slice(0, 4)).toEqual(["-1,0,-1,0", "-1,0,-1,1", "-1,0,-1,2", "-1,0,5,0"]);
  expect(words.at(-1)).toBe("5,2,5,2");
  expect(new Set(words).size).toBe(36);
  const [whole, ...rest] = wordsOf(domain, 2, 36);
  expect(whole.x).toEqual(Int32Array.from(parts.flatMap(({ x }) => [...x])));
  expect(rest).toEqual([]);

  expect(countWordsOf(domain, 3, 216)).toBe(216);
  expect(countWordsOf(domain, 3, 215)).toBeUndefined();
  expect(countWordsOf(domain, 4096, 2 ** 20)).toBeUndefined();
  const wide = Array.from({ length: 64 }, () => ({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
  expect(countWordsOf(productDomain(wide, 2), 2, 2 ** 20)).toBeUndefined();
  expect(countWordsOf(productDomain([[7]], 4096), 4096, 1)).toBe(1);
});

test("random words keep to what can follow, and the seed and number decide each", () => {
  const domain = observeDomain(examplesOf(repeating(500, 8)));
  const { x } = drawWords(domain, { count: 200, length: 6, seed: 4 });
  for (let s = 0; s < 200; s++) {
    for (let t = 1; t < 6; t++) expect(x[(s * 6 + t) * 2 + 1]).toBe(x[(s * 6 + t - 1) * 2]);
  }
  const later = drawWords(domain, { count: 50, length: 6, seed: 4, first: 150 });
  expect(later.x).toEqual(x.slice(150 * 12));
});

test("columns make a domain of all their combinations", () => {
  const domain = productDomain([[1, -1], { min: 0, max: 2 }], 4);
  expect(domain.rows).toEqual(Int32Array.of(-1, 0, -1, 1, -1, 2, 1, 0, 1, 1, 1, 2));
  const find = rowFinder(domain);
  expect(find(Int32Array.of(1, 2), 0)).toBe(5);
  expect(find(Int32Array.of(0, 0), 0)).toBe(-1);
});
