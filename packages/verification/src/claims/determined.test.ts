import { isRejection, traceMachines } from "@latticode/machines";
import type { Examples, Program } from "@latticode/program";
import {
  add,
  compileProgram,
  conditional,
  drawIntegers,
  equal,
  input,
  integer,
  minimum,
  modulo,
  state,
} from "@latticode/program";
import { describe, expect, test } from "vitest";
import { randomMachine } from "../../../machines/testing/random-machine.ts";
import { firstDifference, labelled, tableProgram } from "../../testing/tables.ts";
import { labelDepth } from "./depth.ts";
import { determine } from "./determined.ts";
import { drawWords, observeDomain, productDomain, wordsOf } from "./domain.ts";

const programOf = (value: Program["updates"][number]["value"]): Program => ({
  ...{ inputDim: 1, state: [{ name: "a", initial: 0 }], order: "in-place" },
  ...{ updates: [{ target: "a", value }], outputs: [state("a")] },
});
const next = add(state("a"), input(0));
const parity = programOf(modulo(next, integer(2)));
const threes = programOf(modulo(next, integer(3)));
const saturating = programOf(minimum(next, integer(5)));

function label(program: Program, x: Int32Array, length: number): Examples {
  const run = compileProgram(program);
  const count = x.length / length;
  const y = new Int32Array(x.length);
  for (let s = 0; s < count; s++) {
    y.set(run(x.subarray(s * length, (s + 1) * length), length).map(Number), s * length);
  }
  return { count, length, inputDim: 1, outputDim: 1, x, y };
}
const bits = (length: number) => productDomain([[0, 1]], length);
const all = (program: Program, length: number) =>
  label(program, [...wordsOf(bits(length), length, 2 ** length)][0].x, length);
const random = (program: Program, count: number, length: number, seed = 1) =>
  label(program, drawWords(bits(length), { count, length, seed }).x, length);
const nothing = { ...random(parity, 1, 8), count: 0, x: new Int32Array(0), y: new Int32Array(0) };

