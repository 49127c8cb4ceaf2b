import { drawIntegers } from "@latticode/program";
import { type System, stepBy } from "../system.ts";

/**
 * Words that are asked after a prefix, as a tree: its nodes by level, each a word one symbol longer
 * than its parent's. The nodes up to a level are those of the shallower tree.
 */
export interface SuffixTree {
  /** Nodes up to each level, from level 0 on: [depth + 1] */
  readonly ends: readonly number[];
  /** Parent of each node, -1 for the prefix itself: [nodes] */
  readonly parents: Int32Array;
  /** [nodes] */
  readonly symbols: Int32Array;
}

/** As many suffixes are asked on a level where there are too many. */
const sampledNodes = 256;

export interface SuffixOptions {
  /** All suffixes are asked while there are no more than this. */
  readonly mostNodes: number;
  /** For the sample; an integer from 0 to 2^32 - 1. */
  readonly seed: number;
}

/**
 * The suffixes of up to `depth` symbols: all of them, or from the level on where there are too
 * many, those of one symbol repeated and a random sample.
 */
export function suffixTree(symbolCount: number, depth: number, options: SuffixOptions): SuffixTree {
  const { mostNodes, seed } = options;
  const draw = drawIntegers(seed, 1);
  const ends = [0];
  const parents: number[] = [];
  const symbols: number[] = [];
  let level = [-1];
  for (let d = 1; d <= depth; d++) {
    const next: number[] = [];
    const append = (parent: number, symbol: number) => {
      next.push(parents.length);
      parents.push(parent);
      symbols.push(symbol);
    };
    if (parents.length + level.length * symbolCount <= mostNodes) {
      for (const parent of level) for (let s = 0; s < symbolCount; s++) append(parent, s);
    } else {
      const repeats = level.filter((node) => isRepetition(node, parents, symbols));
      for (const node of repeats) append(node, symbols[node]);
      const children = new Set<number>();
      const most = Math.min(sampledNodes, level.length * symbolCount - repeats.length);
      for (let drawn = 0; drawn < 4 * most && next.length < most; drawn++) {
        const parent = level[draw(0, level.length - 1)];
        const symbol = draw(0, symbolCount - 1);
        const repeated = symbol === symbols[parent] && isRepetition(parent, parents, symbols);
        if (repeated || children.has(parent * symbolCount + symbol)) continue;
        children.add(parent * symbolCount + symbol);
        append(parent, symbol);
      }
    }
    ends.push(parents.length);
    level = next;
  }
  return { ends, parents: Int32Array.from(parents), symbols: Int32Array.from(symbols) };
}

function isRepetition(node: number, parents: readonly number[], symbols: readonly number[]) {
  for (let n = node; n >= 0; n = parents[n]) if (symbols[n] !== symbols[node]) return false;
  return true;
}

/** Rows that are stepped at once. */
const chunk = 1 << 16;

/**
 * The outputs on all suffixes of up to `depth` symbols from each state.
 *
 * @param h [rows, hiddenDim]
 * @returns [rows, nodes, outputDim] with the nodes up to the level `depth`
 */
export function residuals(
  system: System,
  tree: SuffixTree,
  depth: number,
  h: Float64Array,
): Int32Array {
  const { hiddenDim, outputDim } = system;
  const nodes = tree.ends[depth];
  const rows = h.length / hiddenDim;
  const results = new Int32Array(rows * nodes * outputDim);
  const most = Math.max(1, Math.floor(chunk / Math.max(1, nodes)));
  for (let first = 0; first < rows; first += most) {
    const count = Math.min(most, rows - first);
    // states of the level before, [its nodes, count, hiddenDim]
    let before = h.subarray(first * hiddenDim, (first + count) * hiddenDim);
    let beforeStart = -1;
    for (let d = 1; d <= depth; d++) {
      const start = tree.ends[d - 1];
      const width = tree.ends[d] - start;
      const from = new Float64Array(width * count * hiddenDim);
      const by = new Int32Array(width * count);
      for (let i = 0; i < width; i++) {
        const place = (tree.parents[start + i] - beforeStart) * count * hiddenDim;
        from.set(before.subarray(place, place + count * hiddenDim), i * count * hiddenDim);
        by.fill(tree.symbols[start + i], i * count, (i + 1) * count);
      }
      const { h: after, y } = stepBy(system, from, by);
      for (let i = 0; i < width; i++) {
        for (let row = 0; row < count; row++) {
          const to = ((first + row) * nodes + start + i) * outputDim;
          const source = (i * count + row) * outputDim;
          for (let k = 0; k < outputDim; k++) results[to + k] = y[source + k];
        }
      }
      before = after;
      beforeStart = start;
    }
  }
  return results;
}
