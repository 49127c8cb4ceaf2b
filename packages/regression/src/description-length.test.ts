import { expect, test } from "vitest";
import { descriptionLength, log2 } from "./description-length.ts";

test("log2 against the host's", () => {
  for (let k = 0; k < 2000; k++) {
    const x = 1 + k * k * 0.37;
    expect(Math.abs(log2(x) - Math.log2(x))).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.log2(x)));
  }
  for (let k = 0; k <= 50; k++) expect(log2(2 ** k)).toBe(k);
  expect(() => log2(0.5)).toThrow("0.5 is outside");
});

test("codes cost their size, residuals their hundredths", () => {
  expect(descriptionLength([0, 1, -3, 7], [0])).toBe((0 + 1 + 2 + 3) / 4);
  expect(descriptionLength([0], [0.01, -0.03])).toBeCloseTo(1.5, 12);
  expect(descriptionLength([], [])).toBe(0);
});
