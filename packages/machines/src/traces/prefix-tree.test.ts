import { drawIntegers } from "@latticode/program";
import { describe, expect, test } from "vitest";
import { prefixTree } from "./prefix-tree.ts";

/** All prefixes by length, then lexicographically, by strings of fixed width. */
function prefixesOf(words: readonly (readonly number[])[]): string[] {
  const keys = new Set([""]);
  for (const word of words) {
    for (let end = 1; end <= word.length; end++) {
      keys.add(
        word
          .slice(0, end)
          .map((symbol) => String(symbol).padStart(6, "0"))
          .join(""),
      );
    }
  }
  return [...keys].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

describe("prefix tree", () => {
  test.each(Array.from({ length: 30 }, (_, seed) => seed))(
    "has every prefix once, in order, draw %i",
    (seed) => {
      const draw = drawIntegers(seed, 1);
      const count = draw(0, 200);
      const length = draw(1, 9);
      const symbolCount = [1, 2, 3, 10, 500][seed % 5];
      const words = Array.from({ length: count }, () =>
        Array.from({ length: draw(0, length) }, () => draw(0, symbolCount - 1)),
      );
      const symbols = new Int32Array(count * length).fill(-1);
      words.forEach((word, i) => {
        symbols.set(word, i * length);
      });
      const tree = prefixTree({ count, length, symbolCount, symbols });
      const prefixes = prefixesOf(words);
      expect(tree.nodeCount).toBe(prefixes.length);
      const spelled = [""];
      for (let node = 1; node < tree.nodeCount; node++) {
        expect(tree.parents[node]).toBeLessThan(node);
        spelled.push(spelled[tree.parents[node]] + String(tree.symbols[node]).padStart(6, "0"));
      }
      expect(spelled).toEqual(prefixes);
      words.forEach((word, i) => {
        for (let at = 0; at < length; at++) {
          const node = tree.nodes[i * length + at];
          const prefix = prefixesOf([word.slice(0, at + 1)]).at(-1)!;
          expect(node < 0 ? undefined : prefixes[node]).toBe(at < word.length ? prefix : undefined);
        }
      });
    },
  );

  test("of one long word, and of two that are equal, is a chain", () => {
    const length = 20000;
    const word = Int32Array.from({ length }, (_, at) => at % 3);
    for (const count of [1, 2]) {
      const symbols = new Int32Array(count * length);
      for (let i = 0; i < count; i++) symbols.set(word, i * length);
      const { nodeCount, nodes } = prefixTree({ count, length, symbolCount: 3, symbols });
      expect(nodeCount).toBe(length + 1);
      expect(nodes.every((node, at) => node === (at % length) + 1)).toBe(true);
    }
  });
});
