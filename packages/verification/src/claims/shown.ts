import type { Walker } from "@latticode/machines";
import type { Examples } from "@latticode/program";
import type { Domain } from "./domain.ts";
import { rowCountOf, rowFinder } from "./domain.ts";

// A label at a step's own position tells its output. Where the step leads is told by later labels:
// by those of an example that takes it and goes on with a word on which another state gives other
// outputs. Without that a step that only ever ends an example would count as known. In a small
// machine every other state has to be ruled out: else the machine with that step led elsewhere,
// which is as simple, fits too. A long table of steps is known from few, as the program says how
// they go on.

/** A step that words of the domain take: a state and an input row. */
interface Step {
  readonly state: number;
  readonly row: number;
  /** The number of the state that it leads to; below 0 where the program fails. */
  readonly next: number;
  /** Positions after the step in words that take it as early as any. */
  readonly remaining: number;
}

/** What labels say of a step. */
export type Shown =
  | "shown"
  /** No label is at the step. */
  | "not taken"
  /** Labels leave open where it leads; rows that would tell, where some are known. */
  | { readonly open: readonly number[] };

/** Positions that are run from states other than the right one, in all. */
const mostRuns = 2 ** 26;
/** Pairs of states that are looked at for one word that tells two of them apart, and in all. */
const mostPairsEach = 2 ** 12;
const mostPairs = 2 ** 22;
/** After so many examples those states are set aside that no word tells apart. */
const patience = 64;

interface Open {
  /** States that no example has told from the one it leads to; none once that is enough. */
  others: number[];
  taken: number;
}

/** What is looked at. */
export interface StepTable {
  readonly steps: readonly Step[];
  /** Every state that words of the domain reach, as numbers of the walker. */
  readonly states: readonly number[];
  /** Whether labels have to tell where a step leads from all other states, not from any. */
  readonly isSmall: boolean;
}

/** Which steps are shown by labelled examples, within the trained length. */
export function shownSteps(
  walker: Walker,
  domain: Domain,
  examples: Examples,
  { steps, states, isSmall }: StepTable,
): Shown[] {
  const rowCount = rowCountOf(domain);
  const wordBetween = distinguisher(walker, domain);
  const places = new Map(steps.map(({ state, row }, i) => [state * rowCount + row, i]));
  const open = new Array<Open | undefined>(steps.length);
  /** Sets aside what no word within the remaining length tells apart; the first word that does. */
  const settle = (i: number): readonly number[] | undefined => {
    const { next, row, remaining } = steps[i];
    let first: readonly number[] | undefined;
    open[i]!.others = open[i]!.others.filter((other) => {
      const word = wordBetween(next, other, row, remaining);
      if (word !== "none") first ??= word;
      return word !== "none";
    });
    return first;
  };
  const numberOf = rowFinder(domain);
  const { count, length, inputDim, x } = examples;
  const rows = new Int32Array(length);
  const path = new Int32Array(length);
  let runs = 0;
  for (let s = 0; s < count && runs < mostRuns; s++) {
    let end = 0;
    for (let state = walker.initial; end < length && state >= 0; end++) {
      rows[end] = numberOf(x, (s * length + end) * inputDim);
      if (rows[end] < 0) break;
      path[end] = state;
      state = walker.step(state, rows[end]).next;
    }
    for (let t = 0; t < end; t++) {
      const i = places.get(path[t] * rowCount + rows[t]);
      if (i === undefined) continue;
      const { next, remaining } = steps[i];
      open[i] ??= {
        others: next < 0 || remaining === 0 ? [] : states.filter((other) => other !== next),
        taken: 0,
      };
      const candidate = open[i];
      if (candidate.others.length === 0) continue;
      if (++candidate.taken === patience) settle(i);
      const left = candidate.others.filter((other) => {
        let state = other;
        for (let u = t + 1; u < end; u++) {
          if (state === path[u]) return true;
          runs++;
          const step = walker.step(state, rows[u]);
          // what is not numbered is not known to differ
          if (step.output === -1 || step.next === -1) return true;
          if (step.output !== walker.step(path[u], rows[u]).output) return false;
          if (step.next < 0) return true;
          state = step.next;
        }
        return true;
      });
      candidate.others = isSmall || left.length === candidate.others.length ? left : [];
    }
  }
  return steps.map((_, i) => {
    if (!open[i]) return "not taken";
    const word = settle(i);
    return open[i].others.length === 0 ? "shown" : { open: word ?? [] };
  });
}

/**
 * Finds a shortest word that tells two states apart, of so many rows at most, after a row where
 * rows have an order; "none" where there is none, an empty one where too many would be looked at.
 */
function distinguisher(walker: Walker, domain: Domain) {
  const { order } = domain;
  const rowCount = rowCountOf(domain);
  const known = new Map<string, { readonly word: readonly number[] | "none"; most: number }>();
  let looked = 0;

  const find = (a: number, b: number, after: number, most: number): readonly number[] | "none" => {
    const queue = [{ a, b, last: after, parent: -1, depth: 0 }];
    const keyOf = (p: number, q: number, last: number) => `${p},${q},${order ? last : ""}`;
    const seen = new Set([keyOf(a, b, after)]);
    for (let i = 0; i < queue.length && queue[i].depth < most; i++) {
      if (i >= mostPairsEach || ++looked > mostPairs) return [];
      const pair = queue[i];
      for (let row = 0; row < rowCount; row++) {
        if (order && order.follows[pair.last * rowCount + row] !== 1) continue;
        const left = walker.step(pair.a, row);
        const right = walker.step(pair.b, row);
        if (left.output !== right.output && left.output !== -1 && right.output !== -1) {
          const word = [row];
          for (let j = i; queue[j].parent >= 0; j = queue[j].parent) word.push(queue[j].last);
          return word.reverse();
        }
        if (left.next < 0 || right.next < 0 || left.next === right.next) continue;
        const key = keyOf(left.next, right.next, row);
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push({ a: left.next, b: right.next, last: row, parent: i, depth: pair.depth + 1 });
      }
    }
    return "none";
  };

  return (a: number, b: number, after: number, most: number): readonly number[] | "none" => {
    const key = `${Math.min(a, b)},${Math.max(a, b)},${order ? after : ""}`;
    const before = known.get(key);
    // a shortest word of a longer search answers shorter ones too, and the other way round
    if (before && before.word !== "none" && before.word.length <= most) return before.word;
    if (before && before.most >= most) return "none";
    const word = find(a, b, after, most);
    known.set(key, { word, most });
    return word;
  };
}
