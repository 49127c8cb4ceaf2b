import type { Program } from "@latticode/program";
import { countNodes, input, runProgram } from "@latticode/program";
import { expect, test } from "vitest";
import { randomInteger, seededRandom } from "../../testing/networks.ts";
import { affineCost, affineExpression } from "./affine-expression.ts";

const variables = [input(0), input(1), input(2)];

test("cost and value of random forms", () => {
  const random = seededRandom(1);
  for (let round = 0; round < 500; round++) {
    const coefficients = variables.map(() => randomInteger(random, -3, 3));
    const constant = randomInteger(random, -2, 2);
    const expression = affineExpression(coefficients, constant, variables);
    expect(countNodes(expression)).toBe(affineCost(coefficients, constant));
    const program: Program = {
      inputDim: 3,
      state: [],
      order: "in-place",
      updates: [],
      outputs: [expression],
    };
    const x = variables.map(() => randomInteger(random, -9, 9));
    const value = coefficients.reduce((sum, c, i) => sum + c * x[i], constant);
    expect(runProgram(program, x, 1)).toEqual([value === 0 ? 0 : value]);
  }
});

test("short forms", () => {
  expect(affineCost([0, 0, 0], 0)).toBe(1); // 0
  expect(affineCost([1, -1, 0], 0)).toBe(3); // x - y
  expect(affineCost([-1, 0, 0], 0)).toBe(2); // -x
  expect(affineCost([-1, 0, 0], 1)).toBe(3); // 1 - x
  expect(affineCost([-1, -2, 0], 0)).toBe(5); // -2 * y - x
  expect(affineCost([2, 2, 0], 0)).toBe(5); // 2 * (x + y)
  expect(affineCost([2, -2, 0], 1)).toBe(7); // 2 * (x - y) + 1
});
