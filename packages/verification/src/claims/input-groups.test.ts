import { expect, test } from "vitest";
import { productDomain } from "./domain.ts";
import { groupText, observeGroups } from "./input-groups.ts";

test("one-hot columns are rows with one 1, beside columns of their own", () => {
  const domain = productDomain([{ kind: "onehot", columns: 2 }, [5, 3, 5]], 4);
  expect(domain).toMatchObject({ inputDim: 3, length: 4 });
  expect(domain.rows).toEqual(Int32Array.of(0, 1, 3, 0, 1, 5, 1, 0, 3, 1, 0, 5));
  expect(domain.ranges).toEqual([
    { min: 0, max: 1 },
    { min: 0, max: 1 },
    { min: 3, max: 5 },
  ]);
});

test("beyond 4,096 rows only ranges are a domain, as a set would be taken for its range", () => {
  const wide = { min: 0, max: 9999 };
  expect(productDomain([wide, [0, 1]], 3).rows).toBeUndefined();
  expect(() => productDomain([wide, [0, 2]], 3)).toThrow(
    "the inputs make 20000 different rows, no more than 4096 can be told apart where a column has a set of values",
  );
  expect(() => productDomain([{ kind: "onehot", columns: 3 }, wide], 3)).toThrow("30000 different");
});

const examplesOf = (rows: readonly (readonly number[])[]) => ({
  ...{ count: rows.length, length: 1, inputDim: rows[0].length, outputDim: 1 },
  ...{ x: Int32Array.from(rows.flat()), y: new Int32Array(rows.length) },
});

test("columns of which exactly one is 1 in every row go together", () => {
  const groups = observeGroups(
    examplesOf([
      [7, 1, 0, 0, 1],
      [8, 0, 1, 0, 1],
      [7, 0, 0, 1, 0],
    ]),
  );
  expect(groups).toEqual([
    { kind: "values", values: [7, 8] },
    { kind: "onehot", columns: 3 },
    { kind: "values", values: [0, 1] },
  ]);
  // a row without a 1
  expect(
    observeGroups(
      examplesOf([
        [1, 0],
        [0, 1],
        [0, 0],
      ]),
    ),
  ).toEqual([
    { kind: "values", values: [0, 1] },
    { kind: "values", values: [0, 1] },
  ]);
});

test.each([
  [{ kind: "onehot", columns: 7 }, "onehot:7"],
  [{ kind: "range", min: -5, max: 5 }, "-5..5"],
  [{ kind: "values", values: [-1, 1] }, "{-1, 1}"],
  [{ kind: "values", values: [3, 4, 5] }, "3..5"],
  [{ kind: "values", values: [0, 2, 4, 6, 8, 10, 12] }, "{0, 2, 4, 6, 8, ..., 12}"],
  [{ kind: "values", values: [9] }, "9"],
] as const)("%j is written %s", (group, text) => {
  expect(groupText(group)).toBe(text);
});
