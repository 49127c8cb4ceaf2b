import type { Examples, Program } from "@latticode/program";
import { add, compileProgram, input, integer, minimum, modulo, state } from "@latticode/program";
import { describe, expect, test } from "vitest";
import { productDomain, wordsOf } from "./domain.ts";
import { coverSteps } from "./steps.ts";

const counterWith = (update: Program["updates"][number]["value"]): Program => ({
  ...{ inputDim: 1, state: [{ name: "a", initial: 0 }], order: "in-place" },
  ...{ updates: [{ target: "a", value: update }], outputs: [state("a")] },
});
const saturating = counterWith(minimum(add(state("a"), input(0)), integer(3)));
const running = counterWith(add(state("a"), input(0)));
const bits = productDomain([[0, 1]], 6);

/** All words of bits of length 6 that a condition allows, labelled by a program. */
function labelled(program: Program, isIn: (word: Int32Array) => boolean): Examples {
  const [{ x }] = wordsOf(bits, 6, 64);
  const words = Array.from({ length: 64 }, (_, s) => x.slice(s * 6, (s + 1) * 6)).filter(isIn);
  const run = compileProgram(program);
  const y = words.flatMap((word) => run(word, 6).map(Number));
  return {
    ...{ count: words.length, length: 6, inputDim: 1, outputDim: 1 },
    ...{ x: Int32Array.from(words.flatMap((w) => [...w])), y: Int32Array.from(y) },
  };
}
const ones = (word: Int32Array) => word.reduce((sum, bit) => sum + bit, 0);

describe("steps of a finite program", () => {
  test("are all shown by all words", () => {
    const all = labelled(saturating, () => true);
    expect(coverSteps(saturating, bits, all, { seed: 1 })).toEqual({
      ...{ kind: "steps", total: 8, shown: 8, missing: [], states: 4, growing: false },
    });
  });

  test("that no label shows are named by the shortest words that take them", () => {
    const few = labelled(saturating, (word) => ones(word) < 3);
    const cover = coverSteps(saturating, bits, few, { seed: 1 });
    expect(cover).toMatchObject({ total: 8, shown: 5 });
    expect(cover.missing.map((word) => word.join(""))).toEqual(["111", "1110", "1111"]);
  });

  test("of a state that grows are claimed up to the length only", () => {
    const all = labelled(running, () => true);
    const cover = coverSteps(running, bits, all, { seed: 1 });
    expect(cover).toMatchObject({ total: 12, shown: 12, states: 7, growing: true });
  });

  test("keep to what can follow what", () => {
    // a one is never followed by another
    const order = { starts: Uint8Array.of(1, 1), follows: Uint8Array.of(1, 1, 1, 0) };
    const apart = labelled(saturating, (word) => !/11/.test(word.join("")));
    expect(coverSteps(saturating, { ...bits, order }, apart, { seed: 1 })).toMatchObject({
      ...{ total: 7, shown: 7, missing: [] },
    });
  });
});

describe("paths through a step", () => {
  const wide = productDomain([{ min: 0, max: 9999 }], 3);
  const wrapping = counterWith(modulo(add(state("a"), input(0)), integer(25_000)));
  const of = (words: readonly (readonly number[])[]): Examples => ({
    ...{ count: words.length, length: 3, inputDim: 1, outputDim: 1 },
    ...{ x: Int32Array.from(words.flat()), y: new Int32Array(3 * words.length) },
  });

  test("are looked at where states are too many, and a wrap is one of its own", () => {
    const cover = coverSteps(wrapping, wide, of([[1, 2, 3]]), { seed: 1 });
    expect(cover).toMatchObject({ kind: "paths", total: 2, shown: 1 });
    const [word] = cover.missing;
    expect(word.reduce((sum, value) => sum + value, 0)).toBeGreaterThanOrEqual(25_000);
  });

  test("are shown by examples that take them", () => {
    const cover = coverSteps(wrapping, wide, of([[9000, 9000, 9000]]), { seed: 1 });
    expect(cover).toMatchObject({ total: 2, shown: 2, missing: [] });
  });
});
