// Rules that count, as people write them down: where the state grows with the length, or stops at a
// limit, or turns over.

import type { DrawInteger, Examples } from "@latticode/program";
import { drawIntegers } from "@latticode/program";
import type { Runner } from "../runner.ts";
import { outputsAlong } from "../runner.ts";

export interface CountingRule {
  readonly name: string;
  /** Inputs are 0 to this. */
  readonly high: number;
  readonly initial: readonly number[];
  /** The next numbers and the output. */
  readonly step: (
    state: readonly number[],
    x: number,
  ) => readonly [state: readonly number[], output: number];
}

/** A rule whose output is its first number. */
function counter(
  name: string,
  high: number,
  initial: readonly number[],
  next: (state: readonly number[], x: number) => readonly number[],
): CountingRule {
  const step = (state: readonly number[], x: number) => {
    const after = next(state, x);
    return [after, after[0]] as const;
  };
  return { name, high, initial, step };
}

const flag = (condition: boolean) => (condition ? 1 : 0);

export const countingRules: readonly CountingRule[] = [
  counter("rising edges", 1, [0, 0], ([n, last], x) => [n + flag(x > last), x]),
  counter("falling edges", 1, [0, 0], ([n, last], x) => [n + flag(x < last), x]),
  counter("changes, the first position none", 1, [0, -1], ([n, last], x) => [
    n + flag(last >= 0 && x !== last),
    x,
  ]),
  counter("how many have passed: every third one of the ones", 1, [0, 0], ([n, ones], x) =>
    ones + x === 3 ? [n + 1, 0] : [n, ones + x],
  ),
  counter("full pairs of ones", 1, [0, 0], ([n, odd], x) => [
    n + flag(odd + x === 2),
    (odd + x) % 2,
  ]),
  counter("items sold: 2 is a sale, 1 puts one in stock, none is sold without", 2, [0, 0], sell),
  counter("longest streak of ones so far", 1, [0, 0], ([best, streak], x) => {
    const now = x === 1 ? streak + 1 : 0;
    return [Math.max(best, now), now];
  }),
  counter("present streak of ones", 1, [0], ([n], x) => [x === 1 ? n + 1 : 0]),
  counter("ones since the last reset, a 2", 2, [0], ([n], x) => [x === 2 ? 0 : n + x]),
  counter("up and down, not below 0", 2, [0], ([n], x) => [Math.max(0, n + [0, 1, -1][x])]),
  counter("up and down between 0 and 5", 2, [0], ([n], x) => [
    Math.min(5, Math.max(0, n + [0, 1, -1][x])),
  ]),
  counter("ones at even positions", 1, [0, 0], ([n, odd], x) => [n + (odd ? 0 : x), 1 - odd]),
  counter("zeros minus ones", 1, [0], ([n], x) => [n + 1 - 2 * x]),
  counter("zeros", 1, [0], ([n], x) => [n + 1 - x]),
  counter("ones, none right after one that was counted", 1, [0, 0], ([n, held], x) =>
    x === 1 && held === 0 ? [n + 1, 1] : [n, 0],
  ),
  counter("positions since the last one", 1, [0], ([n], x) => [x === 1 ? 0 : n + 1]),
  counter("runs of ones of length 2 or more", 1, [0, 0], ([n, streak], x) => {
    const now = x === 1 ? streak + 1 : 0;
    return [n + flag(now === 2), now];
  }),
  counter("ones, up to 6", 1, [0], ([n], x) => [Math.min(6, n + x)]),
  counter("ones, twice as much after a zero", 1, [0, 0], ([n, last], x) => [
    n + x * (last === 0 ? 2 : 1),
    x,
  ]),
  counter("the largest lead of ones over zeros", 1, [0, 0], ([best, lead], x) => {
    const now = lead + 2 * x - 1;
    return [Math.max(best, now), now];
  }),
];

/** The output is what was sold; the second number is the stock. */
function sell([sold, stock]: readonly number[], x: number): readonly number[] {
  if (x === 1) return [sold, stock + 1];
  return x === 2 && stock > 0 ? [sold + 1, stock - 1] : [sold, stock];
}

export function ruleRunner({ initial, step }: CountingRule): Runner {
  return {
    initial,
    step: (state, row) => {
      const [after, output] = step(state as readonly number[], row[0]);
      return { state: after, output: String(output) };
    },
    keyOf: String,
  };
}

/** Every word of length 8, or 2,000 sequences of length 12. */
export function ruleExamples(
  rule: CountingRule,
  form: "words" | "sequences",
  seed: number,
): Examples {
  if (form === "sequences") {
    const length = 12;
    return label(
      rule,
      length,
      Array.from({ length: 2000 }, (_, s) => drawWord(rule, length, drawIntegers(seed, s))),
    );
  }
  const length = 8;
  const base = rule.high + 1;
  const words = Array.from({ length: base ** length }, (_, i) =>
    Array.from({ length }, (_, t) => Math.floor(i / base ** t) % base),
  );
  return label(rule, length, words);
}

/** A word of which all inputs are equally likely. */
function drawWord({ high }: CountingRule, length: number, draw: DrawInteger): number[] {
  return Array.from({ length }, () => draw(0, high));
}

/** The same where 0 is drawn with another share, in percent. */
export function drawSkewed(
  { high }: CountingRule,
  length: number,
  zeros: number,
  draw: DrawInteger,
) {
  return Array.from({ length }, () => (draw(1, 100) <= zeros ? 0 : draw(1, high)));
}

function label(
  rule: CountingRule,
  length: number,
  words: readonly (readonly number[])[],
): Examples {
  const runner = ruleRunner(rule);
  const y = words.flatMap((word) =>
    outputsAlong(
      runner,
      word.map((x) => [x]),
    ).map(Number),
  );
  return {
    ...{ count: words.length, length, inputDim: 1, outputDim: 1 },
    x: Int32Array.from(words.flat()),
    y: Int32Array.from(y),
  };
}
