import { contains, input, listOf, not, state } from "@latticode/program";
import { expect, test } from "vitest";
import { cheapestMembership } from "./membership.ts";

const x = Int32Array.from({ length: 40 }, (_, i) => (i * 7) % 20);
const variables = [{ expression: input(0), values: x }];
const targetOf = (isMember: (v: number) => boolean) => x.map((v) => (isMember(v) ? 1 : 0));

test("few values are listed, of the ones or of the zeros", () => {
  const squares = [0, 1, 4, 9, 16];
  expect(
    cheapestMembership(
      variables,
      targetOf((v) => squares.includes(v)),
    ),
  ).toEqual(contains(input(0), listOf(squares)));
  expect(
    cheapestMembership(
      variables,
      targetOf((v) => !squares.includes(v)),
    ),
  ).toEqual(not(contains(input(0), listOf(squares))));
  // a negation costs a node, as much as a value
  expect(
    cheapestMembership(
      variables,
      targetOf((v) => v > 8),
    ),
  ).toEqual(not(contains(input(0), listOf([0, 1, 2, 3, 4, 5, 6, 7, 8]))));
  expect(
    cheapestMembership(
      variables,
      targetOf((v) => v > 9),
    ),
  ).toEqual(contains(input(0), listOf([10, 11, 12, 13, 14, 15, 16, 17, 18, 19])));
});

test("the variable with the shorter list is taken", () => {
  const halves = x.map((v) => Math.floor(v / 2));
  const target = targetOf((v) => [4, 5, 12, 13].includes(v));
  const two = [...variables, { expression: state("a"), values: halves }];
  expect(cheapestMembership(two, target)).toEqual(contains(state("a"), listOf([2, 6])));
  expect(cheapestMembership(two.reverse(), target)).toEqual(contains(state("a"), listOf([2, 6])));
});

test("what no variable decides, is constant or no truth value, has no membership", () => {
  const alternating = x.map((_, row) => (row < 20 ? 0 : 1));
  expect(cheapestMembership(variables, alternating)).toBeUndefined();
  expect(
    cheapestMembership(
      variables,
      targetOf(() => true),
    ),
  ).toBeUndefined();
  expect(cheapestMembership(variables, x)).toBeUndefined();
  const many = Int32Array.from({ length: 80 }, (_, i) => i);
  const odd = many.map((v) => v % 2);
  expect(cheapestMembership([{ expression: input(0), values: many }], odd)).toBeUndefined();
});
