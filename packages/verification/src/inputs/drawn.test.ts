import type { Examples } from "@latticode/program";
import { findTask, sampleTask } from "@latticode/tasks";
import { expect, test } from "vitest";
import { drawInputs, observeInputs } from "./drawn.ts";

function examplesOf(rows: number[][]): Examples {
  const inputDim = rows[0].length;
  const x = Int32Array.from(rows.flat());
  return {
    count: 1,
    length: rows.length,
    inputDim,
    outputDim: 1,
    x,
    y: new Int32Array(rows.length),
  };
}

test("few values are listed, many become a range", () => {
  const rows = Array.from({ length: 257 }, (_, i) => [i % 3 === 0 ? 4 : -7, 2 * i - 100]);
  expect(observeInputs(examplesOf(rows))).toEqual([
    { kind: "values", values: [-7, 4] },
    { kind: "range", min: -100, max: 412 },
  ]);
  expect(observeInputs(examplesOf(rows.slice(0, 256)))[1]).toMatchObject({ kind: "values" });
});

test("no examples are refused", () => {
  expect(() => observeInputs({ ...examplesOf([[1]]), count: 0, x: new Int32Array(0) })).toThrow(
    "no examples",
  );
});

test("every value of each column is drawn about equally often", () => {
  const columns = [
    { kind: "values", values: [0, 5, 9] },
    { kind: "range", min: -2, max: 2 },
  ] as const;
  const { x } = drawInputs(columns, { count: 3000, length: 10, seed: 1 });
  for (const [column, values] of [
    [0, [0, 5, 9]],
    [1, [-2, -1, 0, 1, 2]],
  ] as const) {
    const drawn = x.filter((_, i) => i % 2 === column);
    const expected = drawn.length / values.length;
    const counts = values.map((value) => drawn.filter((other) => other === value).length);
    expect(counts.reduce((sum, count) => sum + count)).toBe(drawn.length);
    // Five standard deviations of a binomial count.
    for (const count of counts)
      expect(Math.abs(count - expected)).toBeLessThan(5 * expected ** 0.5);
  }
});

test("the whole range of 32-bit integers can be drawn", () => {
  const column = { kind: "range", min: -(2 ** 31), max: 2 ** 31 - 1 } as const;
  const { x } = drawInputs([column], { count: 1000, length: 1, seed: 3 });
  expect(Math.min(...x)).toBeLessThan(-2e9);
  expect(Math.max(...x)).toBeGreaterThan(2e9);
});

test("a sampled task is not verified on the sequences it was sampled from", () => {
  const task = findTask("Sum_All");
  if (!task) throw new Error("no task Sum_All");
  const sampled = sampleTask(task, { count: 100, seed: 9 });
  const columns = [{ kind: "range", min: 0, max: 99 }] as const;
  const fresh = drawInputs(columns, { count: 100, length: 10, seed: 9 });
  const key = (x: Int32Array, i: number) => x.subarray(10 * i, 10 * i + 10).join();
  const known = new Set(Array.from({ length: 100 }, (_, i) => key(sampled.x, i)));
  expect(Array.from({ length: 100 }, (_, i) => key(fresh.x, i)).some((k) => known.has(k))).toBe(
    false,
  );
});

test("the seed decides what is drawn", () => {
  const column = { kind: "range", min: 0, max: 1e6 } as const;
  const draw = (seed: number) => drawInputs([column], { count: 4, length: 5, seed }).x;
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});
