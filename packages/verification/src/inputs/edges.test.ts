import { expect, test } from "vitest";
import { productDomain } from "../claims/domain.ts";
import { edgeInputs } from "./edges.ts";

const rowsOf = ({ count, length, x }: ReturnType<typeof edgeInputs>, width: number) =>
  Array.from({ length: count }, (_, i) =>
    x.slice(i * length * width, (i + 1) * length * width).join(),
  );

test("constant, alternating, halved and single inputs at the ends of a range", () => {
  const rows = rowsOf(edgeInputs(productDomain([{ min: -5, max: 4999 }], 4), 4), 1);
  for (const row of [
    "-5,-5,-5,-5",
    "4999,4999,4999,4999",
    "0,0,0,0",
    "-5,4999,-5,4999",
    "4999,4999,-5,-5",
  ]) {
    expect(rows).toContain(row);
  }
  expect(rows).toContain("0,0,1,0");
  expect(new Set(rows.flatMap((row) => row.split(",")))).toEqual(
    new Set(["-5", "-4", "0", "1", "4998", "4999"]),
  );
});

test("few however many columns there are, and never values that were not observed", () => {
  const columns = Array.from({ length: 7 }, () => [3, 8, 20]);
  const inputs = edgeInputs(productDomain(columns, 10), 10);
  expect(inputs.count).toBeGreaterThan(256);
  expect(inputs.count).toBeLessThan(2000);
  expect(new Set(inputs.x)).toEqual(new Set([3, 8, 20]));
  expect(edgeInputs(productDomain([[7]], 5), 5)).toEqual({
    ...{ count: 1, length: 5 },
    x: new Int32Array(5).fill(7),
  });
});

test("every row of a small domain is one that a sequence is made of, and all of them are possible", () => {
  const inputs = edgeInputs(productDomain([{ min: 0, max: 9 }], 3), 3);
  expect(new Set(rowsOf(inputs, 1)).has("7,7,7")).toBe(true);
  // a one is never followed by another
  const order = { starts: Uint8Array.of(1, 1), follows: Uint8Array.of(1, 1, 1, 0) };
  const apart = rowsOf(edgeInputs({ ...productDomain([[0, 1]], 4), order }, 4), 1);
  expect(new Set(apart)).toEqual(new Set(["0,0,0,0", "0,1,0,1", "1,0,1,0", "0,0,1,0"]));
});
