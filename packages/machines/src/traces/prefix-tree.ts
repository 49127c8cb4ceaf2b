import { createRefiner, onePartition } from "./partition.ts";

/**
 * The tree of all prefixes of some words. Nodes are numbered by length of their prefix, then in
 * lexicographic order, so that the order of the words does not matter. Node 0 is the empty prefix.
 */
export interface PrefixTree {
  readonly nodeCount: number;
  /** The node of the prefix shorter by one, -1 for the root: [nodeCount] */
  readonly parents: Int32Array;
  /** The last symbol of the prefix, -1 for the root: [nodeCount] */
  readonly symbols: Int32Array;
  /** The node after each position of each word, -1 beyond its end: [count, length] */
  readonly nodes: Int32Array;
}

/** Words of symbols 0, 1, ..., symbolCount - 1. */
export interface Words {
  readonly count: number;
  /** Places per word. */
  readonly length: number;
  readonly symbolCount: number;
  /** [count, length]; -1 from a word's end on */
  readonly symbols: Int32Array;
}

/** Builds the tree in linear time and memory. */
export function prefixTree({ count, length, symbolCount, symbols }: Words): PrefixTree {
  const nodes = new Int32Array(count * length).fill(-1);
  const capacity = symbols.reduce((sum, symbol) => sum + (symbol < 0 ? 0 : 1), 1);
  const parents = new Int32Array(capacity).fill(-1);
  const lastSymbols = new Int32Array(capacity).fill(-1);
  const { refine } = createRefiner();
  const sort = createPairSort(symbolCount);
  let prefixes = onePartition(count);
  let longer = onePartition(count);
  let isShared = count > 1;
  // the node of each word's prefix; words that stand for their class, in the order of these nodes
  const current = new Int32Array(count);
  let leaders: Int32Array = Int32Array.from({ length: Math.min(count, 1) }, (_, i) => i);
  let levelStart = 0;
  let nodeCount = 1;
  for (let position = 0; position < length && leaders.length > 0; position++) {
    const goesOn = (i: number) => symbols[i * length + position] >= 0;
    if (isShared) {
      isShared = refine(
        prefixes,
        { values: symbols, offset: position, stride: length, width: 1 },
        longer,
      );
      [prefixes, longer] = [longer, prefixes];
      // words of one class end together
      const unsorted = prefixes.classes.filter((leader, i) => leader === i && goesOn(i));
      leaders = sort(unsorted, {
        first: (i) => current[i] - levelStart,
        firstCount: nodeCount - levelStart,
        second: (i) => symbols[i * length + position],
      });
    } else {
      // at most one child per node, so in the order of the parents
      leaders = leaders.filter(goesOn);
    }
    levelStart = nodeCount;
    for (const leader of leaders) {
      parents[nodeCount] = current[leader];
      lastSymbols[nodeCount] = symbols[leader * length + position];
      nodes[leader * length + position] = nodeCount++;
    }
    for (const leader of leaders) current[leader] = nodes[leader * length + position];
    if (!isShared) continue;
    for (let i = 0; i < count; i++) {
      const leader = prefixes.classes[i];
      if (leader === i || !goesOn(i)) continue;
      current[i] = current[leader];
      nodes[i * length + position] = current[i];
    }
  }
  return {
    nodeCount,
    parents: parents.slice(0, nodeCount),
    symbols: lastSymbols.slice(0, nodeCount),
    nodes,
  };
}

interface PairKeys {
  /** From 0 to firstCount - 1. */
  readonly first: (item: number) => number;
  readonly firstCount: number;
  /** From 0 to secondCount - 1. */
  readonly second: (item: number) => number;
}

/** Sorts items by pairs of keys, in linear time by counting unless there are few of them. */
function createPairSort(secondCount: number) {
  const countingSort = (items: Int32Array, key: (item: number) => number, keyCount: number) => {
    const starts = new Int32Array(keyCount + 1);
    for (const item of items) starts[key(item) + 1]++;
    for (let k = 0; k < keyCount; k++) starts[k + 1] += starts[k];
    const sorted = new Int32Array(items.length);
    for (const item of items) sorted[starts[key(item)]++] = item;
    return sorted;
  };
  return (items: Int32Array, { first, firstCount, second }: PairKeys): Int32Array => {
    if (items.length < 16 || items.length * 4 < secondCount) {
      return items.sort((a, b) => first(a) - first(b) || second(a) - second(b));
    }
    return countingSort(countingSort(items, second, secondCount), first, firstCount);
  };
}
