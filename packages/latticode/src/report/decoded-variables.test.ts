import { expect, test } from "vitest";
import { decodedVariables } from "./decoded-variables.ts";

const evidence = { decoding: "affine", affine: 1, nearest: 1 } as const;

/** Hidden states of two numbers: all pairs from a grid. */
const grid = Array.from({ length: 25 }, (_, i) => [i % 5, Math.floor(i / 5)]);
const traces = { hiddenDim: 2, h: Float64Array.from(grid.flat()) };

function formulasOf(coefficients: number[], offset: number, change?: number[][]) {
  const variables = [{ name: "a", ...evidence, maps: [{ coefficients, offset }] }];
  const given = change && {
    matrix: Float64Array.from(change.flat()),
    offset: Float64Array.of(1, -2),
  };
  return decodedVariables(variables, traces, given)[0];
}

test("a map is written with as few decimals as give the same integers", () => {
  expect(formulasOf([0.5612, -0.1098], 0.2).formulas).toEqual([
    "a = round(0.56 h1 - 0.11 h2 + 0.2)",
  ]);
  expect(formulasOf([-1, 0], 0.001).formulas).toEqual(["a = round(-h1)"]);
  // at h1 = 4 it is 0.5009, and 0.48 with two decimals
  expect(formulasOf([0.124, 0], 0.0049).formulas).toEqual(["a = round(0.124 h1 + 0.005)"]);
  expect(formulasOf([0, 0], 0).formulas).toEqual(["a = round(0)"]);
});

test("what is written gives the integers of the map itself", () => {
  for (let i = 1; i < 40; i++) {
    const [a, b, c] = [i / 7, -i / 11, i / 13];
    const [formula] = formulasOf([a, b], c).formulas!;
    const terms = formula.slice("a = round(".length, -1).replaceAll("- ", "+ -").split(" + ");
    const read = (h: readonly number[]) =>
      terms.reduce((sum, term) => {
        const [, sign, factor, name] = /^(-?)([\d.]*) ?(?:h(\d))?$/.exec(term)!;
        const size = (factor === "" ? 1 : Number(factor)) * (name ? h[Number(name) - 1] : 1);
        return sign ? sum - size : sum + size;
      }, 0);
    for (const h of grid) {
      expect(Math.floor(read(h) + 0.5), formula).toBe(Math.floor(a * h[0] + b * h[1] + c + 0.5));
    }
  }
});

test("a change of coordinates is taken back", () => {
  // g = (h2 + 1, 3 h1 - 2), and the variable is 2 g1 + 5 g2 + 4 = 15 h1 + 2 h2 - 4
  const change = [
    [0, 1],
    [3, 0],
  ];
  const { maps, formulas } = formulasOf([2, 5], 4, change);
  expect(maps).toEqual([{ coefficients: [15, 2], offset: -4 }]);
  expect(formulas).toEqual(["a = round(15 h1 + 2 h2 - 4)"]);
});

test("elements of a list are numbered, and what is not decoded stays as it is", () => {
  const map = { coefficients: [1], offset: 0 };
  const one = { hiddenDim: 1, h: Float64Array.of(0, 1, 2) };
  const list = { name: "w", ...evidence, maps: [map, { ...map, offset: 3 }] };
  const none = { name: "b", decoding: "none", affine: 0.2, nearest: 0.4 } as const;
  const [first, second] = decodedVariables([list, none], one);
  expect(first.formulas).toEqual(["w[0] = round(h)", "w[1] = round(h + 3)"]);
  expect(second).toEqual(none);
});
