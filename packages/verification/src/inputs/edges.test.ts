import { expect, test } from "vitest";
import { edgeInputs } from "./edges.ts";

const rowsOf = ({ count, length, x }: ReturnType<typeof edgeInputs>, width: number) =>
  Array.from({ length: count }, (_, i) =>
    x.slice(i * length * width, (i + 1) * length * width).join(),
  );

test("constant, alternating, halved and single inputs at the ends of a range", () => {
  const rows = rowsOf(edgeInputs([{ kind: "range", min: -5, max: 99 }], 4), 1);
  for (const row of ["-5,-5,-5,-5", "99,99,99,99", "0,0,0,0", "-5,99,-5,99", "99,99,-5,-5"]) {
    expect(rows).toContain(row);
  }
  expect(rows).toContain("0,0,1,0");
  expect(new Set(rows.flatMap((row) => row.split(",")))).toEqual(
    new Set(["-5", "-4", "0", "1", "98", "99"]),
  );
});

test("few however many columns there are, and never values that were not observed", () => {
  const columns = Array.from({ length: 9 }, () => ({
    kind: "values" as const,
    values: [3, 8, 20],
  }));
  const inputs = edgeInputs(columns, 10);
  expect(inputs.count).toBeGreaterThan(256);
  expect(inputs.count).toBeLessThan(2000);
  expect(new Set(inputs.x)).toEqual(new Set([3, 8, 20]));
  expect(edgeInputs([{ kind: "values", values: [7] }], 5)).toEqual({
    ...{ count: 1, length: 5 },
    x: new Int32Array(5).fill(7),
  });
});
