import { observeDomain, productDomain } from "@latticode/verification";
import { expect, test } from "vitest";
import { domainFacts, domainText, notCheckedText, wordText } from "./domain.ts";

const bits = productDomain([[0, 1]], 10);

test("few rows are written out, ranges otherwise", () => {
  const text = (columns: Parameters<typeof productDomain>[0]) =>
    domainText(domainFacts(productDomain(columns, 10)));
  expect(text([[0, 1]])).toBe("0 or 1, up to length 10");
  expect(text([[7]])).toBe("7, up to length 10");
  expect(text([[0, 1, 2, 4, 5]])).toBe("0, 1, 2, 4 or 5, up to length 10");
  expect(text([{ min: 0, max: 99 }])).toBe("in 0..99, up to length 10");
  expect(
    text([
      [0, 1],
      [0, 1],
    ]),
  ).toBe("(0, 0), (0, 1), (1, 0) or (1, 1), up to length 10");
  expect(text([{ min: -3, max: 5 }, [2]])).toBe("in (-3..5, 2), up to length 10");
  const odd = Array.from({ length: 20 }, (_, i) => 2 * i + 1);
  expect(text([odd])).toBe("one of the 20 rows of the examples, in 1..39, up to length 10");
  expect(text([{ min: 0, max: 99_999 }])).toBe("in 0..99999, up to length 10");
});

test("rows that cannot follow each other are said to be taken from the examples", () => {
  // ones come after all zeros
  const count = 200;
  const x = Int32Array.from({ length: 10 * count }, (_, i) => (i % 10 < (i / 10) % 10 ? 0 : 1));
  const examples = { count, length: 10, inputDim: 1, outputDim: 1, x, y: x };
  const domain = domainFacts(observeDomain(examples));
  expect(domain.order).toEqual({ starts: [0, 1], follows: [[0, 1], [1]] });
  expect(domainText(domain)).toContain("which row follows which, is taken from the examples");
  expect(domainFacts(bits)).toEqual({
    ...{ inputDim: 1, length: 10, rows: [[0], [1]], order: null },
    ranges: [{ min: 0, max: 1 }],
  });
});

test("the text of a program names the domain", () => {
  expect(notCheckedText(domainFacts(bits))).toBe("Not checked: inputs are taken to be 0 or 1.");
  const pairs = domainFacts(productDomain([[0, 1], [3]], 5));
  expect(notCheckedText(pairs)).toBe(
    "Not checked: each row of inputs is taken to be (0, 3) or (1, 3).",
  );
});

test("words, long ones by their start", () => {
  expect(wordText([[0], [1]])).toBe("0 1");
  expect(
    wordText([
      [0, 1],
      [2, -3],
    ]),
  ).toBe("(0, 1) (2, -3)");
  expect(wordText(Array.from({ length: 1200 }, () => [1]))).toBe(
    `${"1 ".repeat(24)}... (1,200 positions)`,
  );
});
