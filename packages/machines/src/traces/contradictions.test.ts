import type { Examples } from "@latticode/program";
import { drawIntegers } from "@latticode/program";
import { describe, expect, test } from "vitest";
import { findContradictions } from "./contradictions.ts";

function drawExamples(seed: number, sizes: Omit<Examples, "x" | "y">, values: number): Examples {
  const draw = drawIntegers(seed, 3);
  const { count, length, inputDim, outputDim } = sizes;
  const x = Int32Array.from({ length: count * length * inputDim }, () => draw(-1, values));
  const y = Int32Array.from({ length: count * length * outputDim }, () => draw(0, 1));
  return { ...sizes, x, y };
}

/** The definition, by strings: O(count length^2). */
function byDefinition({ count, length, inputDim, outputDim, x, y }: Examples, known?: Uint8Array) {
  const labels = new Map<string, { sequence: number; output: string }[]>();
  for (let i = 0; i < count; i++) {
    for (let t = 0; t < length; t++) {
      if (known?.[i * length + t] === 0) continue;
      const at = i * length;
      const prefix = x.subarray(at * inputDim, (at + t + 1) * inputDim).join();
      const output = y.subarray((at + t) * outputDim, (at + t + 1) * outputDim).join();
      labels.set(prefix, [...(labels.get(prefix) ?? []), { sequence: i, output }]);
    }
  }
  const contradicting = [...labels.values()].filter(
    (all) => new Set(all.map(({ output }) => output)).size > 1,
  );
  return {
    prefixes: contradicting.length,
    positions: contradicting.flat().length,
    sequences: new Set(contradicting.flat().map(({ sequence }) => sequence)).size,
  };
}

describe("contradictions", () => {
  test("two sequences are named with the first position at which they differ", () => {
    const examples: Examples = {
      count: 3,
      length: 3,
      inputDim: 2,
      outputDim: 2,
      x: Int32Array.of(1, 1, 2, 2, 3, 3, /**/ 1, 1, 2, 0, 3, 3, /**/ 1, 1, 2, 2, 4, 4),
      y: Int32Array.of(0, 0, 5, 6, 0, 0, /**/ 0, 0, 9, 9, 0, 0, /**/ 0, 0, 5, 7, 1, 1),
    };
    const pair = {
      sequences: [0, 2],
      position: 1,
      outputs: [
        [5, 6],
        [5, 7],
      ],
    };
    expect(findContradictions(examples)).toEqual({
      pairs: [pair],
      prefixes: 1,
      sequences: 2,
      positions: 2,
    });
  });

  test.each(Array.from({ length: 40 }, (_, seed) => seed))(
    "are those of the definition, draw %i",
    (seed) => {
      const draw = drawIntegers(seed, 1);
      const sizes = {
        count: draw(0, 60),
        length: draw(1, 6),
        inputDim: draw(1, 3),
        outputDim: draw(1, 2),
      };
      const examples = drawExamples(seed, sizes, draw(0, 2));
      const { length, inputDim, outputDim, x, y } = examples;
      const known =
        seed % 2 === 0
          ? undefined
          : Uint8Array.from({ length: sizes.count * length }, () => draw(0, 1));
      const { pairs, ...counts } = findContradictions(examples, { known });
      expect(counts).toEqual(byDefinition(examples, known));
      expect(pairs.length > 0).toBe(counts.prefixes > 0);
      expect(new Set(pairs.map(({ sequences }) => sequences.join())).size).toBe(pairs.length);
      for (const { sequences, position, outputs } of pairs) {
        const [a, b] = sequences.map((i) => ({
          prefix: [...x.subarray(i * length * inputDim, (i * length + position + 1) * inputDim)],
          output: [...y.subarray((i * length + position) * outputDim).subarray(0, outputDim)],
        }));
        expect(a.prefix).toEqual(b.prefix);
        expect([a.output, b.output]).toEqual(outputs);
        expect(a.output).not.toEqual(b.output);
      }
    },
  );

  test("rows that differ do not contradict each other, however many there are", () => {
    const count = 3000;
    const draw = drawIntegers(1, 1);
    const values = new Set<number>();
    while (values.size < count) values.add(draw(-(2 ** 31), 2 ** 31 - 1));
    const x = Int32Array.from(values);
    const y = Int32Array.from({ length: count }, (_, i) => i);
    const examples = { count, length: 1, inputDim: 1, outputDim: 1, x, y };
    expect(findContradictions(examples).positions).toBe(0);
    x[count - 1] = x[0];
    expect(findContradictions(examples).pairs).toEqual([
      { sequences: [0, count - 1], position: 0, outputs: [[0], [count - 1]] },
    ]);
  });

  test("a mask of another size is refused", () => {
    const examples = drawExamples(1, { count: 2, length: 3, inputDim: 1, outputDim: 1 }, 1);
    expect(() => findContradictions(examples, { known: new Uint8Array(5) })).toThrow(
      "known: has 5 entries, [count, length] asks for 6 of them",
    );
  });
});
