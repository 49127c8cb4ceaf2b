import { numberOutputs, programWalker } from "@latticode/machines";
import type { Examples, Program } from "@latticode/program";
import {
  add,
  compileProgram,
  conditional,
  equal,
  input,
  integer,
  minimum,
  modulo,
  state,
} from "@latticode/program";
import { expect, test } from "vitest";
import { type Domain, productDomain } from "./domain.ts";
import { shownSteps } from "./shown.ts";

const next = add(state("a"), input(0));
const isMark = equal(input(0), integer(2));

/** The parity so far; a 2 answers with 2 and starts again. */
const restarting: Program = {
  ...{ inputDim: 1, state: [{ name: "a", initial: 0 }], order: "in-place" },
  updates: [{ target: "a", value: conditional(isMark, integer(0), modulo(next, integer(2))) }],
  outputs: [conditional(isMark, integer(2), state("a"))],
};

function labelled(program: Program, words: readonly string[]): Examples {
  const run = compileProgram(program);
  const rows = words.map((word) => Array.from(word, Number));
  return {
    ...{ count: words.length, length: words[0].length, inputDim: 1, outputDim: 1 },
    x: Int32Array.from(rows.flat()),
    y: Int32Array.from(rows.flatMap((row) => run(row, row.length).map(Number))),
  };
}

/** What is said of the step that a row takes from the state after a word. */
function shownAfter(
  [program, domain]: readonly [Program, Domain],
  words: readonly string[],
  [word, row, remaining]: readonly [string, number, number],
  isSmall = true,
) {
  const walker = programWalker(program, domain.rows!, numberOutputs());
  const find = (letters: string) =>
    Array.from(letters, Number).reduce((at, x) => walker.step(at, x).next, walker.initial);
  const from = find(word);
  const step = { state: from, row, next: walker.step(from, row).next, remaining };
  const states = [...new Set(["", "1", "11", "111"].map(find))];
  const [shown] = shownSteps(walker, domain, labelled(program, words), {
    ...{ steps: [step], states, isSmall },
  });
  return shown;
}

const marks = [restarting, productDomain([[0, 1, 2]], 4)] as const;

test("a step that only ends examples is open: no label tells where it leads", () => {
  expect(shownAfter(marks, ["0110", "0112", "1011", "1112"], ["1", 2, 2])).toEqual({ open: [0] });
  expect(shownAfter(marks, ["0110", "0112", "1011", "1120"], ["1", 2, 2])).toBe("not taken");
  expect(shownAfter(marks, ["0110", "1011", "1200"], ["1", 2, 2])).toBe("shown");
});

test("at the last position there is nothing that a step could lead to", () => {
  expect(shownAfter(marks, ["0112", "0002"], ["", 2, 0])).toBe("shown");
  expect(shownAfter(marks, ["0112", "0002"], ["", 2, 1])).toEqual({ open: [0] });
});

test("what follows has to tell the state from every other, not from some", () => {
  // 3 at the most: after 0 a one leads to 1, which two ones more tell from 0, 2 and 3
  const limited: Program = {
    ...{ inputDim: 1, state: [{ name: "a", initial: 0 }], order: "in-place" },
    updates: [{ target: "a", value: minimum(next, integer(3)) }],
    // only 3 is seen
    outputs: [equal(state("a"), integer(3))],
  };
  const bits = [limited, productDomain([[0, 1]], 4)] as const;
  expect(shownAfter(bits, ["1110"], ["", 1, 3])).toBe("shown");
  // that it is not 3 and not 2 is told, but not that it is not 0: two ones more would do
  expect(shownAfter(bits, ["1100"], ["", 1, 3])).toEqual({ open: [1, 1] });
  expect(shownAfter(bits, ["1010"], ["", 1, 3])).toEqual({ open: [1, 1] });
  // where there are many steps, one state less is enough
  expect(shownAfter(bits, ["1100"], ["", 1, 3], false)).toBe("shown");
  expect(shownAfter(bits, ["0001"], ["", 1, 3], false)).toEqual({ open: [1, 1] });
  // one example for each will do
  expect(shownAfter(bits, ["1010", "1110", "0000"], ["", 1, 3])).toBe("shown");
  // with a single position left 0 and 1 are the same
  expect(shownAfter(bits, ["1000"], ["", 1, 1])).toEqual({ open: [1] });
  expect(shownAfter(bits, ["1100"], ["", 1, 1])).toBe("shown");
});

test("words that would tell keep to what can follow", () => {
  const [program, domain] = marks;
  // a 2 is followed by a 1 or nothing
  const order = {
    starts: Uint8Array.of(1, 1, 1),
    follows: Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 1, 0),
  };
  const ordered = [program, { ...domain, order }] as const;
  expect(shownAfter(ordered, ["0112"], ["", 1, 3])).toBe("shown");
  expect(shownAfter(ordered, ["1112", "0012"], ["1", 2, 2])).toEqual({ open: [1] });
});
