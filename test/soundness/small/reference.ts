// What statements of reports are held against: everything is found by going over all words.

import type { Examples } from "@latticode/program";
import type { Domain } from "@latticode/verification";
import type { Runner } from "../runner.ts";
import { failure, outputsAlong, sequenceOf } from "../runner.ts";

/** The rows of a domain, as numbers and as texts. */
export function rowsOf({ rows, inputDim }: Domain): Int32Array[] {
  if (!rows) throw new RangeError("the domain has too many rows for a small sample");
  return Array.from({ length: rows.length / inputDim }, (_, i) =>
    rows.subarray(i * inputDim, (i + 1) * inputDim),
  );
}

/** Whether a row of the domain may come after another one, -1 for the start. */
export function mayFollow(domain: Domain, before: number, row: number): boolean {
  const { order, rows, inputDim } = domain;
  if (!order) return true;
  const count = rows!.length / inputDim;
  return (before < 0 ? order.starts[row] : order.follows[before * count + row]) === 1;
}

type States = ReadonlyMap<string, { readonly state: unknown; readonly depth: number }>;

/** All that going over the words of a domain tells of a program and of the truth. */
export interface Walk {
  /** Words of the domain's length. */
  readonly words: number;
  /** Those among them on which program and truth differ anywhere. */
  readonly wrongWords: number;
  /** A shortest word on which they differ at its last position; a row a position. */
  readonly firstWrong?: readonly Int32Array[];
  /** For each step of the program, a state and a row, the length of a shortest word that takes it. */
  readonly steps: ReadonlyMap<string, number>;
  /** States of the program, with the length of a shortest word to each. */
  readonly states: States;
}

/** Goes over all words of a domain up to its length. */
export function walkWords(program: Runner, truth: Runner, domain: Domain): Walk {
  const rows = rowsOf(domain);
  const { length } = domain;
  const steps = new Map<string, number>();
  const states = new Map([[program.keyOf(program.initial), { state: program.initial, depth: 0 }]]);
  const least = (map: Map<string, number>, key: string, depth: number) => {
    const known = map.get(key);
    if (known === undefined || known > depth) map.set(key, depth);
  };
  let words = 0;
  let wrongWords = 0;
  let firstWrong: readonly Int32Array[] | undefined;
  const visit = (
    state: unknown,
    trueState: unknown,
    word: readonly number[],
    isWrong: boolean,
  ): void => {
    if (word.length === length) {
      words++;
      if (isWrong) wrongWords++;
      return;
    }
    const depth = word.length + 1;
    for (let row = 0; row < rows.length; row++) {
      if (!mayFollow(domain, word.length > 0 ? word[word.length - 1] : -1, row)) continue;
      const next = [...word, row];
      const right = truth.step(trueState, rows[row]);
      let wrong = isWrong;
      let after: unknown;
      // a program that has failed stays where it is, and everything beyond counts as wrong
      if (state !== undefined) {
        const given = program.step(state, rows[row]);
        least(steps, stepKey(program.keyOf(state), rows[row]), depth);
        if (given.output !== failure) {
          after = given.state;
          const key = program.keyOf(after);
          if (!((states.get(key)?.depth ?? Infinity) <= depth))
            states.set(key, { state: after, depth });
        }
        if (given.output !== right.output) {
          wrong = true;
          if (!firstWrong || firstWrong.length > depth) firstWrong = next.map((i) => rows[i]);
        }
      }
      visit(after, right.state, next, wrong);
    }
  };
  visit(program.initial, truth.initial, [], false);
  return { words, wrongWords, ...(firstWrong && { firstWrong }), steps, states };
}

export const stepKey = (state: string, row: ArrayLike<number>) =>
  `${state} ${Array.from(row).join()}`;

/** Every step of every example, with the rows that follow it. */
function* occurrences(runner: Runner, examples: Examples) {
  for (let s = 0; s < examples.count; s++) {
    const { word } = sequenceOf(examples, s);
    let { initial: state } = runner;
    for (const [t, row] of word.entries()) {
      const after = runner.step(state, row);
      yield { key: stepKey(runner.keyOf(state), row), row, after, rest: word.slice(t + 1) };
      if (after.output === failure) break;
      state = after.state;
    }
  }
}

/**
 * The steps that examples show: they take it, and what follows tells where it leads. In a small machine
 * every other state must be ruled out that differs from the right one on some word as long as is left;
 * else a single one.
 */
