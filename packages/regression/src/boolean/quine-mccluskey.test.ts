import { expect, test } from "vitest";
import { seededRandom } from "../../testing/networks.ts";
import type { Implicant } from "./quine-mccluskey.ts";
import { covers, implicantWeight, minimizeTerms, primeImplicants } from "./quine-mccluskey.ts";

function randomTable(variables: number, random: () => number) {
  const on: number[] = [];
  const dontCare: number[] = [];
  for (let row = 0; row < 1 << variables; row++) {
    const r = random();
    if (r < 0.4) on.push(row);
    else if (r < 0.55) dontCare.push(row);
  }
  return { on, dontCare };
}

function allImplicants(variables: number): Implicant[] {
  const found: Implicant[] = [];
  for (let mask = 0; mask < 1 << variables; mask++) {
    for (let value = 0; value < 1 << variables; value++) {
      if ((value & ~mask) === 0) found.push({ mask, value });
    }
  }
  return found;
}

const rowsOf = (variables: number) => Array.from({ length: 1 << variables }, (_, row) => row);
const weightOf = (terms: readonly Implicant[]) =>
  terms.reduce((sum, term) => sum + implicantWeight(term), 0);

test("prime implicants against their definition", () => {
  const random = seededRandom(1);
  for (let round = 0; round < 60; round++) {
    const variables = 1 + (round % 4);
    const { on, dontCare } = randomTable(variables, random);
    const allowed = new Set([...on, ...dontCare]);
    const implicants = allImplicants(variables).filter((term) =>
      rowsOf(variables).every((row) => !covers(term, row) || allowed.has(row)),
    );
    const primes = implicants.filter(
      (term) =>
        !implicants.some(
          (other) =>
            other.mask !== term.mask &&
            (other.mask & ~term.mask) === 0 &&
            (term.value & other.mask) === other.value,
        ),
    );
    const sorted = (terms: readonly Implicant[]) =>
      [...terms].sort((a, b) => a.mask - b.mask || a.value - b.value);
    expect(sorted(primeImplicants([...allowed], variables))).toEqual(sorted(primes));
  }
});

test("weight against every disjunction of implicants, three variables", () => {
  const random = seededRandom(2);
  for (let round = 0; round < 40; round++) {
    const { on, dontCare } = randomTable(3, random);
    const allowed = new Set([...on, ...dontCare]);
    const implicants = allImplicants(3).filter((term) =>
      rowsOf(3).every((row) => !covers(term, row) || allowed.has(row)),
    );
    // cheapest way to cover each set of rows, adding one implicant at a time
    const cheapest = new Map([[0, 0]]);
    for (const term of implicants) {
      const covered = on.reduce((set, row, i) => (covers(term, row) ? set | (1 << i) : set), 0);
      for (const [set, weight] of [...cheapest]) {
        const next = set | covered;
        const total = weight + implicantWeight(term);
        if (total < (cheapest.get(next) ?? Number.POSITIVE_INFINITY)) cheapest.set(next, total);
      }
    }
    const terms = minimizeTerms(on, dontCare, 3);
    expect(weightOf(terms)).toBe(cheapest.get((1 << on.length) - 1));
  }
});

test("a cover of the table for up to eight variables", () => {
  const random = seededRandom(3);
  for (let variables = 0; variables <= 8; variables++) {
    const { on, dontCare } = randomTable(variables, random);
    const terms = minimizeTerms(on, dontCare, variables);
    for (const row of rowsOf(variables)) {
      if (dontCare.includes(row)) continue;
      expect(terms.some((term) => covers(term, row))).toBe(on.includes(row));
    }
  }
});

test("constants", () => {
  expect(minimizeTerms([], [0, 1], 1)).toEqual([]);
  expect(minimizeTerms([0], [1], 1)).toEqual([{ mask: 0, value: 0 }]);
});
