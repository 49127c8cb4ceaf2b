import { expect, test } from "vitest";
import { remember } from "./remember.ts";

function counted() {
  let calls = 0;
  const sum = remember(
    (values: Float64Array, scale: number, options?: { readonly sign: number }) => {
      calls++;
      return values.reduce((a, b) => a + b, 0) * scale * (options?.sign ?? 1);
    },
  );
  return { sum, calls: () => calls };
}

test("equal arguments are computed once, different ones each", () => {
  const { sum, calls } = counted();
  expect(sum(Float64Array.of(1, 2), 3)).toBe(9);
  expect(sum(Float64Array.of(1, 2), 3)).toBe(9);
  expect(calls()).toBe(1);
  expect(sum(Float64Array.of(1, 2), 4)).toBe(12);
  expect(sum(Float64Array.of(2, 1), 3)).toBe(9);
  expect(sum(Float64Array.of(1, 2), 3, { sign: -1 })).toBe(-9);
  expect(calls()).toBe(4);
  expect(sum(Float64Array.of(1, 2), 3, { sign: -1 })).toBe(-9);
  expect(calls()).toBe(4);
});

test("an array that is changed after a call is another argument", () => {
  const { sum, calls } = counted();
  const values = Float64Array.of(1, 2);
  expect(sum(values, 1)).toBe(3);
  values[0] = 5;
  expect(sum(values, 1)).toBe(7);
  expect(sum(Float64Array.of(1, 2), 1)).toBe(3);
  expect(calls()).toBe(2);
});

test("arguments of one hash are told apart", () => {
  const { sum, calls } = counted();
  // 0 and -0 are equal, but not the same bits; fractions fall together in no conversion to 32 bits
  for (const scale of [0.25, 0.5, 0.75]) expect(sum(Float64Array.of(4), scale)).toBe(4 * scale);
  expect(Object.is(sum(Float64Array.of(0), 1), 0)).toBe(true);
  expect(Object.is(sum(Float64Array.of(-0), -1), -0)).toBe(true);
  expect(calls()).toBe(5);
});

test("large arguments are not kept", () => {
  const { sum, calls } = counted();
  const values = new Float64Array(2 ** 18).fill(1);
  expect([sum(values, 1), sum(values, 1)]).toEqual([2 ** 18, 2 ** 18]);
  expect(calls()).toBe(2);
});