describe("labels determine a program", () => {
  test("where every word has one", () => {
    const examples = all(saturating, 6);
    const data = { domain: observeDomain(examples), examples, heldBack: nothing };
    expect(determine(saturating, data, { seed: 1 })).toMatchObject({
      ...{ determined: true, exhaustive: true, rivals: [] },
    });
  });

  test("where all steps are shown and 60 distinct sequences were held back", () => {
    const examples = random(threes, 1000, 10);
    const domain = observeDomain(examples);
    const heldBack = random(threes, 100, 10, 2);
    const found = determine(threes, { domain, examples, heldBack }, { seed: 1 });
    expect(found.determined).toBe(true);
    expect(found.bound).toBeLessThan(0.05);
    // too few of them, and no depth either
    const few = { domain, examples: random(threes, 15, 10), heldBack: random(threes, 5, 10, 2) };
    expect(determine(threes, few, { seed: 1 }).determined).toBe(false);
  });

  test("not where a step is not shown, which is a question to ask", () => {
    const { x } = drawWords(bits(10), { count: 800, length: 10, seed: 3 });
    const isLow = (word: Int32Array) => word.reduce((sum, bit) => sum + bit, 0) < 5;
    const words = Array.from({ length: 800 }, (_, s) => x.slice(s * 10, (s + 1) * 10)).filter(
      isLow,
    );
    const examples = label(saturating, Int32Array.from(words.flatMap((w) => [...w])), 10);
    const data = { domain: bits(10), examples, heldBack: examples };
    const found = determine(saturating, data, { seed: 1 });
    expect(found.determined).toBe(false);
    expect(found.questions[0].join("")).toBe("11111");
  });

  test("not where a machine that is merged from them differs", () => {
    // four states behind labels that a program of two fits
    const words = [
      [0, 0, 0, 1],
      [0, 0, 1, 0],
      [0, 1, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const y = words.flatMap((word) => word.map((bit) => 1 - bit));
    const x = Int32Array.from(words.flat());
    const examples = { count: 5, length: 4, inputDim: 1, outputDim: 1, x, y: Int32Array.from(y) };
    const stateless: Program = {
      ...{ inputDim: 1, state: [], order: "in-place", updates: [] },
      outputs: [equal(input(0), integer(0))],
    };
    const data = { domain: bits(4), examples, heldBack: nothing };
    expect(determine(stateless, data, { seed: 1 }).determined).toBe(false);
  });

  test("not where another program that fits them all differs, at the shortest word", () => {
    const { x } = drawWords(bits(6), { count: 400, length: 6, seed: 3 });
    const words = Array.from({ length: 400 }, (_, s) => x.slice(s * 6, (s + 1) * 6));
    const low = words.filter((word) => word.reduce((sum, bit) => sum + bit, 0) < 6);
    const examples = label(saturating, Int32Array.from(low.flatMap((w) => [...w])), 6);
    const others = [{ description: "a sum", program: programOf(next) }];
    const data = { domain: bits(6), examples, heldBack: examples, others };
    const { determined, rivals } = determine(saturating, data, { seed: 1 });
    expect(determined).toBe(false);
    expect(rivals[0]).toMatchObject({ description: "a sum", outputs: [[5], [6]] });
    expect(rivals[0].word.join("")).toBe("111111");
  });
});

test("what ends examples only is no step that labels show, however many are held back", () => {
  // the parity so far, and a 2 starts again: whether it does is never seen
  const isMark = equal(input(0), integer(2));
  const restarting: Program = {
    ...programOf(conditional(isMark, integer(0), modulo(next, integer(2)))),
    outputs: [conditional(isMark, integer(2), state("a"))],
  };
  const draw = drawIntegers(3, 0);
  const words = Array.from({ length: 600 }, () => {
    const bits = Array.from({ length: 8 }, () => draw(0, 1));
    return draw(0, 19) === 0 ? [...bits.slice(1), 2] : bits;
  });
  const examples = labelled(restarting, words);
  const heldBack = labelled(restarting, words.slice(0, 120));
  const data = { domain: productDomain([[0, 1, 2]], 8), examples, heldBack };
  const found = determine(restarting, data, { seed: 1 });
  expect(found).toMatchObject({ determined: false, rivals: [], steps: { total: 6, shown: 4 } });
  expect(found.steps.missing.map((word) => word.join(""))).toEqual(["20", "120"]);
});

test("a program that random machines' labels determine is right on all words of the length", () => {
  const counts = { determined: 0, open: 0 };
  for (let seed = 0; seed < 200; seed++) {
    const draw = drawIntegers(seed, 41);
    const kind = draw(0, 1) === 0 ? "mealy" : "moore";
    const sizes = { stateCount: draw(2, 5), symbolCount: 2, outputCount: 2 };
    const truth = tableProgram(randomMachine(sizes, kind, draw));
    const length = draw(4, 8);
    const ones = draw(1, 5);
    const words = Array.from({ length: draw(0, 1) === 0 ? 60 : 400 }, () =>
      Array.from({ length }, () => (draw(0, 9) < ones ? 1 : 0)),
    );
    const examples = labelled(truth, words);
    const merged = traceMachines(examples);
    if (isRejection(merged)) throw new Error(merged.rejected);
    const heldBack = labelled(truth, words.slice(0, words.length / 5));
    const domain = observeDomain(examples);
    for (const { machine } of merged) {
      const program = tableProgram(machine);
      const { y } = labelled(program, words);
      if (machine.symbols.length < 2 || y.some((value, at) => value !== examples.y[at])) continue;
      const data = { domain, examples, heldBack };
      if (!determine(program, data, { seed: 1 }).determined) {
        counts.open++;
        continue;
      }
      counts.determined++;
      expect(firstDifference([program, truth], [0, 1], length), `seed ${seed}`).toBeUndefined();
    }
  }
  expect(counts.determined).toBeGreaterThan(60);
  expect(counts.open).toBeGreaterThan(60);
});

describe("the depth of labels", () => {
  test("grows with the length of words that are all labelled", () => {
    // parity: a word of one letter tells its states apart; states are reached by words of 0 and 1
    for (const length of [2, 3, 5]) {
      expect(labelDepth(parity, bits(length), all(parity, length))).toEqual({
        ...{ states: 2, upTo: 2 + (length - 2) - 1 },
      });
    }
  });

  test("is absent where the program is no finite machine, or its states are not told apart", () => {
    expect(labelDepth(programOf(next), bits(5), all(programOf(next), 5))).toBeUndefined();
    expect(labelDepth(threes, bits(2), all(threes, 2))).toBeUndefined();
  });
});