export function shownSteps(
  runner: Runner,
  domain: Domain,
  examples: Examples,
  {
    steps,
    states,
    isSmall,
  }: Pick<Walk, "steps"> & {
    readonly states: States;
    readonly isSmall: boolean;
  },
): Set<string> {
  const rows = rowsOf(domain);
  const rowNumbers = new Map(rows.map((row, i) => [row.join(), i]));
  const known = new Map<string, boolean>();
  /** Whether some word of at most so many rows, after a row, tells two states apart. */
  const differ = (a: unknown, b: unknown, last: number, left: number): boolean => {
    if (left === 0 || runner.keyOf(a) === runner.keyOf(b)) return false;
    const key = [runner.keyOf(a), runner.keyOf(b), domain.order ? last : "", left].join("|");
    let answer = known.get(key);
    if (answer === undefined) {
      answer = rows.some((row, i) => {
        if (!mayFollow(domain, last, i)) return false;
        const [p, q] = [runner.step(a, row), runner.step(b, row)];
        if (p.output !== q.output) return true;
        return p.output !== failure && differ(p.state, q.state, i, left - 1);
      });
      known.set(key, answer);
    }
    return answer;
  };
  /** For each step that is taken, the states that it might still lead to. */
  const left = new Map<string, Set<string>>();
  const ruledOut = new Set<string>();
  for (const { key, row, after, rest } of occurrences(runner, examples)) {
    const depth = steps.get(key);
    if (depth === undefined) continue;
    if (!left.has(key)) {
      const last = rowNumbers.get(Array.from(row).join())!;
      const others = [...states].filter(
        ([, other]) =>
          after.output !== failure && differ(after.state, other.state, last, domain.length - depth),
      );
      left.set(key, new Set(others.map(([name]) => name)));
    }
    const outputs = outputsFrom(runner, after.state, rest);
    for (const other of left.get(key)!) {
      if (outputsFrom(runner, states.get(other)!.state, rest) === outputs) continue;
      left.get(key)!.delete(other);
      ruledOut.add(key);
    }
  }
  const shown = [...left].filter(
    ([key, others]) => others.size === 0 || (!isSmall && ruledOut.has(key)),
  );
  return new Set(shown.map(([key]) => key));
}

function outputsFrom(runner: Runner, initial: unknown, word: readonly Int32Array[]): string {
  return outputsAlong({ ...runner, initial }, word).join();
}

/** The inputs of all prefixes of examples, as texts. */
export function labelledPrefixes(examples: Examples): Set<string> {
  const prefixes = new Set<string>();
  for (let s = 0; s < examples.count; s++) {
    let prefix = "";
    for (const row of sequenceOf(examples, s).word) {
      prefix += `${row.join()};`;
      prefixes.add(prefix);
    }
  }
  return prefixes;
}

export const prefixKey = (word: readonly ArrayLike<number>[]) =>
  word.map((row) => `${Array.from(row).join()};`).join("");

/** A finite machine as lists: from each state, for each row, the next state and the output. */
export interface SmallMachine {
  readonly next: readonly (readonly number[])[];
  readonly output: readonly (readonly string[])[];
}

/** The smallest machine that does what a runner does on all words of the rows; none where it has more than 300 states. */
export function smallestMachine(
  runner: Runner,
  rows: readonly Int32Array[],
): SmallMachine | undefined {
  const numbers = new Map([[runner.keyOf(runner.initial), 0]]);
  const states = [runner.initial];
  const next: number[][] = [];
  const output: string[][] = [];
  for (let i = 0; i < states.length; i++) {
    next.push([]);
    output.push([]);
    for (const row of rows) {
      const after = runner.step(states[i], row);
      if (after.output === failure) return undefined;
      const key = runner.keyOf(after.state);
      if (!numbers.has(key)) {
        if (states.length === 300) return undefined;
        numbers.set(key, states.length);
        states.push(after.state);
      }
      next[i].push(numbers.get(key)!);
      output[i].push(after.output);
    }
  }
  return minimized({ next, output });
}

/** States that no word tells apart put together, and those out of reach left out. */
export function minimized({ next, output }: SmallMachine): SmallMachine {
  let classes = next.map(() => 0);
  for (;;) {
    const keys = classes.map((own, i) => {
      const ways = next[i].map((to, row) => `${output[i][row]}/${classes[to]}`);
      return `${own}:${ways.join()}`;
    });
    const distinct = [...new Set(keys)];
    const refined = keys.map((key) => distinct.indexOf(key));
    if (distinct.length === new Set(classes).size) break;
    classes = refined;
  }
  const order = [0];
  const numbers = new Map([[classes[0], 0]]);
  for (let i = 0; i < order.length; i++) {
    for (const to of next[order[i]]) {
      if (numbers.has(classes[to])) continue;
      numbers.set(classes[to], order.length);
      order.push(to);
    }
  }
  return {
    next: order.map((i) => next[i].map((to) => numbers.get(classes[to])!)),
    output: order.map((i) => output[i]),
  };
}

/** Whether machines without superfluous states do the same: they are numbered alike. */
export function sameMachine(a: SmallMachine, b: SmallMachine): boolean {
  return JSON.stringify(minimized(a)) === JSON.stringify(minimized(b));
}

export function machineRunner(machine: SmallMachine, rows: readonly Int32Array[]): Runner {
  const numbers = new Map(rows.map((row, i) => [row.join(), i]));
  return {
    initial: 0,
    step: (state, row) => {
      const i = numbers.get(Array.from(row).join())!;
      const from = state as number;
      return { state: machine.next[from][i], output: machine.output[from][i] };
    },
    keyOf: String,
  };
}

/** Whether something gives all labels. */
export function fitsLabels(runner: Runner, examples: Examples): boolean {
  for (let s = 0; s < examples.count; s++) {
    const { word, labels } = sequenceOf(examples, s);
    let { initial: state } = runner;
    for (const [t, row] of word.entries()) {
      const after = runner.step(state, row);
      if (after.output !== labels[t]) return false;
      state = after.state;
    }
  }
  return true;
}
