import type { Kernels } from "@latticode/kernels";
import type { Machine } from "@latticode/machines";
import { input, integer, state, subtract, multiply } from "@latticode/program";
import type { Leaf } from "./expression-search.ts";
import { searchExpressions } from "./expression-search.ts";
import { harvestConstants, stepsOfMachine } from "./steps.ts";

// The states of a machine are known, but not what integers they are. An update u(a, x) that is tried
// gives every state a label, by a walk from the start; it is one of the machine's if no state gets
// two. Where states do get two, always a multiple of g apart, u modulo g is.

export interface FoldOptions {
  readonly kernels: Kernels;
  /** Updates looked at; 60,000 unless told. */
  readonly candidates?: number;
  /** Labellings wanted; 6 unless told. */
  readonly wanted?: number;
}

/** Weight of updates that are enumerated. */
const mostWeight = 5;
const mostRows = 160;
const fewestSymbols = 4;
const mostSymbols = 12;

/** Integers for the states of a machine [stateCount] that short updates lead to, the shortest first. */
export function foldLabels(machine: Machine, options: FoldOptions): Int32Array[] {
  const { kernels, candidates = 60_000, wanted = 6 } = options;
  const { inputDim, stateCount, symbols } = machine;
  const chosen = chooseSymbols(machine);
  const edges = edgesFrom(machine, chosen);
  if (!edges || stateCount < 2) return [];
  const steps = stepsOfMachine(machine, Int32Array.from({ length: stateCount }, (_, i) => i));
  const constants = harvestConstants(steps);
  const width = chosen.length;
  const low = -3;
  const high = Math.min(stateCount + 2, low + Math.max(8, Math.floor(mostRows / width)) - 1);
  const grid = (high - low + 1) * width;
  const column = (value: (a: number, symbol: number) => number) =>
    Int32Array.from({ length: grid }, (_, row) =>
      value(low + Math.floor(row / width), chosen[row % width]),
    );
  const leaves: Leaf[] = [{ expression: state("a"), values: column((a) => a) }];
  for (let i = 0; i < inputDim; i++) {
    const values = column((_, symbol) => symbols[symbol * inputDim + i]);
    leaves.push({ expression: input(i), values });
    if (values.every((value) => value === 0 || value === 1)) {
      // bits as signs: up and down are what counters need
      const sign = subtract(integer(1), multiply(integer(2), input(i)));
      leaves.push({ expression: sign, values: values.map((v) => 1 - 2 * v), weight: 2 });
    }
  }
  for (const value of constants) {
    leaves.push({ expression: integer(value), values: new Int32Array(grid).fill(value) });
  }
  const starts = constants.filter((value) => value >= low && value <= high);
  const search = searchExpressions(leaves, { kernels });
  const found: Int32Array[] = [];
  const known = new Set<string>();
  const label = new Int32Array(stateCount);
  const isSet = new Uint8Array(stateCount);
  let looked = 0;
  try {
    for (const { values } of search.terms(mostWeight)) {
      if (++looked > candidates) break;
      if (!readsState(values, width)) continue;
      for (const start of starts) {
        const labels = walk(values, { start, low, high, width, edges, label, isSet });
        if (!labels) continue;
        const key = labels.join();
        if (known.has(key)) continue;
        known.add(key);
        found.push(labels);
        if (found.length >= wanted) return found;
      }
    }
    return found;
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

function readsState(values: Int32Array, width: number): boolean {
  for (let i = width; i < values.length; i++) if (values[i] !== values[i - width]) return true;
  return false;
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

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

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

const mostPermuted = 4;
