import type { Kernels } from "@latticode/kernels";
import type { Machine } from "@latticode/machines";
import type { Expression } from "@latticode/program";
import { greatestCommonDivisor } from "../linear/integer-matrix.ts";
import { keyOfColumns } from "./bounded-search.ts";
import type { Steps } from "./steps.ts";
import { harvestConstants, stepsOf, stepsOfMachine } from "./steps.ts";
import { readsState, searchUpdates } from "./update-search.ts";

// The states of a machine are known, but not what integers they are. An update u(a, x) that is
// tried gives every state a label, by a walk from the start; it is one of the machine's if no state
// gets two. Where states do get two, always a multiple of g apart, u modulo g is. Labels may also
// be finer than the states, or coarser where states were kept apart that are one: then it is enough
// that a label and an input decide the output on all walks.

export interface FoldOptions {
  readonly kernels: Kernels;
}

/** Updates looked at. */
const mostUpdates = 60_000;
/** Labellings that are enough. */
const wanted = 6;
/** Weight of updates that are enumerated. */
const mostWeight = 6;
const mostRows = 160;
const fewestSymbols = 4;
const mostSymbols = 12;

/** Steps of integer states that a machine may be, and their update where it is known. */
export interface Fold {
  readonly steps: Steps;
  readonly update?: Expression;
}

/** The same for machines that have the same folds. */
export function keyOfMachine(machine: Machine): string {
  const { inputDim, outputDim, symbols, outputVectors, initial, transitions, outputs } = machine;
  const sizes = [inputDim, outputDim, initial];
  return keyOfColumns([sizes, symbols, outputVectors, transitions, outputs]);
}

/** The same for folds that have the same programs. */
export function keyOfFold({ steps, update }: Fold): string {
  const { before, x, after, y, initial = [] } = steps;
  const columns = keyOfColumns([...before, ...x, ...after, ...y, initial]);
  return `${steps.stateDim} ${steps.inputDim} ${columns} ${JSON.stringify(update)}`;
}

/**
 * The machine's steps with integers for its states that short updates lead to, the shortest first.
 */
export function foldMachine(machine: Machine, options: FoldOptions): Fold[] {
  const { kernels } = options;
  const { inputDim, stateCount, symbols } = machine;
  const chosen = chooseSymbols(machine);
  const edges = edgesFrom(machine, chosen);
  if (!edges || stateCount < 2) return [];
  const steps = stepsOfMachine(
    machine,
    Int32Array.from({ length: stateCount }, (_, i) => i),
  );
  const constants = harvestConstants(steps);
  const width = chosen.length;
  const low = -3;
  const high = Math.min(stateCount + 2, low + Math.max(8, Math.floor(mostRows / width)) - 1);
  const starts = constants.filter((value) => value >= low && value <= high);
  const inputs = chosen.map((symbol) =>
    symbols.subarray(symbol * inputDim, (symbol + 1) * inputDim),
  );
  const search = searchUpdates({ low, high, inputs, constants }, { kernels });
  const found: Fold[] = [];
  const finer: (Fold & { readonly labels: number })[] = [];
  const known = new Set<string>();
  const label = new Int32Array(stateCount);
  const isSet = new Uint8Array(stateCount);
  let looked = 0;
  try {
    for (const { index, values } of search.terms(mostWeight)) {
      if (++looked > mostUpdates) break;
      if (!readsState(values, width)) continue;
      for (const start of starts) {
        const labels = walk(values, { start, low, high, width, edges, label, isSet });
        if (!labels) {
          if (finer.length >= mostRefined) continue;
          const steps = refine(machine, values, { start, low, high, chosen });
          if (!steps) continue;
          const labels = new Set(steps.before[0]).size;
          finer.push({ steps, labels, update: search.expression(index) });
          continue;
        }
        const key = labels.join();
        if (known.has(key)) continue;
        known.add(key);
        found.push({ steps: stepsOfMachine(machine, labels) });
        if (found.length >= wanted) return found;
      }
    }
    // stable: of those with as many labels the shortest update comes first
    finer.sort((a, b) => a.labels - b.labels);
    return [...found, ...finer.slice(0, mostFiner)];
  } finally {
    search.dispose();
  }
}

/** Edges [from, symbol among those chosen, to], a state's first edge in before all out of it. */
function edgesFrom(machine: Machine, chosen: readonly number[]): Int32Array | undefined {
  const { stateCount, transitions, initial, symbols, inputDim } = machine;
  const symbolCount = symbols.length / inputDim;
  const edges: number[] = [];
  const queue = [initial];
  const seen = new Set(queue);
  for (const from of queue) {
    chosen.forEach((symbol, i) => {
      const to = transitions[from * symbolCount + symbol];
      if (to < 0) return;
      edges.push(from, i, to);
      if (seen.has(to)) return;
      seen.add(to);
      queue.push(to);
    });
  }
  return seen.size === stateCount ? Int32Array.from(edges) : undefined;
}

