import { numberOutputs, programWalker } from "@latticode/machines";
import type { Examples, Program } from "@latticode/program";
import { compileProgram, programCost, unlessFailed } from "@latticode/program";
import type { Domain } from "./domain.ts";
import { drawWords, inputsOf, rowCountOf, rowOrderOf } from "./domain.ts";
import { pathProgram } from "./paths.ts";
import { shownSteps } from "./shown.ts";

/** Which steps of a program the labels show, over the words of the trained length. */
export interface StepCoverage {
  /**
   * "steps": pairs of a state and an input row; "paths": the ways that decisions within a step go,
   * as far as random words take them.
   */
  readonly kind: "steps" | "paths";
  /** Steps or paths that words of the domain take. */
  readonly total: number;
  /**
   * Those among them that a labelled example takes; steps only where later labels tell where they
   * lead.
   */
  readonly shown: number;
  /** The shortest words that would show the others, at most five: [length, inputDim] each. */
  readonly missing: readonly Int32Array[];
  /** States that words up to the trained length reach; absent where they were not counted. */
  readonly states?: number;
  /** Whether longer words reach more states, so that nothing beyond the length is claimed. */
  readonly growing: boolean;
}

/** Beyond this many steps, paths through a step are looked at instead. */
const mostSteps = 4096;
const pathWords = 100_000;
const mostMissing = 5;
const stepsPerCost = 4;
const freeSteps = 16;

/**
 * Counts the steps of a program that words of the domain reach within its length, and those that
 * labelled examples show. A step of a program without state is an input row.
 *
 * @param examples all labelled sequences, each position with a label
 * @param options.seed for random words, an integer from 0 to 2^32 - 1
 */
export function coverSteps(
  program: Program,
  domain: Domain,
  examples: Examples,
  options: { readonly seed: number },
): StepCoverage {
  return coverPairs(program, domain, examples) ?? coverPaths(program, domain, examples, options);
}

/** Steps of a machine that is about as simple as a program. */
export function tableOf(program: Program): number {
  return stepsPerCost * programCost(program) + freeSteps;
}

/** Steps as pairs of state and row; undefined where they are too many, or rows are not listed. */
function coverPairs(
  program: Program,
  domain: Domain,
  examples: Examples,
): StepCoverage | undefined {
  const { rows, order, length } = domain;
  const rowCount = rowCountOf(domain);
  if (!rows || rowCount > mostSteps) return undefined;
  const walker = programWalker(program, rows, numberOutputs());
  if (walker.initial < 0) return undefined;
  // a node is a state and, where rows have an order, the row that led to it
  const stride = order ? rowCount + 1 : 1;
  const nodeOf = (state: number, row: number) => state * stride + (order ? row + 1 : 0);
  const mayFollow = rowOrderOf(domain);
  interface Reached {
    readonly state: number;
    readonly last: number;
    readonly parent: number;
    readonly depth: number;
  }
  const queue: Reached[] = [{ state: walker.initial, last: -1, parent: -1, depth: 0 }];
  const seen = new Set([nodeOf(walker.initial, -1)]);
  const states = new Set([walker.initial]);
  /** For each step, state * rowCount + row, where a shortest word that takes it comes from. */
  const steps = new Map<number, number>();
  let growing = false;
  for (let i = 0; i < queue.length && queue[i].depth < length; i++) {
    const { state, last, depth } = queue[i];
    for (let row = 0; row < rowCount; row++) {
      if (!mayFollow(last, row)) continue;
      const step = state * rowCount + row;
      if (!steps.has(step)) {
        if (steps.size >= mostSteps) return undefined;
        steps.set(step, i);
      }
      const { next } = walker.step(state, row);
      // a state that grows without bound is numbered no more: such programs are looked at by paths
      if (next === -1) return undefined;
      if (next < 0) continue;
      if (!states.has(next)) {
        states.add(next);
        if (depth + 1 === length) growing = true;
      }
      const node = nodeOf(next, row);
      if (seen.has(node)) continue;
      seen.add(node);
      queue.push({ state: next, last: row, parent: i, depth: depth + 1 });
    }
  }
  const listed = [...steps].map(([step, from]) => {
    const [state, row] = [Math.floor(step / rowCount), step % rowCount];
    const { next } = walker.step(state, row);
    return { state, row, next, from, remaining: length - queue[from].depth - 1 };
  });
  const found = shownSteps(walker, domain, examples, {
    ...{ steps: listed, states: [...states] },
    isSmall: steps.size <= tableOf(program),
  });
  const missing: Int32Array[] = [];
  let shown = 0;
  for (const [i, { row, from }] of listed.entries()) {
    const what = found[i];
    if (what === "shown") {
      shown++;
      continue;
    }
    const word = [row];
    for (let j = from; queue[j].parent >= 0; j = queue[j].parent) word.push(queue[j].last);
    word.reverse();
    if (what !== "not taken") word.push(...what.open);
    missing.push(inputsOf(domain, word));
  }
  missing.sort((a, b) => a.length - b.length).splice(mostMissing);
  const total = steps.size;
  return { kind: "steps", total, shown, missing, states: states.size, growing };
}

/** The paths through a step that random words take, and those that examples take. */
function coverPaths(
  program: Program,
  domain: Domain,
  examples: Examples,
  { seed }: { readonly seed: number },
): StepCoverage {
  const { length, inputDim } = domain;
  const paths = pathProgram(program);
  const outputDim = program.outputs.length;
  const growing = true;
  if (paths.decisions === 0) return { kind: "paths", total: 1, shown: 1, missing: [], growing };
  const run = compileProgram(paths.program);
  const width = outputDim + paths.decisions;
  /** Calls back with the path of every position of a word. */
  const follow = (x: Int32Array, positions: number, visit: (key: string, t: number) => void) => {
    const outputs = unlessFailed(() => run(x, positions));
    // words on which the program fails have no paths to show
    if (!outputs) return;
    for (let t = 0; t < positions; t++) {
      visit(outputs.slice(t * width + outputDim, (t + 1) * width).join(), t);
    }
  };
  const taken = new Map<string, Int32Array>();
  for (let first = 0; first < pathWords; first += 1000) {
    const words = drawWords(domain, { count: 1000, length, seed, first });
    for (let s = 0; s < words.count; s++) {
      const x = words.x.subarray(s * length * inputDim, (s + 1) * length * inputDim);
      follow(x, length, (key, t) => {
        const known = taken.get(key);
        if (known && known.length <= (t + 1) * inputDim) return;
        taken.set(key, x.slice(0, (t + 1) * inputDim));
      });
    }
  }
  const left = new Map(taken);
  const size = examples.length * inputDim;
  for (let s = 0; s < examples.count && left.size > 0; s++) {
    follow(examples.x.subarray(s * size, (s + 1) * size), examples.length, (key) => {
      left.delete(key);
    });
  }
  const missing = [...left.values()].sort((a, b) => a.length - b.length).slice(0, mostMissing);
  return { kind: "paths", total: taken.size, shown: taken.size - left.size, missing, growing };
}
