import { input } from "@latticode/program";
import { expect, test } from "vitest";
import { majorityOf, majorityRows } from "./majority.ts";

/** Keys 0, 1, ..., 9 in turn, 40 times each, and the target that is the key. */
const key = Int32Array.from({ length: 400 }, (_, row) => row % 10);
const changed = (rows: readonly number[]) => key.map((k, row) => (rows.includes(row) ? k + 1 : k));

test("a row of the majority stands for each key", () => {
  const target = changed([0, 25]);
  const rows = majorityRows([key], [target])!;
  expect(Array.from(rows, (row) => [key[row], target[row]])).toEqual(
    Array.from({ length: 10 }, (_, k) => [k, k]),
  );
  const variables = [{ expression: input(0), values: key, weight: 2 }];
  const table = majorityOf(variables, target)!;
  expect(table.variables[0]).toMatchObject({ expression: input(0), weight: 2 });
  expect(table.variables[0].values).toEqual(table.target);
});

test("there is none where no row is wrong, and none where more are than allowed", () => {
  const [four, five] = [changed([0, 1, 2, 3]), changed([0, 1, 2, 3, 4])];
  expect(majorityRows([key], [key])).toBeUndefined();
  expect(majorityRows([key], [four])).toHaveLength(10);
  expect(majorityRows([key], [five])).toBeUndefined();
  expect(majorityRows([key], [five], 0.02)).toHaveLength(10);
});

test("keys that hardly repeat, or that have no clear majority, are not believed", () => {
  const many = Int32Array.from({ length: 400 }, (_, row) => row >> 1);
  expect(majorityRows([many], [changed([0])])).toBeUndefined();
  const torn = Int32Array.from({ length: 400 }, (_, row) =>
    row < 390 ? row % 10 : 10 + (row >> 2),
  );
  const target = torn.map((k, row) => (row === 392 ? k + 1 : k));
  const rows = majorityRows([torn], [target])!;
  expect(Array.from(rows, (row) => torn[row])).not.toContain(torn[392]);
});
