import type { Examples } from "@latticode/program";
import { checkExamples } from "@latticode/program";
import type { Rejection } from "../rejection.ts";
import { numberRows } from "../system.ts";
import type { Labelled } from "./contradictions.ts";
import { checkKnown, findContradictions } from "./contradictions.ts";
import type { PrefixTree } from "./prefix-tree.ts";
import { prefixTree } from "./prefix-tree.ts";

/** The prefix tree of examples with their labels. */
export interface LabelledTree extends PrefixTree {
  readonly inputDim: number;
  readonly outputDim: number;
  /** The distinct inputs, in lexicographic order: [symbolCount, inputDim] */
  readonly inputs: Int32Array;
  /** The distinct outputs, in lexicographic order: [outputCount, outputDim] */
  readonly outputVectors: Int32Array;
  /** Row of outputVectors after each node's prefix, -1 where no example has a label: [nodeCount] */
  readonly labels: Int32Array;
}

/** As many rows of inputs as a domain may have before its ranges take their place. */
const mostSymbols = 4096;

/**
 * The tree of all prefixes of the examples that have a label at their end or later: what follows a
 * sequence's last label, such as padding, is left out. Linear in the examples.
 *
 * @returns a rejection where labels contradict each other, or where there are over 4,096 symbols
 * @throws Error for examples or a mask of the wrong size
 */
export function labelledTree(
  examples: Examples,
  { known }: Labelled = {},
): LabelledTree | Rejection {
  checkExamples(examples);
  checkKnown(examples, known);
  const { count, length, inputDim, outputDim, x, y } = examples;
  const symbols = new Int32Array(count * length).fill(-1);
  const outputs = new Int32Array(count * length).fill(-1);
  const inputNumbers = numberRows(inputDim);
  const outputNumbers = numberRows(outputDim);
  for (let i = 0; i < count; i++) {
    let end = length;
    while (end > 0 && known?.[i * length + end - 1] === 0) end--;
    const at = i * length;
    symbols.set(inputNumbers.of(x.subarray(at * inputDim, (at + end) * inputDim)), at);
    outputs.set(outputNumbers.of(y.subarray(at * outputDim, (at + end) * outputDim)), at);
  }
  if (known) for (let at = 0; at < outputs.length; at++) if (known[at] === 0) outputs[at] = -1;
  const inputs = sortNumbers(symbols, inputNumbers.rows(), inputDim);
  const symbolCount = inputs.length / inputDim;
  if (symbolCount > mostSymbols) {
    return { rejected: `machine: the inputs take more than ${mostSymbols} distinct values` };
  }
  const outputVectors = sortNumbers(outputs, outputNumbers.rows(), outputDim);
  const tree = prefixTree({ count, length, symbolCount, symbols });
  const labels = new Int32Array(tree.nodeCount).fill(-1);
  for (let at = 0; at < outputs.length; at++) {
    if (outputs[at] < 0) continue;
    const node = tree.nodes[at];
    if (labels[node] >= 0 && labels[node] !== outputs[at]) return contradicted(examples, { known });
    labels[node] = outputs[at];
  }
  return { ...tree, inputDim, outputDim, inputs, outputVectors, labels };
}

function contradicted(examples: Examples, options: Labelled): Rejection {
  const { sequences, position, outputs } = findContradictions(examples, options).pairs[0];
  return {
    rejected:
      `machine: sequences ${sequences[0]} and ${sequences[1]} (counted from 0) have equal ` +
      "inputs up " +
      `to position ${position}, and outputs ${outputs[0].join()} and ${outputs[1].join()} there`,
  };
}

/** Sorts rows lexicographically and renumbers what refers to them, in place; -1 stays. */
function sortNumbers(numbers: Int32Array, rows: Int32Array, width: number): Int32Array {
  const order = Int32Array.from({ length: rows.length / width }, (_, i) => i).sort((a, b) => {
    let k = 0;
    while (k < width - 1 && rows[a * width + k] === rows[b * width + k]) k++;
    return rows[a * width + k] - rows[b * width + k];
  });
  const places = new Int32Array(order.length);
  const sorted = new Int32Array(rows.length);
  order.forEach((row, place) => {
    places[row] = place;
    for (let k = 0; k < width; k++) sorted[place * width + k] = rows[row * width + k];
  });
  for (let at = 0; at < numbers.length; at++) {
    if (numbers[at] >= 0) numbers[at] = places[numbers[at]];
  }
  return sorted;
}
