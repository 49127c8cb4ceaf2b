import type { Traces } from "@latticode/network";
import { greatestCommonDivisor } from "../linear/integer-matrix.ts";
import type { Codes } from "./codes.ts";

// A lattice has many bases, and the coordinate that the network computes with may be none of the
// basis found: `4 < x1 + x2 + a` in base 5 is no coordinate of a reduced basis. What can be tested
// without knowing the function is whether there is one: integer functionals w of the code for which
// (w z, x) determines w z' and the outputs. The one with the fewest values is the simplest machine.

/** An integer functional of the codes that is a state of its own. */
export interface ClosedCode {
  /** w, primitive, its first entry that is not 0 positive: [n] */
  readonly weights: readonly number[];
  /**
   * Its values after each position, counted from h_0's where that is on the lattice: [count,
   * length]
   */
  readonly values: Float64Array;
  /** The value before the first position; absent where none leads to the first states. */
  readonly initial?: number;
  /**
   * Where it comes from: read off h_0, or found as the value that gives the first states and
   * outputs.
   */
  readonly start: "hidden state" | "first outputs" | "none";
  /** Positions whose old value and input had been seen before, so that the new value was a test. */
  readonly tested: number;
  /** Number of different values. */
  readonly distinct: number;
  readonly least: number;
  readonly most: number;
  /** Whether the new value alone decides the outputs, else it takes the old one and the input. */
  readonly output: "state" | "transition";
}

/** The same state in other clothes: value * sign + shift. */
export interface CodeVariant {
  readonly sign: 1 | -1;
  readonly shift: number;
}

/** Largest entries of functionals by dimension, so that a few thousand are tried at most. */
const largestEntries = [0, 1, 9, 4, 2, 1, 1, 1];
/** Positions on which most functionals fail already. */
const fewPositions = 2000;

/** Whether (z, x) determines z' on all traces, start included, and z the outputs. */
export function isClosed(traces: Traces, codes: Codes): boolean {
  const { numbers } = numbered(codes.z, codes.dimension);
  const steps = observe(traces, traces.count);
  const start = codes.initial && codeNumber(codes, numbers);
  return outputOf(steps, numbers, start)?.output === "state";
}

/**
 * Primitive functionals of the codes, entries up to 9 in two dimensions and fewer above, that are
 * closed under the update and give the outputs; those of fewest values first, then of smallest
 * entries. Every position of the traces is checked.
 */
export function closedCodes(traces: Traces, codes: Codes): ClosedCode[] {
  const few = observe(traces, Math.ceil(fewPositions / traces.length));
  const every = observe(traces, traces.count);
  const found: ClosedCode[] = [];
  for (const weights of primitiveFunctionals(codes.dimension)) {
    const values = applyFunctional(codes.z, weights);
    if (!outputOf(few, values, undefined)) continue;
    const all = outputOf(every, values, undefined);
    if (!all) continue;
    const distinct = new Set(values);
    // h_0's code is only taken if it leads to the first states and outputs
    const read = codes.initial && outputOf(every, values, 0) ? 0 : undefined;
    const initial = read ?? fittingStart(every, values, distinct);
    let least = values[0];
    let most = least;
    for (const value of initial === undefined ? distinct : [...distinct, initial]) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    found.push({
      weights,
      values,
      ...(initial === undefined ? {} : { initial }),
      start: read === 0 ? "hidden state" : initial === undefined ? "none" : "first outputs",
      tested: all.tested,
      distinct: distinct.size,
      least,
      most,
      output: all.output,
    });
  }
  return found.sort((a, b) => a.distinct - b.distinct || size(a.weights) - size(b.weights));
}

/** What is the same for all functionals: inputs and outputs as numbers of their values. */
interface Steps {
  readonly positions: number;
  readonly length: number;
  /** [positions], each below `inputs` */
  readonly x: Float64Array;
  readonly inputs: number;
  readonly y: Float64Array;
}

function observe(traces: Traces, sequences: number): Steps {
  const { length, inputDim, outputDim } = traces;
  const positions = Math.min(traces.count, sequences) * length;
  const x = numbered(traces.x.subarray(0, positions * inputDim), inputDim);
  const y = numbered(traces.y.subarray(0, positions * outputDim), outputDim);
  return { positions, length, x: x.numbers, inputs: x.count, y: y.numbers };
}

