import type { Examples } from "@latticode/program";
import { checkExamples } from "@latticode/program";
import { createRefiner, onePartition } from "./partition.ts";

/**
 * Two sequences that agree on the inputs up to and including a position and differ in the outputs
 * there.
 */
export interface Contradiction {
  /** Their indices, the smaller one first. */
  readonly sequences: readonly [number, number];
  /** The position, counted from 0. */
  readonly position: number;
  /** Outputs there, [outputDim] each. */
  readonly outputs: readonly [readonly number[], readonly number[]];
}

/** Labels that no function of the past can give. */
export interface Contradictions {
  /** Up to five, no two of them between the same sequences: earliest positions first, then rows. */
  readonly pairs: readonly Contradiction[];
  /** Distinct prefixes with more than one label. */
  readonly prefixes: number;
  /** Sequences with a label that another sequence contradicts. */
  readonly sequences: number;
  /** Such labels: positions of sequences. */
  readonly positions: number;
}

/** Which labels are there. */
export interface Labelled {
  /** [count, length]: 0 where there is no label, whatever y holds; all are there unless told */
  readonly known?: Uint8Array | undefined;
}

/** Contradictions that are named; the others are counted. */
const mostPairs = 5;

/**
 * Finds the labels that contradict each other, in one pass over the prefixes. Takes time linear in
 * the examples and at most 40 bytes per sequence beside them.
 *
 * @throws Error for examples or a mask of the wrong size
 * @example
 * // two sequences that start with 1 and are answered with 0 and with 7
 * const examples = {
 *   count: 2, length: 2, inputDim: 1, outputDim: 1,
 *   x: Int32Array.of(1, 0, 1, 1), y: Int32Array.of(0, 0, 7, 0),
 * };
 * findContradictions(examples).pairs; // [{ sequences: [0, 1], position: 0, outputs: [[0], [7]] }]
 */
export function findContradictions(examples: Examples, options: Labelled = {}): Contradictions {
  checkExamples(examples);
  if (!options.known && isSurelyConsistent(examples)) {
    return { pairs: [], prefixes: 0, sequences: 0, positions: 0 };
  }
  return scanContradictions(examples, options).contradictions;
}

/**
 * Whether a quick look rules contradictions out. In lexicographic order, two sequences share no
 * longer a prefix than any neighbours between them do, so that comparing neighbours is enough.
 * Sequences are sorted as numbers, where these and their places fit into 53 bits; else nothing is
 * said.
 */
function isSurelyConsistent({ count, length, inputDim, outputDim, x, y }: Examples): boolean {
  const bounds = Array.from({ length: inputDim }, (_, column) => {
    let [min, max] = [0, 0];
    for (let i = column; i < x.length; i += inputDim) {
      if (x[i] < min) min = x[i];
      if (x[i] > max) max = x[i];
    }
    return { min, size: max - min + 1 };
  });
  const rows = bounds.reduce((product, { size }) => product * size, 1);
  let all = count;
  for (let t = 0; t < length; t++) {
    all *= rows;
    if (all > Number.MAX_SAFE_INTEGER) return false;
  }
  const sizes = bounds.map(({ size }) => size);
  const least = bounds.map(({ min }) => min);
  const keys = new Float64Array(count);
  const width = length * inputDim;
  for (let s = 0; s < count; s++) {
    let key = 0;
    for (let from = s * width; from < (s + 1) * width; from += inputDim) {
      for (let i = 0; i < inputDim; i++) key = key * sizes[i] + x[from + i] - least[i];
    }
    keys[s] = key * count + s;
  }
  keys.sort();
  for (let i = 1; i < count; i++) {
    const a = keys[i - 1] % count;
    const b = keys[i] % count;
    let shared = 0;
    while (shared < width && x[a * width + shared] === x[b * width + shared]) shared++;
    const outputs = Math.floor(shared / inputDim) * outputDim;
    const [from, to] = [a * length * outputDim, b * length * outputDim];
    for (let k = 0; k < outputs; k++) if (y[from + k] !== y[to + k]) return false;
  }
  return true;
}

/** The same, with 1 at the sequences that are counted: [count]. */
export function scanContradictions(
  examples: Examples,
  { known }: Labelled,
): { readonly contradictions: Contradictions; readonly involved: Uint8Array } {
  checkExamples(examples);
  checkKnown(examples, known);
  const { count, length, inputDim, outputDim, x, y } = examples;
  const { refine } = createRefiner();
  let prefixes = onePartition(count);
  let longer = onePartition(count);
  // of classes, at their smallest members: the first labelled member, and whether another one
  // differs
  const labelled = new Int32Array(known ? count : 0);
  const differs = new Uint8Array(count);
  const involved = new Uint8Array(count);
  const pairs: Contradiction[] = [];
  let prefixCount = 0;
  let positionCount = 0;
  for (let position = 0; position < length; position++) {
    const rows = { values: x, offset: position * inputDim, stride: length * inputDim };
    const isShared = refine(prefixes, { ...rows, width: inputDim }, longer);
    [prefixes, longer] = [longer, prefixes];
    if (!isShared) break;
    const { classes, shared } = prefixes;
    const prefixCountBefore = prefixCount;
    for (let i = 0; i < count; i++) {
      const leader = classes[i];
      if (known) {
        if (leader === i) labelled[i] = -1;
        if (known[i * length + position] === 0) continue;
        if (labelled[leader] < 0) labelled[leader] = i;
      }
      if (shared[leader] === 0) continue;
      const first = known ? labelled[leader] : leader;
      if (first === i || differs[leader] === 1) continue;
      const at = (i * length + position) * outputDim;
      const to = (first * length + position) * outputDim;
      let k = 0;
      while (k < outputDim && y[at + k] === y[to + k]) k++;
      if (k === outputDim) continue;
      differs[leader] = 1;
      prefixCount++;
      if (pairs.length === mostPairs) continue;
      if (pairs.some(({ sequences }) => sequences[0] === first && sequences[1] === i)) continue;
      pairs.push({
        sequences: [first, i],
        position,
        outputs: [[...y.subarray(to, to + outputDim)], [...y.subarray(at, at + outputDim)]],
      });
    }
    if (prefixCount === prefixCountBefore) continue;
    for (let i = 0; i < count; i++) {
      if (differs[classes[i]] === 0 || known?.[i * length + position] === 0) continue;
      involved[i] = 1;
      positionCount++;
    }
    differs.fill(0);
  }
  const sequences = involved.reduce((sum, is) => sum + is, 0);
  return {
    contradictions: { pairs, prefixes: prefixCount, sequences, positions: positionCount },
    involved,
  };
}

/** @throws Error for a mask that is not [count, length] */
export function checkKnown({ count, length }: Examples, known: Uint8Array | undefined): void {
  if (known === undefined || known.length === count * length) return;
  throw new Error(
    `known: has ${known.length} entries, [count, length] asks for ${count * length} of them`,
  );
}
