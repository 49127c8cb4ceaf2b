import { expect, test } from "vitest";
import { clipSegment, thinned } from "./lattice-lines.ts";

test("segments are cut at the edges of a rectangle", () => {
  const clip = (...segment: [number, number, number, number]) =>
    clipSegment(segment, [0, 10], [0, 10]);
  expect(clip(-5, 5, 15, 5)).toEqual([0, 5, 10, 5]);
  expect(clip(2, 3, 4, 5)).toEqual([2, 3, 4, 5]);
  expect(clip(-5, -5, 15, 15)).toEqual([0, 0, 10, 10]);
  expect(clip(5, -20, 5, 40)).toEqual([5, 0, 5, 10]);
  expect(clip(-5, 20, 15, 20)).toBeUndefined();
  expect(clip(-5, 8, 5, 18)).toBeUndefined();
});

test("levels are thinned to round numbers", () => {
  expect(thinned([-2, 2])).toEqual({ values: [-2, -1, 0, 1, 2], stride: 1 });
  expect(thinned([0, 99])).toMatchObject({ stride: 5 });
  expect(thinned([1, 20], 12).values).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
  const wide = thinned([-50_000, 70_001]);
  expect(wide.stride).toBe(5000);
  expect(wide.values.every((z) => z % 5000 === 0)).toBe(true);
});
