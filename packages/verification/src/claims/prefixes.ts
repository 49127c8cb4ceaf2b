import type { Examples } from "@latticode/program";
import type { Domain } from "./domain.ts";
import { rowCountOf, rowFinder, rowOrderOf } from "./domain.ts";

/** The prefixes of labelled sequences, as words of row numbers. */
export interface Prefixes {
  /** Whether a word is a prefix of a sequence, so that it has a label. */
  has(word: readonly number[]): boolean;
  /** The shortest words of the domain that are none, in lexicographic order, at most so many. */
  missing(most: number): number[][];
}

/** A part of the examples makes a claim smaller, never wrong. */
const mostSequences = 20_000;

/** Gathers the prefixes of examples, whose rows are those of the domain. */
export function prefixesOf(domain: Domain, { count, length, inputDim, x }: Examples): Prefixes {
  const numberOf = rowFinder(domain);
  const rowCount = rowCountOf(domain);
  const children = new Map<number, number>();
  let nodes = 1;
  for (let s = 0; s < Math.min(count, mostSequences); s++) {
    let node = 0;
    for (let t = 0; t < length; t++) {
      const row = numberOf(x, (s * length + t) * inputDim);
      if (row < 0) break;
      const key = node * rowCount + row;
      let child = children.get(key);
      if (child === undefined) {
        child = nodes++;
        children.set(key, child);
      }
      node = child;
    }
  }
  return {
    has(word) {
      let node: number | undefined = 0;
      for (const row of word) {
        node = children.get(node * rowCount + row);
        if (node === undefined) return false;
      }
      return true;
    },
    missing(most) {
      const mayFollow = rowOrderOf(domain);
      const found: number[][] = [];
      let layer: { node: number; word: number[] }[] = [{ node: 0, word: [] }];
      for (let depth = 0; depth < length && layer.length > 0; depth++) {
        const next: typeof layer = [];
        for (const { node, word } of layer) {
          for (let row = 0; row < rowCount; row++) {
            if (!mayFollow(word[word.length - 1] ?? -1, row)) continue;
            const child = children.get(node * rowCount + row);
            if (child !== undefined) next.push({ node: child, word: [...word, row] });
            else if (found.push([...word, row]) === most) return found;
          }
        }
        layer = next;
      }
      return found;
    },
  };
}