/** A few symbols by which all states are reached, the first and the last among them. */
function chooseSymbols(machine: Machine): number[] {
  const symbolCount = machine.symbols.length / machine.inputDim;
  const order = [0, symbolCount - 1, 1, Math.floor(symbolCount / 2)];
  for (let i = 0; i < symbolCount; i++) order.push(i);
  const chosen = [...new Set(order)].filter((symbol) => symbol < symbolCount);
  for (let n = Math.min(fewestSymbols, symbolCount); n < Math.min(mostSymbols, symbolCount); n++) {
    const few = chosen.slice(0, n);
    if (edgesFrom(machine, few)) return few;
  }
  return chosen.slice(0, mostSymbols);
}

interface Walk {
  readonly start: number;
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly edges: Int32Array;
  /** Room for one label a state. */
  readonly label: Int32Array;
  readonly isSet: Uint8Array;
}

/** Labels all different, or undefined. */
function walk(values: Int32Array, options: Walk): Int32Array | undefined {
  const { start, low, high, width, edges, label, isSet } = options;
  isSet.fill(0);
  label[edges[0]] = start;
  isSet[edges[0]] = 1;
  let modulus = 0;
  for (let e = 0; e < edges.length; e += 3) {
    const a = label[edges[e]];
    if (a < low || a > high) return undefined;
    const next = values[(a - low) * width + edges[e + 1]];
    const to = edges[e + 2];
    if (!isSet[to]) {
      label[to] = next;
      isSet[to] = 1;
    } else if (label[to] !== next) {
      modulus = greatestCommonDivisor(modulus, Math.abs(next - label[to]));
      if (modulus === 1) return undefined;
    }
  }
  const labels = label.map((a) => (modulus === 0 ? a : ((a % modulus) + modulus) % modulus));
  return new Set(labels).size === labels.length ? labels : undefined;
}

/**
 * The steps that an update takes along all walks, as far as labels are looked up; undefined where a
 * label and a symbol come with two outputs, where labels are hardly fewer than walks, or where they
 * leave the range before every state was seen.
 */
function refine(
  machine: Machine,
  values: Int32Array,
  {
    start,
    low,
    high,
    chosen,
  }: Pick<Walk, "start" | "low" | "high"> & {
    readonly chosen: readonly number[];
  },
): Steps | undefined {
  const { inputDim, outputDim, symbols, transitions, outputs, outputVectors, stateCount } = machine;
  const symbolCount = symbols.length / inputDim;
  const width = chosen.length;
  const mostPairs = 2 * stateCount + 8;
  const emitted = new Map<number, number>();
  const seen = new Set([machine.initial * 4096 + (start - low)]);
  const queue = [[machine.initial, start]];
  for (const [from, a] of queue) {
    for (let i = 0; i < width; i++) {
      const edge = from * symbolCount + chosen[i];
      const output = outputs[edge];
      if (output < 0) continue;
      const row = (a - low) * width + i;
      const before = emitted.get(row);
      if (before === undefined) emitted.set(row, output);
      else if (before !== output) return undefined;
      const to = transitions[edge];
      const next = values[row];
      if (to < 0 || next < low || next > high) continue;
      const key = to * 4096 + (next - low);
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > mostPairs) return undefined;
      queue.push([to, next]);
    }
  }
  if (new Set(queue.map(([, a]) => a)).size > stateCount + 4) return undefined;
  // labels that are not looked up must not hide a state
  if (new Set(queue.map(([state]) => state)).size < stateCount) return undefined;
  const rows = [...emitted].map(([row, output]) => {
    const symbol = chosen[row % width] * inputDim;
    return [
      low + Math.floor(row / width),
      ...symbols.subarray(symbol, symbol + inputDim),
      values[row],
      ...outputVectors.subarray(output * outputDim, (output + 1) * outputDim),
    ];
  });
  return stepsOf(rows, { inputDim, outputDim, stateDim: 1, initial: [start] });
}

/**
 * Walks with other labels than states that are collected, and that are followed: few labels first.
 */
const mostRefined = 1000;
const mostFiner = 6;

/** All labels 0, 1, ... of a machine of few states. */
export function permutedLabels(stateCount: number): Int32Array[] {
  if (stateCount > mostPermuted) return [];
  const all: number[][] = [];
  const extend = (prefix: number[]) => {
    if (prefix.length === stateCount) all.push(prefix);
    for (let i = 0; i < stateCount; i++) if (!prefix.includes(i)) extend([...prefix, i]);
  };
  extend([]);
  return all.map((labels) => Int32Array.from(labels));
}

// 5 states have 120 labellings, which take 10 to 40 seconds where none of them has a program; 24
// take 2.
const mostPermuted = 4;
