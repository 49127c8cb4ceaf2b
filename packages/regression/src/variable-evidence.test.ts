import { loadKernels } from "@latticode/kernels";
import type { Expression } from "@latticode/program";
import {
  add,
  append,
  at,
  drawIntegers,
  equal,
  input,
  integer,
  listOf,
  modulo,
  multiply,
  reverse,
  shift,
  state,
  sum,
} from "@latticode/program";
import { expect, test } from "vitest";
import { programOf, tracesOf } from "../testing/systems.ts";
import { decodeVariables } from "./variable-evidence.ts";

const kernels = await loadKernels();
const [a, b, w, x] = [state("a"), state("b"), state("w"), input(0)];
const sizes = { count: 80, length: 10, low: 0, high: 3 };
const both = programOf(
  { a: 0, b: 1 },
  [
    ["a", modulo(add(a, x), integer(7))],
    ["b", modulo(add(b, a), integer(5))],
  ],
  [add(a, b)],
);

function evidence(program: typeof both, hidden: readonly Expression[]) {
  return decodeVariables(program, tracesOf(program, { ...sizes, hidden }), { kernels });
}

test("an affine map of the state is found", () => {
  const found = evidence(both, [add(multiply(integer(3), a), b), add(a, integer(9))]);
  expect(found).toMatchObject({
    isReading: true,
    variables: [
      { name: "a", decoding: "affine", affine: 1 },
      { name: "b", decoding: "affine", affine: 1 },
    ],
  });
  // h is (3 a + b, a + 9)
  const [mapOfA, mapOfB] = found.variables.map(({ maps }) => maps![0]);
  const coefficients = [mapOfA.coefficients, mapOfB.coefficients].flat();
  for (const [i, value] of [0, 1, 1, -3].entries()) expect(coefficients[i]).toBeCloseTo(value, 6);
  expect(mapOfA.offset).toBeCloseTo(-9, 6);
  expect(mapOfB.offset).toBeCloseTo(27, 6);
});

test("states at places that no affine map orders are found by their neighbours", () => {
  const places = (e: Expression) => at(listOf([0, 50, 10, 40, 20, 60, 30]), e);
  const found = evidence(both, [places(a), places(b)]);
  expect(found.isReading).toBe(true);
  for (const { decoding, affine, nearest } of found.variables) {
    expect(decoding).toBe("nearest");
    expect(affine).toBeLessThan(0.9);
    expect(nearest).toBe(1);
  }
});

test("what the hidden state does not hold makes the program a hit", () => {
  const found = evidence(both, [a]);
  expect(found.isReading).toBe(false);
  expect(found.variables.map(({ decoding }) => decoding)).toEqual(["affine", "none"]);
  const traces = tracesOf(both, sizes);
  const draw = drawIntegers(4, 0);
  const noise = { ...traces, h: traces.h.map(() => draw(-1000, 1000) / 100) };
  const unrelated = decodeVariables(both, noise, { kernels });
  expect(unrelated.variables.map(({ decoding }) => decoding)).toEqual(["none", "none"]);
});

test("variables that carry nothing need no evidence", () => {
  const carried = programOf(
    { a: 0, b: 0 },
    [
      ["a", modulo(add(a, x), integer(7))],
      ["b", multiply(a, a)],
    ],
    [b],
  );
  expect(evidence(carried, [a])).toMatchObject({
    isReading: true,
    variables: [{ name: "a", decoding: "affine" }],
  });
  const stateless = programOf({}, [], [multiply(x, x)]);
  expect(evidence(stateless, [])).toEqual({ isReading: true, variables: [] });
});

test("a list is held if each of its elements is", () => {
  const window = programOf({ w: [0, 0, 0] }, [["w", shift(w, x)]], [sum(w)]);
  const element = (i: number) => at(w, integer(i));
  expect(evidence(window, [element(0), element(1), element(2)])).toMatchObject({
    isReading: true,
    variables: [{ name: "w", decoding: "affine", affine: 1 }],
  });
  expect(evidence(window, [element(0), element(2)]).isReading).toBe(false);
});

test("a list that grows without end is held by no hidden state", () => {
  const palindromes = programOf({ w: [] }, [["w", append(w, x)]], [equal(w, reverse(w))]);
  expect(evidence(palindromes, [sum(w)])).toEqual({
    isReading: false,
    variables: [{ name: "w", decoding: "none", affine: 0, nearest: 0 }],
  });
});
