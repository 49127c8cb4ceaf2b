import type { Examples } from "@latticode/program";
import { drawIntegers, selectExamples } from "@latticode/program";
import { describe, expect, test } from "vitest";
import { findContradictions } from "./contradictions.ts";
import { findSuspects } from "./suspects.ts";

function drawExamples(seed: number, count: number, length: number): Examples {
  const draw = drawIntegers(seed, 1);
  return {
    count,
    length,
    inputDim: 1,
    outputDim: 1,
    x: Int32Array.from({ length: count * length }, () => draw(0, 1)),
    y: Int32Array.from({ length: count * length }, () => draw(0, 1)),
  };
}

const without = (examples: Examples, left: ArrayLike<number>) => {
  const kept = Array.from({ length: examples.count }, (_, i) => i);
  return selectExamples(
    examples,
    kept.filter((i) => !Array.from(left).includes(i)),
  );
};

/** The fewest sequences to leave out, by trying all sets. */
function fewest(examples: Examples): number {
  let least = examples.count;
  for (let set = 0; set < 1 << examples.count; set++) {
    const left = Array.from({ length: examples.count }, (_, i) => i).filter((i) => (set >> i) & 1);
    if (left.length >= least) continue;
    if (findContradictions(without(examples, left)).positions === 0) least = left.length;
  }
  return least;
}

describe("suspects", () => {
  test("are the minority, and the later one of two", () => {
    const examples: Examples = {
      count: 5,
      length: 2,
      inputDim: 1,
      outputDim: 1,
      x: Int32Array.of(1, 0, /**/ 1, 0, /**/ 1, 0, /**/ 0, 0, /**/ 0, 0),
      y: Int32Array.of(7, 1, /**/ 1, 1, /**/ 1, 1, /**/ 0, 1, /**/ 0, 2),
    };
    const { labels, sequences } = findSuspects(examples);
    expect([...labels]).toEqual([0, 0, 4, 1]);
    expect([...sequences]).toEqual([0, 4]);
  });

  test("are none where nothing contradicts", () => {
    const { labels, sequences } = findSuspects({ ...drawExamples(1, 9, 3), y: new Int32Array(27) });
    expect([labels.length, sequences.length]).toEqual([0, 0]);
  });

  test.each(Array.from({ length: 30 }, (_, seed) => seed))(
    "are as few as can be, draw %i",
    (seed) => {
      const draw = drawIntegers(seed, 5);
      const examples = drawExamples(seed, draw(2, 9), draw(1, 3));
      const { labels, sequences } = findSuspects(examples);
      expect(findContradictions(without(examples, sequences)).positions).toBe(0);
      expect(sequences.length).toBe(fewest(examples));
      const known = new Uint8Array(examples.y.length).fill(1);
      for (let k = 0; k < labels.length; k += 2) {
        known[labels[k] * examples.length + labels[k + 1]] = 0;
      }
      expect(findContradictions(examples, { known }).positions).toBe(0);
      // one label more than the largest class of each prefix
      const largest = new Map<string, Map<number, number>>();
      for (let at = 0; at < examples.y.length; at++) {
        const start = at - (at % examples.length);
        const prefix = examples.x.subarray(start, at + 1).join();
        const answers = largest.get(prefix) ?? new Map<number, number>();
        largest.set(prefix, answers.set(examples.y[at], (answers.get(examples.y[at]) ?? 0) + 1));
      }
      const kept = [...largest.values()].reduce((sum, a) => sum + Math.max(...a.values()), 0);
      expect(labels.length / 2).toBe(examples.y.length - kept);
    },
  );

  test.each(Array.from({ length: 30 }, (_, seed) => seed))(
    "leave no contradiction where labels are missing, draw %i",
    (seed) => {
      const draw = drawIntegers(seed, 6);
      const examples = drawExamples(seed, draw(2, 30), draw(1, 4));
      const { count, length } = examples;
      const known = Uint8Array.from({ length: count * length }, () => draw(0, 1));
      const { labels, sequences } = findSuspects(examples, { known });
      const fewer = known.slice();
      for (const i of sequences) fewer.fill(0, i * length, (i + 1) * length);
      expect(findContradictions(examples, { known: fewer }).positions).toBe(0);
      const single = known.slice();
      for (let k = 0; k < labels.length; k += 2) {
        expect(single[labels[k] * length + labels[k + 1]]).toBe(1);
        single[labels[k] * length + labels[k + 1]] = 0;
      }
      expect(findContradictions(examples, { known: single }).positions).toBe(0);
    },
  );

  test("of two per cent of wrong labels are the wrong ones", () => {
    // parity, all words of 6 bits 20 times
    const length = 6;
    const x = Int32Array.from({ length: 1280 * length }, (_, at) => {
      return (Math.floor(at / length) >> (at % length)) & 1;
    });
    const y = new Int32Array(x.length);
    for (let at = 0; at < x.length; at++) y[at] = x[at] ^ (at % length === 0 ? 0 : y[at - 1]);
    const draw = drawIntegers(3, 1);
    const wrong: number[] = [];
    for (let at = 0; at < y.length; at++) {
      if (draw(0, 49) > 0) continue;
      y[at] ^= 1;
      wrong.push(Math.floor(at / length), at % length);
    }
    const { labels } = findSuspects({ count: 1280, length, inputDim: 1, outputDim: 1, x, y });
    expect([...labels]).toEqual(wrong);
  });
});
