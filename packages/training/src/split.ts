import { distinctSequences, drawIntegers, type Examples, selectExamples } from "@latticode/program";

/** Examples dealt into sets that are never mixed, in the order in which they come into play. */
export interface Split {
  /** What the weights are fitted to. */
  readonly training: Examples;
  /** What decides whether an attempt has succeeded. */
  readonly stopping: Examples;
  /** What a network's accuracy and margin are reported on. */
  readonly confirmation: Examples;
  /** What a program is judged on; no earlier stage sees it. */
  readonly verification: Examples;
}

/** With fewer distinct sequences nothing is held back. */
export const fewestDistinct = 10;

/**
 * Deals the sequences at random: of every ten, six for training, one for stopping, one for
 * confirmation and two for verification. Sequences with the same inputs go to the same set, so that
 * what is held back is unseen. Of fewer than 10 distinct sequences all are trained on, and the other
 * sets are empty.
 *
 * @throws RangeError when there are no sequences
 */
export function splitExamples(examples: Examples, options: { readonly seed: number }): Split {
  const { count, group, first } = distinctSequences(examples);
  if (examples.count < 1) throw new RangeError("there are no sequences to train on");
  if (count < fewestDistinct) {
    const none = selectExamples(examples, []);
    return { training: examples, stopping: none, confirmation: none, verification: none };
  }
  const draw = drawIntegers(options.seed, 0);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  // Fisher and Yates (Knuth, "The Art of Computer Programming", 3.4.2, algorithm P)
  for (let i = count - 1; i > 0; i--) {
    const j = draw(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const repeats = repetitions(group, first);
  const tenth = Math.floor(count / 10);
  const take = (from: number, to: number) =>
    selectExamples(examples, [...order.subarray(from, to)].flatMap(repeats));
  return {
    verification: take(0, 2 * tenth),
    confirmation: take(2 * tenth, 3 * tenth),
    stopping: take(3 * tenth, 4 * tenth),
    training: take(4 * tenth, count),
  };
}

/** The sequences of each group, in their order. */
function repetitions(group: Int32Array, first: Int32Array): (group: number) => number[] {
  if (first.length === group.length) return (g) => [first[g]];
  const members: number[][] = Array.from(first, () => []);
  for (let s = 0; s < group.length; s++) members[group[s]].push(s);
  return (g) => members[g];
}
