import type { Machine, Walker } from "@latticode/machines";
import { machineWalker, numberOutputs, programWalker } from "@latticode/machines";
import { compileProgram, type Program, unlessFailed } from "@latticode/program";
import type { Domain } from "./domain.ts";
import { drawWords, inputsOf, rowCountOf, rowOrderOf } from "./domain.ts";

/** Something else that fits all labels. */
export interface Rival {
  /** What it is, as in "a machine of 4 states, merged from the labels". */
  readonly description: string;
  /**
   * A shortest word on which it differs from the program, at its last position: [length, inputDim]
   */
  readonly word: Int32Array;
  /** Outputs there: the program's, and the rival's; texts where they are beyond 2^53. */
  readonly outputs: readonly [readonly (number | string)[], readonly (number | string)[]];
}

/** Pairs of states that are looked at. */
const mostPairs = 1 << 15;
/** Words that are compared where states are too many. */
const sampledWords = 2000;

/**
 * A shortest word of the domain, up to its length, on which a program and a machine that fits the
 * labels differ; undefined where there is none among those looked at. What the machine does not
 * know differs from nothing.
 */
export function differsFromMachine(
  program: Program,
  machine: Machine,
  domain: Domain,
): Omit<Rival, "description"> | undefined {
  if (!domain.rows) return undefined;
  const number = numberOutputs();
  const walkers = [
    programWalker(program, domain.rows, number),
    machineWalker(machine, number),
  ] as const;
  const word = shortestDifference(walkers, domain);
  if (word === "too many" || !word) return undefined;
  return {
    word: inputsOf(domain, word),
    outputs: [lastOutputs(program, domain, word), machineOutputs(machine, word)],
  };
}

/** The same for two programs; of those with too many states random words are compared. */
export function differsFromProgram(
  program: Program,
  other: Program,
  domain: Domain,
  { seed }: { readonly seed: number },
): Omit<Rival, "description"> | undefined {
  if (domain.rows && rowCountOf(domain) <= 256) {
    const number = numberOutputs();
    const walkers = [
      programWalker(program, domain.rows, number),
      programWalker(other, domain.rows, number),
    ] as const;
    const word = shortestDifference(walkers, domain);
    if (!word) return undefined;
    if (word !== "too many") {
      const outputs = [
        lastOutputs(program, domain, word),
        lastOutputs(other, domain, word),
      ] as const;
      return { word: inputsOf(domain, word), outputs };
    }
  }
  return differenceOnRandom(program, other, domain, seed);
}

/** A word on which one fails counts as different outputs. */
function differenceOnRandom(
  program: Program,
  other: Program,
  domain: Domain,
  seed: number,
): Omit<Rival, "description"> | undefined {
  const { length, inputDim } = domain;
  const { x } = drawWords(domain, { count: sampledWords, length, seed });
  const runs = [program, other].map((p) => outputsOf(p));
  let best: Omit<Rival, "description"> | undefined;
  for (let s = 0; s < sampledWords; s++) {
    const word = x.subarray(s * length * inputDim, (s + 1) * length * inputDim);
    const [a, b] = runs.map((run) => run(word, length));
    for (let t = 0; t < length && (!best || (t + 1) * inputDim < best.word.length); t++) {
      if (a[t].join() === b[t].join()) continue;
      best = { word: word.slice(0, (t + 1) * inputDim), outputs: [a[t], b[t]] };
      break;
    }
  }
  return best;
}

/** What a program puts out at every position, "fails" where it does. */
function outputsOf(program: Program): (x: Int32Array, length: number) => (number | string)[][] {
  const width = program.outputs.length;
  const run = compileProgram(program);
  return (x, length) => {
    const outputs = unlessFailed(() => run(x, length));
    if (!outputs) return Array.from({ length }, () => ["fails"]);
    const y = outputs.map((value) => (typeof value === "bigint" ? String(value) : value));
    return Array.from({ length }, (_, t) => y.slice(t * width, (t + 1) * width));
  };
}

function lastOutputs(program: Program, domain: Domain, word: readonly number[]) {
  return outputsOf(program)(inputsOf(domain, word), word.length)[word.length - 1];
}

function machineOutputs(machine: Machine, word: readonly number[]): number[] {
  const symbolCount = machine.symbols.length / machine.inputDim;
  let state = machine.initial;
  let output = -1;
  for (const symbol of word) {
    output = machine.outputs[state * symbolCount + symbol];
    state = machine.transitions[state * symbolCount + symbol];
  }
  const { outputVectors, outputDim } = machine;
  return [...outputVectors.subarray(output * outputDim, (output + 1) * outputDim)];
}

/** Breadth-first over pairs of states, and the last row where rows have an order. */
function shortestDifference(
  [a, b]: readonly [Walker, Walker],
  domain: Domain,
): number[] | "too many" | undefined {
  const { order, length } = domain;
  const rowCount = rowCountOf(domain);
  if (a.initial < 0 || b.initial < 0) return "too many";
  const mayFollow = rowOrderOf(domain);
  interface Pair {
    readonly p: number;
    readonly q: number;
    readonly last: number;
    readonly parent: number;
    readonly depth: number;
  }
  const queue: Pair[] = [{ p: a.initial, q: b.initial, last: -1, parent: -1, depth: 0 }];
  const keyOf = (p: number, q: number, last: number) =>
    (p * 2 ** 20 + q) * (order ? rowCount + 1 : 1) + (order ? last + 1 : 0);
  const seen = new Set([keyOf(a.initial, b.initial, -1)]);
  for (let i = 0; i < queue.length; i++) {
    const { p, q, last, depth } = queue[i];
    if (depth === length) break;
    for (let row = 0; row < rowCount; row++) {
      if (!mayFollow(last, row)) continue;
      const left = a.step(p, row);
      const right = b.step(q, row);
      // -1 is unknown, which differs from nothing; -2 a failure, which does
      if (left.output !== -1 && right.output !== -1 && left.output !== right.output) {
        const word = [row];
        for (let j = i; queue[j].parent >= 0; j = queue[j].parent) word.push(queue[j].last);
        return word.reverse();
      }
      if (left.next < 0 || right.next < 0) continue;
      const key = keyOf(left.next, right.next, row);
      if (seen.has(key)) continue;
      if (queue.length >= mostPairs) return "too many";
      seen.add(key);
      queue.push({ p: left.next, q: right.next, last: row, parent: i, depth: depth + 1 });
    }
  }
  return undefined;
}
