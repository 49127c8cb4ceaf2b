import { add, input, programCost, state } from "@latticode/program";
import { expect, test } from "vitest";
import { programOf } from "../../testing/systems.ts";
import { keyOfColumns, searchOnce } from "./bounded-search.ts";

const [a, x] = [state("a"), input(0)];
const sum = programOf({ a: 0 }, [["a", add(a, x)]], [a]);
const cost = programCost(sum);

function counted() {
  const bounds: number[] = [];
  const search = searchOnce(
    (name: string, bound) => {
      bounds.push(bound);
      return name === "sum" && cost <= bound ? sum : undefined;
    },
    (name) => name,
  );
  return { search, bounds };
}

test("what was looked for up to a bound is not looked for below it", () => {
  const { search, bounds } = counted();
  expect(search("sum", 20)).toBe(sum);
  expect(search("sum", cost)).toBe(sum);
  expect(search("sum", cost - 1)).toBeUndefined();
  expect(search("none", 20)).toBeUndefined();
  expect(search("none", 10)).toBeUndefined();
  expect(bounds).toEqual([20, 20]);
});

test("a higher bound is a new search", () => {
  const { search, bounds } = counted();
  expect(search("sum", cost - 1)).toBeUndefined();
  expect(search("sum", cost)).toBe(sum);
  expect(search("sum", Number.POSITIVE_INFINITY)).toBe(sum);
  expect(bounds).toEqual([cost - 1, cost, Number.POSITIVE_INFINITY]);
});

test("columns of other numbers or lengths have other keys", () => {
  const keys = [[[1, 2], [3]], [[1], [2, 3]], [[12, 3]], [[1, 23]], [[1, 2, 3]], [[], [1, 2, 3]]];
  expect(new Set(keys.map(keyOfColumns)).size).toBe(keys.length);
});