/** What decides the outputs of a state with these values; undefined where it is no state. */
function outputOf(
  steps: Steps,
  values: Float64Array,
  start: number | undefined,
): Pick<ClosedCode, "output" | "tested"> | undefined {
  const { positions, y } = steps;
  const next = new Map<number, number>();
  const emitted = new Map<number, number>();
  const shown = new Map<number, number>();
  let byState = true;
  let seen = 0;
  for (let i = 0; i < positions; i++) {
    if (byState && !isConsistent(shown, values[i], y[i])) byState = false;
    const key = keyBefore(steps, values, i, start);
    if (key === undefined) continue;
    seen++;
    if (!isConsistent(next, key, values[i])) return undefined;
    if (!isConsistent(emitted, key, y[i])) return undefined;
  }
  return { output: byState ? "state" : "transition", tested: seen - next.size };
}

/** The value before position i and its input as one number; undefined where it is not known. */
function keyBefore(
  { length, x, inputs }: Steps,
  values: Float64Array,
  i: number,
  start: number | undefined,
): number | undefined {
  const before = i % length === 0 ? start : values[i - 1];
  return before === undefined ? undefined : before * inputs + x[i];
}

/** Whether the key has this value, or none so far. */
function isConsistent(map: Map<number, number>, key: number, value: number): boolean {
  const known = map.get(key);
  if (known === undefined) map.set(key, value);
  return known === undefined || known === value;
}

/** A value that leads where the first positions went, with their outputs, wherever it was seen. */
function fittingStart(
  steps: Steps,
  values: Float64Array,
  candidates: ReadonlySet<number>,
): number | undefined {
  if (candidates.size > 1000) return undefined;
  const sorted = [...candidates].sort((a, b) => Math.abs(a) - Math.abs(b) || b - a);
  return sorted.find((value) => outputOf(steps, values, value) !== undefined);
}

/** The number of the code of h_0, 0 in every coordinate, if a state has it, else one of its own. */
function codeNumber({ z, dimension }: Codes, numbers: Float64Array): number {
  for (let i = 0; i < numbers.length; i++) {
    if (z.subarray(i * dimension, (i + 1) * dimension).every((v) => v === 0)) return numbers[i];
  }
  return numbers.length;
}

/**
 * Signs and offsets worth trying when a program is looked for: the start at 0, or the smallest
 * value at 0, upwards and downwards. The values that they give are value * sign + shift.
 */
export function codeVariants({ least, most }: Pick<ClosedCode, "least" | "most">): CodeVariant[] {
  const all: CodeVariant[] = [
    { sign: 1, shift: 0 },
    { sign: -1, shift: 0 },
    { sign: 1, shift: 0 - least },
    { sign: -1, shift: most },
  ];
  return all.filter((a, i) => all.findIndex((b) => a.sign === b.sign && a.shift === b.shift) === i);
}

/** Primitive integer vectors up to sign, the smallest first. */
function primitiveFunctionals(n: number): number[][] {
  if (n === 0) return [];
  const largest = n < largestEntries.length ? largestEntries[n] : 1;
  const vectors: number[][] = [];
  const visit = (prefix: number[]) => {
    const led = prefix.some((w) => w !== 0);
    if (prefix.length < n) {
      for (let w = led ? -largest : 0; w <= largest; w++) visit([...prefix, w]);
    } else if (led && prefix.reduce(greatestCommonDivisor, 0) === 1) {
      vectors.push(prefix);
    }
  };
  visit([]);
  return vectors.sort((a, b) => size(a) - size(b));
}

function size(weights: readonly number[]): number {
  return weights.reduce((sum, w) => sum + Math.abs(w), 0);
}

function applyFunctional(z: Float64Array, weights: readonly number[]): Float64Array {
  const n = weights.length;
  const values = new Float64Array(z.length / n);
  for (let i = 0; i < values.length; i++) {
    for (let k = 0; k < n; k++) values[i] += weights[k] * z[i * n + k];
  }
  return values;
}

/** A number for every different row, from 0 in order of first sight. */
function numbered(
  rows: Float64Array | Int32Array,
  width: number,
): { numbers: Float64Array; count: number } {
  const seen = new Map<string, number>();
  const numbers = new Float64Array(width === 0 ? 0 : rows.length / width);
  for (let i = 0; i < numbers.length; i++) {
    const key = rows.subarray(i * width, (i + 1) * width).join();
    let number = seen.get(key);
    if (number === undefined) {
      number = seen.size;
      seen.set(key, number);
    }
    numbers[i] = number;
  }
  return { numbers, count: Math.max(1, seen.size) };
}
