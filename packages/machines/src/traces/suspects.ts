import type { Examples } from "@latticode/program";
import { selectExamples } from "@latticode/program";
import { numberRows } from "../system.ts";
import type { Labelled } from "./contradictions.ts";
import { scanContradictions } from "./contradictions.ts";
import { createRefiner, onePartition } from "./partition.ts";
import { prefixTree } from "./prefix-tree.ts";

/** What to leave out so that no two labels contradict each other. */
export interface Suspects {
  /**
   * The fewest labels: at each prefix all but the label that most sequences have there, on a tie
   * the one of the earliest sequence. Rows of (sequence, position), sorted: [labelCount, 2]
   */
  readonly labels: Int32Array;
  /**
   * The fewest sequences, later ones where there is a choice between equally many, in ascending
   * order. Where labels are missing there may be a set with fewer.
   */
  readonly sequences: Int32Array;
}

/**
 * Finds the labels, and the whole sequences, that are in a minority where labels contradict each
 * other. Leaving out either set leaves no contradiction. Linear in the examples.
 *
 * @throws Error for examples or a mask of the wrong size
 * @example
 * // three sequences with the same inputs, the last one answered otherwise at position 1
 * const examples = {
 *   count: 3, length: 2, inputDim: 1, outputDim: 1,
 *   x: Int32Array.of(1, 0, 1, 0, 1, 0), y: Int32Array.of(1, 1, 1, 1, 1, 0),
 * };
 * findSuspects(examples); // { labels: Int32Array [2, 1], sequences: Int32Array [2] }
 */
export function findSuspects(examples: Examples, { known }: Labelled = {}): Suspects {
  const { involved } = scanContradictions(examples, { known });
  const members = Int32Array.from(involved.keys()).filter((i) => involved[i] === 1);
  const { length } = examples;
  const part = selectExamples(examples, members);
  const knownOf = known && new Uint8Array(members.length * length);
  members.forEach((i, k) => {
    knownOf?.set(known!.subarray(i * length, (i + 1) * length), k * length);
  });
  const labels: number[] = [];
  eachMinorityLabel(part, knownOf, (k, position) => {
    labels.push(k * length + position);
    return false;
  });
  const isKept = largestConsistentSet(part, knownOf);
  if (knownOf) {
    const rest = knownOf.map((is, at) => is & isKept[Math.floor(at / length)]);
    eachMinorityLabel(part, rest, (k) => {
      isKept[k] = 0;
      return true;
    });
  }
  return {
    labels: Int32Array.from(labels.sort((a, b) => a - b)).reduce(
      (rows, at, row) => {
        rows[2 * row] = members[Math.floor(at / length)];
        rows[2 * row + 1] = at % length;
        return rows;
      },
      new Int32Array(labels.length * 2),
    ),
    sequences: members.filter((_, k) => isKept[k] === 0),
  };
}

/**
 * Calls `visit` at every label that is in a minority among those of its prefix, shorter prefixes
 * first. Where it answers true, the sequence's later labels count no more.
 */
function eachMinorityLabel(
  examples: Examples,
  known: Uint8Array | undefined,
  visit: (sequence: number, position: number) => boolean,
): void {
  const { count, length, inputDim, outputDim, x, y } = examples;
  const { refine } = createRefiner();
  let prefixes = onePartition(count);
  let longer = onePartition(count);
  const answers = onePartition(count);
  const isLeftOut = new Uint8Array(count);
  // at the smallest member of a class: sequences that give one answer, and the class's best answer
  const votes = new Int32Array(count);
  const winner = new Int32Array(count);
  for (let position = 0; position < length; position++) {
    const counts = (i: number) => isLeftOut[i] === 0 && known?.[i * length + position] !== 0;
    const inputs = { values: x, offset: position * inputDim, stride: length * inputDim };
    refine(prefixes, { ...inputs, width: inputDim }, longer);
    [prefixes, longer] = [longer, prefixes];
    const outputs = { values: y, offset: position * outputDim, stride: length * outputDim };
    refine(prefixes, { ...outputs, width: outputDim }, answers);
    votes.fill(0);
    winner.fill(-1);
    for (let i = 0; i < count; i++) if (counts(i)) votes[answers.classes[i]]++;
    for (let i = 0; i < count; i++) {
      if (!counts(i)) continue;
      const best = winner[prefixes.classes[i]];
      const answer = answers.classes[i];
      if (best < 0 || votes[answer] > votes[best]) winner[prefixes.classes[i]] = answer;
    }
    for (let i = 0; i < count; i++) {
      if (!counts(i) || winner[prefixes.classes[i]] === answers.classes[i]) continue;
      if (visit(i, position)) isLeftOut[i] = 1;
    }
  }
}

/**
 * The most sequences without a contradiction among them: 1 for each of them, [count].
 *
 * On the tree of words input, output, input, output, ... as many fit below an output as fit below
 * all inputs after it together, and below an input as many as fit below the best of its outputs. A
 * missing output fits beside each, which is right as long as what follows does not differ.
 */
function largestConsistentSet(examples: Examples, known: Uint8Array | undefined): Uint8Array {
  const { count, length, inputDim, outputDim, x, y } = examples;
  const inputNumbers = numberRows(inputDim).of(x);
  const outputNumbers = numberRows(outputDim).of(y);
  const symbols = new Int32Array(2 * count * length);
  let most = 0;
  for (let at = 0; at < count * length; at++) {
    symbols[2 * at] = inputNumbers[at];
    // 0 is a missing output
    symbols[2 * at + 1] = known?.[at] === 0 ? 0 : outputNumbers[at] + 1;
    most = Math.max(most, symbols[2 * at], symbols[2 * at + 1]);
  }
  const tree = prefixTree({ count, length: 2 * length, symbolCount: most + 1, symbols });
  const { nodeCount, parents, nodes } = tree;
  // of each node: the smallest sequence through it, how many fit, and its best output if it is an
  // input
  const first = new Int32Array(nodeCount).fill(count);
  const fits = new Int32Array(nodeCount);
  const best = new Int32Array(nodeCount).fill(-1);
  const isOutput = new Uint8Array(nodeCount);
  for (let i = 0; i < count; i++) {
    for (let at = 0; at < 2 * length; at++) {
      const node = nodes[i * 2 * length + at];
      if (i < first[node]) first[node] = i;
      isOutput[node] = at & 1;
    }
    fits[nodes[(i + 1) * 2 * length - 1]]++;
  }
  // children come after their parents, and all children of an input before the input itself
  const missing = new Int32Array(nodeCount);
  for (let node = nodeCount - 1; node > 0; node--) {
    const parent = parents[node];
    if (isOutput[node] === 0) {
      fits[node] = missing[node] + (best[node] < 0 ? 0 : fits[best[node]]);
      fits[parent] += fits[node];
      continue;
    }
    if (tree.symbols[node] === 0) {
      missing[parent] = fits[node];
      continue;
    }
    const rival = best[parent];
    const isBetter =
      rival < 0 ||
      fits[node] > fits[rival] ||
      (fits[node] === fits[rival] && first[node] < first[rival]);
    if (isBetter) best[parent] = node;
  }
  const isKept = new Uint8Array(nodeCount);
  isKept[0] = 1;
  for (let node = 1; node < nodeCount; node++) {
    const isChosen =
      isOutput[node] === 0 || tree.symbols[node] === 0 || best[parents[node]] === node;
    isKept[node] = isKept[parents[node]] & (isChosen ? 1 : 0);
  }
  return Uint8Array.from({ length: count }, (_, i) => isKept[nodes[(i + 1) * 2 * length - 1]]);
}
