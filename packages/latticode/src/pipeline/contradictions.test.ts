import type { Examples } from "@latticode/program";
import { drawIntegers } from "@latticode/program";
import { expect, test } from "vitest";
import { ContradictionError, setNoiseAside } from "./contradictions.ts";

/** Words of bits with a label for each position. */
function of(pairs: readonly (readonly [string, string])[]): Examples {
  const numbers = (part: 0 | 1) =>
    Int32Array.from(pairs.flatMap((p) => Array.from(p[part], Number)));
  return {
    ...{ count: pairs.length, length: pairs[0][0].length, inputDim: 1, outputDim: 1 },
    ...{ x: numbers(0), y: numbers(1) },
  };
}

function errorOf(examples: Examples, noise: number): ContradictionError {
  try {
    setNoiseAside(examples, noise);
  } catch (error) {
    if (error instanceof ContradictionError) return error;
    throw error;
  }
  throw new Error("nothing is said to contradict");
}

test("examples without a contradiction are given back as they are", () => {
  const examples = of([
    ["010", "011"],
    ["011", "010"],
    ["010", "011"],
  ]);
  const clean = setNoiseAside(examples, 0);
  expect(clean.examples).toBe(examples);
  expect(clean.contradictions).toEqual({ pairs: [], prefixes: 0, sequences: 0, positions: 0 });
});

test("the error names sequences, from 1 on, position, from 0 on, and both labels", () => {
  const examples = of([
    ["110", "100"],
    ["010", "011"],
    ["010", "010"],
  ]);
  const { name, message, contradictions } = errorOf(examples, 0);
  expect(name).toBe("ContradictionError");
  expect(contradictions.pairs).toEqual([{ sequences: [1, 2], position: 2, outputs: [[1], [0]] }]);
  expect(message).toBe(
    "labels contradict each other in 2 of 3 sequences, after 1 beginning: sequences 2 and 3 have the same inputs up to position 2, where one has 1 and the other 0 (positions count from 0). To end this, 1 of 3 sequences would have to be left out; correct them, or allow a share of noise",
  );
});

test("no more than the share of noise is left out, and of each contradiction the minority", () => {
  const examples = of([
    ["01", "01"],
    ["01", "00"],
    ["01", "01"],
    ["11", "10"],
  ]);
  const { examples: kept, contradictions } = setNoiseAside(examples, 0.25);
  expect(kept.count).toBe(3);
  expect([...kept.y]).toEqual([0, 1, 0, 1, 1, 0]);
  expect(contradictions).toMatchObject({ prefixes: 1, sequences: 3, positions: 3 });
  expect(errorOf(examples, 0.24).contradictions).toEqual(contradictions);
});

test("what is left of random labels holds no contradiction", () => {
  for (let seed = 0; seed < 30; seed++) {
    const draw = drawIntegers(seed, 3);
    const word = () => Array.from({ length: 3 }, () => draw(0, 1)).join("");
    const examples = of(Array.from({ length: 12 }, () => [word(), word()]));
    let clean: ReturnType<typeof setNoiseAside>;
    try {
      clean = setNoiseAside(examples, 0.49);
    } catch (error) {
      expect(error).toBeInstanceOf(ContradictionError);
      continue;
    }
    expect(setNoiseAside(clean.examples, 0).contradictions.prefixes).toBe(0);
    if (clean.contradictions.prefixes > 0) expect(clean.examples.count).toBeLessThan(12);
  }
});

test("a share out of range and malformed examples are refused", () => {
  const examples = of([["01", "01"]]);
  for (const noise of [-0.1, 0.5, Number.NaN]) {
    expect(() => setNoiseAside(examples, noise)).toThrow(`noise is ${noise}, must be a share`);
  }
  expect(() => setNoiseAside({ ...examples, count: 2 }, 0)).toThrow();
});
