import { expect, test } from "vitest";
import { addExact, subtractExact } from "./integer.ts";

const edge = Number.MAX_SAFE_INTEGER;
const values = [0, 1, -1, 2, edge, edge - 1, -edge, 2n ** 53n, -(2n ** 53n), 2n ** 80n + 1n];

test("sums and differences agree with bigints, and are numbers exactly where they are safe", () => {
  for (const a of values) {
    for (const b of values) {
      for (const [actual, exact] of [
        [addExact(a, b), BigInt(a) + BigInt(b)],
        [subtractExact(a, b), BigInt(a) - BigInt(b)],
      ] as const) {
        expect(BigInt(actual)).toBe(exact);
        const safe = exact <= BigInt(edge) && exact >= -BigInt(edge);
        expect(typeof actual).toBe(safe ? "number" : "bigint");
      }
    }
  }
});
