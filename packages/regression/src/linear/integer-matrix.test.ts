import { expect, test } from "vitest";
import { randomInteger, seededRandom } from "../../testing/networks.ts";
import {
  columnEchelon,
  greatestCommonDivisor,
  identityMatrix,
  invertUnimodular,
  multiplyMatrices,
  multiplyVector,
  solveIntegers,
} from "./integer-matrix.ts";

const random = seededRandom(1);
const randomMatrix = (rows: number, columns: number, size: number) =>
  Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => randomInteger(random, -size, size)),
  );

test("echelon form is A U with U unimodular", () => {
  for (let round = 0; round < 200; round++) {
    const rows = randomInteger(random, 1, 5);
    const columns = randomInteger(random, 1, 5);
    const a = randomMatrix(rows, columns, 4);
    const { echelon, change, pivots } = columnEchelon(a, columns);
    const u = change.map((row) => row.map(Number));
    expect(multiplyMatrices(a, u)).toEqual(echelon.map((row) => row.map(Number)));
    expect(multiplyMatrices(u, invertUnimodular(u))).toEqual(identityMatrix(columns));
    pivots.forEach((row, column) => {
      expect(echelon[row][column]).toBeGreaterThan(0n);
      for (let j = column + 1; j < columns; j++) expect(echelon[row][j]).toBe(0n);
    });
    for (const row of echelon) {
      for (let j = pivots.length; j < columns; j++) expect(row[j]).toBe(0n);
    }
  }
});

test("integer solutions against a search of all small ones", () => {
  let solvable = 0;
  for (let round = 0; round < 300; round++) {
    const rows = randomInteger(random, 1, 3);
    const a = randomMatrix(rows, 2, 3);
    const r = Array.from({ length: rows }, () => randomInteger(random, -4, 4));
    const z = solveIntegers(a, 2, r);
    if (z) {
      solvable++;
      expect(multiplyVector(a, z)).toEqual(r);
      continue;
    }
    for (let p = -20; p <= 20; p++) {
      for (let q = -20; q <= 20; q++) {
        if (multiplyVector(a, [p, q]).every((v, i) => v === r[i])) {
          throw new Error(`missed: ${JSON.stringify({ a, r, p, q })}`);
        }
      }
    }
  }
  expect(solvable).toBeGreaterThan(50);
});

test("systems without rows or columns", () => {
  expect(solveIntegers([], 3, [])).toEqual([0, 0, 0]);
  expect(solveIntegers([[], []], 0, [0, 0])).toEqual([]);
  expect(solveIntegers([[]], 0, [1])).toBeUndefined();
});

test("a matrix without an integer inverse", () => {
  expect(() => invertUnimodular([[2]])).toThrow("no inverse over the integers");
});

test("greatest common divisors", () => {
  expect([greatestCommonDivisor(12, -18), greatestCommonDivisor(0, 5)]).toEqual([6, 5]);
  expect(greatestCommonDivisor(0, 0)).toBe(0);
});
