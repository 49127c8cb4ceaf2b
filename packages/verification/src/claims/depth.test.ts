import type { Program } from "@latticode/program";
import {
  add,
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
import { productDomain, wordsOf } from "./domain.ts";

const bits = (length: number) => productDomain([[0, 1]], length);
const allWords = (length: number) =>
  Array.from(wordsOf(bits(length), length, 1), ({ x }) => Array.from(x));
const programOf = (value: Program["updates"][number]["value"]): Program => ({
  ...{ inputDim: 1, state: [{ name: "a", initial: 0 }], order: "in-place" },
  ...{ updates: [{ target: "a", value }], outputs: [state("a")] },
});
const next = add(state("a"), input(0));
const parity = programOf(modulo(next, integer(2)));

describe("the depth of labels", () => {
  test("needs every word p x w: a single one that is missing lowers it", () => {
    const words = allWords(5);
    expect(labelDepth(parity, bits(5), labelled(parity, words))).toEqual({ states: 2, upTo: 4 });
    // p is 1, x has 3 letters, and a 0 tells even from odd
    const needless = words.filter((word) => word.join("") !== "11111");
    expect(labelDepth(parity, bits(5), labelled(parity, needless))?.upTo).toBe(4);
    const without = words.filter((word) => word.join("") !== "11110");
    expect(labelDepth(parity, bits(5), labelled(parity, without))).toEqual({ states: 2, upTo: 3 });
    const zeros = words.filter((word) => word[0] === 0);
    expect(labelDepth(parity, bits(5), labelled(parity, zeros))).toBeUndefined();
  });

  test("counts states that differ, not those that a program names", () => {
    // four numbers, and only whether they are even is ever seen
    const four: Program = {
      ...programOf(modulo(next, integer(4))),
      outputs: [modulo(state("a"), integer(2))],
    };
    expect(labelDepth(four, bits(5), labelled(four, allWords(5)))?.states).toBe(2);
    const echo: Program = {
      ...parity,
      state: [],
      updates: [],
      outputs: [equal(input(0), integer(1))],
    };
    expect(labelDepth(echo, bits(3), labelled(echo, allWords(3)))).toEqual({ states: 1, upTo: 2 });
  });

  test("is of no use where words are restricted, rows unknown, or states too many", () => {
    const examples = labelled(parity, allWords(4));
    const order = { starts: Uint8Array.of(1, 1), follows: Uint8Array.of(1, 1, 1, 0) };
    expect(labelDepth(parity, { ...bits(4), order }, examples)).toBeUndefined();
    const { rows: _, ...ranges } = bits(4);
    expect(labelDepth(parity, ranges, examples)).toBeUndefined();
    const many = programOf(minimum(next, integer(300)));
    expect(labelDepth(many, bits(4), labelled(many, allWords(4)))).toBeUndefined();
  });
});

test("no machine of at most so many states fits the labels and differs", () => {
  let [fitting, differing] = [0, 0];
  for (let seed = 0; seed < 400; seed++) {
    const draw = drawIntegers(seed, 21);
    const machineOf = (stateCount: number) =>
      tableProgram(randomMachine({ stateCount, symbolCount: 2, outputCount: 2 }, "mealy", draw));
    const program = machineOf(draw(1, 2));
    const length = draw(2, 4);
    const examples = labelled(
      program,
      allWords(length).filter(() => draw(0, 9) > 0),
    );
    if (examples.count === 0) continue;
    const depth = labelDepth(program, bits(length), examples);
    for (let i = 0; depth && depth.upTo > 0 && i < 40; i++) {
      const other = machineOf(draw(1, Math.min(3, depth.upTo)));
      const { y } = labelled(
        other,
        Array.from({ length: examples.count }, (_, s) => [
          ...examples.x.subarray(s * length, (s + 1) * length),
        ]),
      );
      if (y.some((value, at) => value !== examples.y[at])) {
        differing++;
        continue;
      }
      fitting++;
      expect(firstDifference([program, other], [0, 1], 7)).toBeUndefined();
    }
  }
  expect(fitting).toBeGreaterThan(100);
  expect(differing).toBeGreaterThan(1000);
});
