import { numberOutputs, programWalker } from "@latticode/machines";
import type { Examples, Program } from "@latticode/program";
import type { Domain } from "./domain.ts";
import { rowCountOf } from "./domain.ts";
import { prefixesOf } from "./prefixes.ts";

/** What the labels rule out among finite machines. */
export interface Depth {
  /** States of the program's smallest machine. */
  readonly states: number;
  /** Every machine of at most this many states that fits the labels is the program. */
  readonly upTo: number;
}

/** Larger machines are left alone: their words are too many. */
const mostStates = 64;
/** Words looked up in all. */
const mostLookups = 2_000_000;

/**
 * The depth to which labels cover a program's machine: the largest n + e such that for every state,
 * reached by a word p, for all words x of length up to e + 1, and for every word w that tells two
 * states apart, the word p x w has labels (W-method: Vasilevskii 1973, Chow 1978). Undefined where
 * the program has no small machine over the domain, or the labels don't even tell its states apart.
 *
 * A domain in which not every row can follow every other is left out: the theorem is about machines
 * that take all words.
 */
export function labelDepth(
  program: Program,
  domain: Domain,
  examples: Examples,
): Depth | undefined {
  const rowCount = rowCountOf(domain);
  if (!domain.rows || domain.order || rowCount > 256) return undefined;
  const machine = smallestMachine(program, domain.rows, rowCount);
  if (!machine) return undefined;
  const { states, access, characterizing } = machine;
  const { has } = prefixesOf(domain, examples);
  let lookups = 0;
  // the words p x, one letter longer each time; covered up to e + 1 means n + e
  let layer = access;
  let covered = -1;
  for (; layer.length > 0; covered++) {
    const isCovered = layer.every((word) =>
      characterizing.every((suffix) => ++lookups <= mostLookups && has([...word, ...suffix])),
    );
    if (!isCovered) break;
    if (layer.length * rowCount > mostLookups) {
      covered++;
      break;
    }
    layer = layer.flatMap((word) => Array.from({ length: rowCount }, (_, row) => [...word, row]));
  }
  return covered < 0 ? undefined : { states, upTo: states + covered - 1 };
}

interface SmallMachine {
  readonly states: number;
  /** A shortest word of rows to each state, as the empty one to the first. */
  readonly access: readonly (readonly number[])[];
  /** Words of which one tells any two states apart; never empty. */
  readonly characterizing: readonly (readonly number[])[];
}

function smallestMachine(
  program: Program,
  rows: Int32Array,
  rowCount: number,
): SmallMachine | undefined {
  const walker = programWalker(program, rows, numberOutputs());
  if (walker.initial < 0) return undefined;
  const words: number[][] = [[]];
  const states = [walker.initial];
  const number = new Map([[walker.initial, 0]]);
  const next: number[][] = [];
  const output: number[][] = [];
  for (let i = 0; i < states.length; i++) {
    next.push([]);
    output.push([]);
    for (let row = 0; row < rowCount; row++) {
      const step = walker.step(states[i], row);
      if (step.next < 0) return undefined;
      let to = number.get(step.next);
      if (to === undefined) {
        if (states.length === 4 * mostStates) return undefined;
        to = states.length;
        number.set(step.next, to);
        states.push(step.next);
        words.push([...words[i], row]);
      }
      next[i].push(to);
      output[i].push(step.output);
    }
  }
  // Moore's refinement; the classes of every round are kept to read off distinguishing words
  const rounds: number[][] = [classesOf(output.map((row) => row.join()))];
  for (;;) {
    const last = rounds[rounds.length - 1];
    const refined = classesOf(last.map((c, i) => `${c};${next[i].map((to) => last[to]).join()}`));
    if (Math.max(...refined) === Math.max(...last)) break;
    rounds.push(refined);
  }
  const classes = rounds[rounds.length - 1];
  const representatives = [...new Set(classes)].map((c) => classes.indexOf(c));
  if (representatives.length > mostStates) return undefined;
  const characterizing = new Map<string, number[]>();
  const tellApart = (a: number, b: number): number[] => {
    const round = rounds.findIndex((r) => r[a] !== r[b]);
    if (round === 0) return [output[a].findIndex((y, row) => y !== output[b][row])];
    const before = rounds[round - 1];
    const row = next[a].findIndex((to, k) => before[to] !== before[next[b][k]]);
    return [row, ...tellApart(next[a][row], next[b][row])];
  };
  for (const [i, a] of representatives.entries()) {
    for (const b of representatives.slice(0, i)) {
      const word = tellApart(a, b);
      characterizing.set(word.join(), word);
    }
  }
  // a single state: any letter's output has to be known
  if (characterizing.size === 0) {
    for (let row = 0; row < rowCount; row++) characterizing.set(String(row), [row]);
  }
  return {
    states: representatives.length,
    access: representatives.map((state) => words[state]),
    characterizing: [...characterizing.values()],
  };
}

function classesOf(keys: readonly string[]): number[] {
  const numbers = new Map<string, number>();
  return keys.map((key) => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
}
